import type { OwedRequirement, RigourKnowledge } from "@/lib/domain/rigour/knowledge";

/** What the catalogue knows of a requirement that a control names as the one it comes from. */
export type Provenance =
  /** Owed for this very item already, so the control does not count by itself. */
  | { readonly kind: "owed_here"; readonly number: string; readonly requirement: OwedRequirement }
  /** Owed for another item, so it may count (the second consideration of Appendix B). */
  | { readonly kind: "owed_elsewhere"; readonly number: string }
  /** Not a number of this version of PCI DSS. */
  | { readonly kind: "unknown"; readonly number: string };

const NUMBER = /(?<![\d.A-Za-z])(A?\d{1,2}(?:\.\d{1,2}){0,4})(?!\d|\.\d)/g;

/** The requirement numbers that a text names, each once, in its order. */
export function numbersIn(text: string): readonly string[] {
  return [...new Set([...text.matchAll(NUMBER)].map((match) => match[1] ?? ""))];
}

/** The text with each requirement number in it put through `to`; all else stays as it is. */
export function withNumbers(text: string, to: (number: string) => string): string {
  return text.replaceAll(NUMBER, to);
}

/** For each requirement that a control names: whether it is owed for this item already, elsewhere, or unknown. */
export function provenanceOf(knowledge: RigourKnowledge, requirementRef: string): readonly Provenance[] {
  return numbersIn(requirementRef).map((number): Provenance => {
    const requirement = knowledge.owed.find((one) => one.number === number);
    if (requirement) return { kind: "owed_here", number, requirement };
    return { kind: knowledge.numbers.includes(number) ? "owed_elsewhere" : "unknown", number };
  });
}
