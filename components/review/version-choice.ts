import type { WorksheetDto } from "@/lib/contracts/worksheet";

/** A text one can look at: a revision's number, or the draft. */
export type TextChoice = number | "draft";

/** Which text is shown, and which earlier one it is compared with. */
export interface VersionChoice {
  readonly shown: TextChoice;
  readonly comparedWith: number | null;
}

/** The revision that was reviewed last before the shown one, which a comparison begins with; null when there is none. */
export function lastReviewedBefore(worksheet: Pick<WorksheetDto, "revisions">, shown: TextChoice): number | null {
  const earlier = worksheet.revisions.filter(
    ({ number, reviewedAt }) => reviewedAt !== null && (shown === "draft" || number < shown),
  );
  return earlier.length > 0 ? Math.max(...earlier.map(({ number }) => number)) : null;
}

/** Reads a choice from the page's address: `?show=2&since=1`, `show=draft`, `since=off`; null when it names no text that is there. */
export function readChoice(worksheet: WorksheetDto, search: URLSearchParams): VersionChoice | null {
  const show = search.get("show");
  const numbers = worksheet.revisions.map(({ number }) => number);
  const shown: TextChoice | undefined = show === "draft" ? "draft" : numbers.find((number) => String(number) === show);
  if (shown === undefined) return null;
  const since = search.get("since");
  const comparedWith = numbers.find((number) => String(number) === since && (shown === "draft" || number < shown));
  return { shown, comparedWith: since === "off" ? null : (comparedWith ?? lastReviewedBefore(worksheet, shown)) };
}

/** The address's part for a choice; the inverse of `readChoice`. */
export function writeChoice({ shown, comparedWith }: VersionChoice): string {
  return `?show=${shown}&since=${comparedWith ?? "off"}`;
}
