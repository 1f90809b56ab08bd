import { dayInWords } from "@/lib/domain/format-date";
import type { Disposition } from "@/lib/domain/workflow/dispositions";
import type { WorksheetMove, WorksheetState } from "@/lib/domain/workflow/states";
import type { WorksheetPdfModel } from "@/lib/render/pdf/view-model";

/** Where a worksheet stands, as documents say it. */
export const STATE_WORDS: Readonly<Record<WorksheetState, string>> = {
  draft: "Draft",
  internal_review: "Internal review",
  qsa_review: "In review",
  changes_requested: "Changes requested",
  signed: "Signed",
  refused: "Refused",
  withdrawn: "Withdrawn",
  revoked: "Signature revoked",
};

/** What was done with a worksheet, as its history says it. */
export const MOVE_WORDS: Readonly<Record<WorksheetMove, string>> = {
  submit: "Submitted",
  approve_internally: "Approved internally",
  send_back: "Sent back",
  request_changes: "Asked for changes",
  sign: "Signed",
  refuse: "Refused",
  withdraw: "Withdrawn",
  revoke: "Signature revoked",
  reopen: "Reopened",
};

/** What an entity does about a requirement, as documents say it. */
export const DISPOSITION_WORDS: Readonly<Record<Disposition, string>> = {
  undecided: "Undecided",
  met: "Met",
  fix_planned: "Fix planned",
  not_applicable: "Not applicable",
  compensating_control: "Compensating control",
  customized_approach: "Customized approach",
  legal_exception: "Legal exception",
};

/** What a decision on a revision was. */
export const DECISION_WORDS = { signed: "Signed", refused: "Refused", revoked: "Signature revoked" } as const;

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
  if (!frozen) return state === "internal_review" || state === "withdrawn" ? STATE_WORDS[state] : STATE_WORDS.draft;
  const decided = signOffs.findLast((one) => one.revision === revision && one.kind === state);
  return `${STATE_WORDS[state]}${decided ? ` on ${dayInWords(decided.at.slice(0, 10))}` : ""}`;
}

/** Which revision is shown, and whether another one has taken its place. */
export function revisionWords({ revision, frozen, successor }: Standing): string {
  if (!frozen) return `${revision}, not submitted`;
  if (!successor) return String(revision);
  return `${revision}; revision ${successor.revision} ${successor.submitted ? "has taken its place" : "is being written"}`;
}

/** What every page has to say so that nobody takes the text for what it is not; empty when there is nothing. */
export function noticeWords({ state, revision, frozen, successor, altered }: Standing): string {
  const decided = frozen && (state === "refused" || state === "revoked") ? STATE_WORDS[state] : "";
  const superseded = successor && (successor.submitted || state === "signed");
  return [
    altered ? `Altered: this is not what was submitted as revision ${revision}` : "",
    superseded ? `Superseded by revision ${successor.revision}` : decided,
  ]
    .filter(Boolean)
    .join(" · ");
}
