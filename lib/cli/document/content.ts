import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import type { SectionContent } from "@/lib/domain/worksheet/model";
import type { PartKey } from "@/lib/domain/worksheet/sections";

/** Contents of a worksheet's parts by their keys, as far as they are there. */
export type Contents = { readonly [K in PartKey]?: SectionContent<K> };

/** SHA-256 (hex) of a value as canonical JSON (RFC 8785): the same content has the same one everywhere. */
export function digestOf(value: unknown): string {
  return createHash("sha256")
    .update(canonicalize(value) ?? "", "utf8")
    .digest("hex");
}

/** An id that follows from what it is made for, so that the same file gives the same one twice. */
export function idFrom(...parts: readonly unknown[]): string {
  const hex = digestOf(parts);
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    variant + hex.slice(17, 20),
    hex.slice(20, 32),
  ].join("-");
}
