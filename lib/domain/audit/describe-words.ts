import type { ChainGap, KeyDetail } from "@/lib/domain/audit/event-types";
import type { StartDetail } from "@/lib/domain/audit/start-details";

/** What an export is of. */
export function exportWord(what: string | undefined): string {
  if (what === "pack") return "the proof pack";
  return what === "document" ? "the workbook as DOCX" : "the workbook as PDF";
}

/** A stretch of a chain; `to` is the first number after it. */
export function spanned({ from, to }: { readonly from?: number; readonly to?: number }): string {
  return `events ${from ?? "?"} to ${to === undefined ? "?" : to - 1}`;
}

/** What was signed and is gone after data were put back. */
export function lostOf(chains: readonly ChainGap[] | undefined): string {
  const told = Array.isArray(chains) ? chains.filter(({ signed }) => signed) : [];
  const [only] = told;
  if (!only?.signed) return " after data were put back";
  if (told.length > 1) return ` in ${told.length} chains after data were put back`;
  return `: ${count(only.signed.size, "event")} had been signed, ${only.size} were there after data were put back`;
}

/** The purposes of signing keys, as the end of a sentence. */
export function forPurposes(purposes: readonly string[] | undefined): string {
  return Array.isArray(purposes) && purposes.length > 0 ? ` for ${purposes.join(", ")}` : "";
}

/** What a draft began as. */
export function startWord({ kind, from, revision }: Partial<StartDetail>): string {
  if (kind === "sample") return `the sample of row ${from ?? "?"}`;
  const text = revision ? `revision ${revision} of another worksheet` : "another worksheet";
  return kind === "carried_over" ? `${text}, carried over` : text;
}

/** A number with its noun. */
export function count(amount: number | undefined, noun: string): string {
  return `${amount ?? 0} ${noun}${amount === 1 ? "" : "s"}`;
}

/** Keys that protect secrets, counted. */
export function keyWords({ key, keyIds }: Partial<KeyDetail>): string {
  const noun = key === "kek" ? "key-encryption key" : key === "blob" ? "secret for the file store" : "data key";
  return count(Array.isArray(keyIds) ? keyIds.length : 1, noun);
}

/** At most five numbers, and how many more. */
export function numbers(all: readonly string[] | undefined): string {
  if (!all?.length) return "no requirement";
  return all.length <= 5 ? all.join(", ") : `${all.slice(0, 5).join(", ")} and ${all.length - 5} more`;
}
