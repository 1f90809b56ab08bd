import { type ShownText, shownDraft, shownRevision } from "@/components/review/shown-text";
import { lastReviewedBefore, type TextChoice, type VersionChoice } from "@/components/review/version-choice";
import { api } from "@/lib/client/api";
import type { RevisionDto } from "@/lib/contracts/review";
import type { WorksheetDto } from "@/lib/contracts/worksheet";
import type { RevisionDiff } from "@/lib/domain/worksheet/diff";

/** A difference with the older text that it starts from. */
export interface Comparison {
  readonly diff: RevisionDiff;
  readonly before: ShownText;
}

/** What the page shows for a choice of texts. */
export interface ReviewTexts {
  readonly choice: VersionChoice;
  readonly shown: ShownText;
  readonly comparison: Comparison | null;
}

/**
 * The choice that a page begins with, compared with what was reviewed last before it: the text that is to be decided on.
 * That is the newest frozen revision, but inside the entity's own review what is about to be frozen.
 */
export function firstChoice(worksheet: WorksheetDto): VersionChoice | null {
  const shown = textToDecide(worksheet);
  return shown === undefined ? null : { shown, comparedWith: lastReviewedBefore(worksheet, shown) };
}

/** Whether moves may be made while this text is on the page: never over an older one than the move is about. */
export function isDecidable(worksheet: WorksheetDto, shown: TextChoice): boolean {
  if (worksheet.state !== "internal_review" && shown === "draft") return true;
  return shown === textToDecide(worksheet);
}

/** The text that decisions are made on; undefined when the person may see none yet. */
function textToDecide(worksheet: WorksheetDto): TextChoice | undefined {
  if (worksheet.state === "internal_review" && hasDraft(worksheet)) return "draft";
  return worksheet.revisions.at(-1)?.number ?? (hasDraft(worksheet) ? "draft" : undefined);
}

/** True when the person sees a draft that is no frozen revision. */
export function hasDraft(worksheet: WorksheetDto): boolean {
  return worksheet.sections !== null && !worksheet.revisions.some(({ number }) => number === worksheet.revision);
}

/** Reads what a choice needs from the API. @throws what the API throws */
export async function loadTexts(worksheet: WorksheetDto, choice: VersionChoice): Promise<ReviewTexts> {
  const { shown, comparedWith } = choice;
  const [text, comparison] = await Promise.all([
    loadText(worksheet, shown),
    comparedWith === null ? null : loadComparison(worksheet, shown, comparedWith),
  ]);
  return { choice, shown: text, comparison };
}

async function loadText(worksheet: WorksheetDto, choice: TextChoice): Promise<ShownText> {
  const draft = choice === "draft" ? shownDraft(worksheet) : null;
  if (draft) return draft;
  return shownRevision(await api.get<RevisionDto>(`/worksheets/${worksheet.id}/revisions/${choice}`));
}

async function loadComparison(worksheet: WorksheetDto, shown: TextChoice, from: number): Promise<Comparison> {
  const [diff, before] = await Promise.all([
    api.get<RevisionDiff>(`/worksheets/${worksheet.id}/diff`, { query: { from, to: shown } }),
    loadText(worksheet, from),
  ]);
  return { diff, before };
}
