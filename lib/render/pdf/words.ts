import { dayInWords } from "@/lib/domain/format-date";
import { STATE_LABELS } from "@/lib/domain/workflow/transitions";
import type { WorksheetPdfModel } from "@/lib/render/pdf/view-model";

/** What a decision on a revision was. */
export const DECISION_WORDS = { signed: "Signed", refused: "Refused", revoked: "Signature revoked" } as const;
/** What is said of a decision that came along with an engagement. */
export const ELSEWHERE = "On another service, whose keys vouch for it";

/** What every page of a document on a retired version says. */
export const LEGACY_NOTICE = "Legacy: PCI DSS 3.2.1 is retired, not reportable";
/** What every page of a draft says. */
export const DRAFT_NOTICE = "DRAFT";

type Standing = Pick<WorksheetPdfModel, "state" | "revision" | "frozen" | "successor" | "altered" | "signOffs">;

/**
 * Where the text that is shown stands, for the head of the worksheet: what was decided on this very revision and when.
 * It never borrows the state of a later revision.
 */
export function statusWords({ state, revision, frozen, signOffs }: Standing): string {
  if (!frozen) return state === "internal_review" || state === "withdrawn" ? STATE_LABELS[state] : STATE_LABELS.draft;
  const decided = signOffs.findLast((one) => one.revision === revision && one.kind === state);
  return `${STATE_LABELS[state]}${decided ? ` on ${dayInWords(decided.at.slice(0, 10))}` : ""}`;
}

/** Which revision is shown, and whether another one has taken its place. */
export function revisionWords({ revision, frozen, successor }: Standing): string {
  if (!frozen) return `${revision}, not submitted`;
  if (!successor) return String(revision);
  return `${revision}; revision ${successor.revision} ${successor.submitted ? "has taken its place" : "is being written"}`;
}

/** What every page has to say so that nobody takes the text for what it is not; empty when there is nothing. */
export function noticeWords({ state, revision, frozen, successor, altered }: Standing): string {
  const decided = frozen && (state === "refused" || state === "revoked") ? STATE_LABELS[state] : "";
  const superseded = successor && (successor.submitted || state === "signed");
  return [
    altered ? `Altered: this is not what was submitted as revision ${revision}` : "",
    superseded ? `Superseded by revision ${successor.revision}` : decided,
  ]
    .filter(Boolean)
    .join(" · ");
}
