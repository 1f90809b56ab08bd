import type { StoredOrigin } from "@/lib/data/origins";
import type { RigourFacts } from "@/lib/domain/rigour/subject";

/** What the rules hold a draft against: a worksheet that was carried over from another version counts as last year’s text. */
export function copiedFromOf(origin: StoredOrigin | null): RigourFacts["copiedFrom"] {
  if (origin === null) return null;
  const { kind, title, sections } = origin;
  return { kind: kind === "sample" ? "sample" : "worksheet", title, sections };
}
