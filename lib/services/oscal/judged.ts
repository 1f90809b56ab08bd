import { Failure } from "@/lib/contracts/failure";

/** What a part of a plan comes to: changes, nothing to change, or why it cannot be taken in. */
export type JudgedPart<T> =
  | { readonly kind: "changes"; readonly dto: T }
  | { readonly kind: "same" }
  | { readonly kind: "refused"; readonly reason: string };

/** Why something would be refused, in all the words of the refusal; null when it would not be. */
export async function refusalOf(work: () => Promise<void>): Promise<string | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const { blockers = [], errors = [] } = error.extras;
    return [...new Set([error.message, ...[...blockers, ...errors].map(({ message }) => message)])].join(" ");
  }
}

/** A part that cannot be taken in. */
export function refusedBecause(reason: string): { readonly kind: "refused"; readonly reason: string } {
  return { kind: "refused", reason };
}
