/** What a part of a plan comes to: changes, nothing to change, or why it cannot be taken in. */
export type JudgedPart<T> =
  | { readonly kind: "changes"; readonly dto: T }
  | { readonly kind: "same" }
  | { readonly kind: "refused"; readonly reason: string };

/** A part that cannot be taken in. */
export function refusedBecause(reason: string): { readonly kind: "refused"; readonly reason: string } {
  return { kind: "refused", reason };
}
