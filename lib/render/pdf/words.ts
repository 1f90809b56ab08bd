import type { Disposition } from "@/lib/domain/workflow/dispositions";
import type { WorksheetMove, WorksheetState } from "@/lib/domain/workflow/states";

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
