import { isSame } from "@/lib/domain/same";

/**
 * The entries of a section in conflict that the server has not, or has otherwise: what they will be is for a person to
 * choose, so nothing that names one of them can be sent yet.
 * @param mine,theirs the section's fields on both sides
 * @returns their ids
 */
export function undecidedIn(mine: object, theirs: object): readonly string[] {
  const known = new Map(entriesOf(theirs).map((entry) => [entry.id, entry]));
  return entriesOf(mine).flatMap((entry) => (isSame(entry, known.get(entry.id) ?? null) ? [] : [entry.id]));
}

/** Whether a content names one of these ids anywhere. */
export function namesOneOf(content: unknown, ids: ReadonlySet<string>): boolean {
  if (typeof content === "string") return ids.has(content);
  if (typeof content !== "object" || content === null) return false;
  return Object.values(content).some((one) => namesOneOf(one, ids));
}

function entriesOf(fields: object): readonly { readonly id: string }[] {
  const all: readonly unknown[] = Object.values(fields).flatMap((one) => (Array.isArray(one) ? one : []));
  return all.filter((one): one is { readonly id: string } => {
    return typeof one === "object" && one !== null && "id" in one && typeof one.id === "string";
  });
}
