import type { EngagementRole } from "@/lib/domain/access/roles";
import { err, ok, type Result } from "@/lib/domain/result";
import { WORKSHEET_MOVES, type WorksheetMove, type WorksheetState } from "@/lib/domain/workflow/states";

/**
 * What must hold beside the role, judged by the code that owns the rule:
 * `content_complete` and `no_legal_bar` by workflow/submission and workflow/criteria-gate, `criteria_met` by the latter, `not_an_author`, `outside_the_entity`
 * and `own_signature` by access/separation, `digest_matches` by the service against the stored revision.
 */
export type TransitionGuard =
  | "content_complete"
  | "no_legal_bar"
  | "not_an_author"
  | "outside_the_entity"
  | "own_signature"
  | "digest_matches"
  | "criteria_met";

/** One row of the table: a move, where it starts and ends, who makes it and what it asks for. */
export interface Transition {
  readonly move: WorksheetMove;
  readonly from: readonly WorksheetState[];
  readonly to: WorksheetState;
  /** Set when the row counts only with the engagement's internal review switched on (true) or off (false). */
  readonly internalReview?: boolean;
  readonly roles: readonly EngagementRole[];
  /** A typed reason is mandatory. */
  readonly needsReason: boolean;
  /** The password has to be entered again shortly before. */
  readonly stepUp: boolean;
  /** The revision is frozen with its digest: it leaves for the decider. */
  readonly freezes: boolean;
  readonly guards: readonly TransitionGuard[];
}

const SUBMISSION_GUARDS: readonly TransitionGuard[] = ["content_complete", "no_legal_bar"];
const DECISION_GUARDS: readonly TransitionGuard[] = ["not_an_author", "outside_the_entity", "digest_matches"];

/**
 * The one transition table: buttons, the API's 409s, the tests and the diagram in the docs come from it.
 * A withdrawn worksheet can be taken up again, by the entity alone, because a requirement has one worksheet
 * and nothing that was typed may be lost.
 */
export const TRANSITIONS: readonly Transition[] = [
  {
    move: "submit",
    from: ["draft", "changes_requested"],
    to: "qsa_review",
    internalReview: false,
    roles: ["lead"],
    needsReason: false,
    stepUp: false,
    freezes: true,
    guards: SUBMISSION_GUARDS,
  },
  {
    move: "submit",
    from: ["draft", "changes_requested"],
    to: "internal_review",
    internalReview: true,
    roles: ["lead"],
    needsReason: false,
    stepUp: false,
    freezes: false,
    guards: SUBMISSION_GUARDS,
  },
  {
    move: "approve_internally",
    from: ["internal_review"],
    to: "qsa_review",
    roles: ["internal_reviewer"],
    needsReason: false,
    stepUp: false,
    freezes: true,
    guards: [...SUBMISSION_GUARDS, "not_an_author"],
  },
  {
    move: "send_back",
    from: ["internal_review"],
    to: "changes_requested",
    roles: ["internal_reviewer"],
    needsReason: true,
    stepUp: false,
    freezes: false,
    guards: ["not_an_author"],
  },
  {
    move: "request_changes",
    from: ["qsa_review"],
    to: "changes_requested",
    roles: ["internal_reviewer", "qsa_lead", "qsa_assistant", "isa", "officer"],
    needsReason: true,
    stepUp: false,
    freezes: false,
    guards: [],
  },
  {
    move: "sign",
    from: ["qsa_review"],
    to: "signed",
    roles: ["qsa_lead", "isa", "officer"],
    needsReason: false,
    stepUp: true,
    freezes: false,
    guards: [...DECISION_GUARDS, "criteria_met"],
  },
  {
    move: "refuse",
    from: ["qsa_review"],
    to: "refused",
    roles: ["qsa_lead", "isa", "officer"],
    needsReason: true,
    stepUp: true,
    freezes: false,
    guards: DECISION_GUARDS,
  },
  {
    move: "withdraw",
    from: ["draft", "internal_review", "qsa_review", "changes_requested"],
    to: "withdrawn",
    roles: ["lead"],
    needsReason: true,
    stepUp: false,
    freezes: false,
    guards: [],
  },
  {
    move: "revoke",
    from: ["signed"],
    to: "revoked",
    roles: ["qsa_lead", "isa", "officer"],
    needsReason: true,
    stepUp: true,
    freezes: false,
    guards: ["not_an_author", "outside_the_entity", "own_signature"],
  },
  {
    move: "reopen",
    from: ["signed", "refused", "revoked"],
    to: "draft",
    roles: ["lead", "qsa_lead", "isa", "officer"],
    needsReason: false,
    stepUp: true,
    freezes: false,
    guards: [],
  },
  {
    move: "reopen",
    from: ["withdrawn"],
    to: "draft",
    roles: ["lead"],
    needsReason: false,
    stepUp: true,
    freezes: false,
    guards: [],
  },
];

/** Why a move cannot be made from where the worksheet stands. */
export interface MoveRefusal {
  readonly code: "wrong_state";
  readonly message: string;
}

/** The question put to the table. */
export interface MoveRequest {
  readonly state: WorksheetState;
  readonly move: WorksheetMove;
  /** Whether the engagement asks for an internal review before the decider's. */
  readonly internalReview: boolean;
}

/** The row that applies, or why none does. An internal review that is switched off later still lets go of what it holds. */
export function planMove(request: MoveRequest): Result<Transition, MoveRefusal> {
  const row = TRANSITIONS.find(
    (candidate) =>
      candidate.move === request.move &&
      candidate.from.includes(request.state) &&
      (candidate.internalReview === undefined || candidate.internalReview === request.internalReview),
  );
  if (row) return ok(row);
  return err({
    code: "wrong_state",
    message: wrongStateMessage(request.state, request.move),
  });
}

/** The moves that the table knows from a state, in the order of WORKSHEET_MOVES; roles are not judged here. */
export function availableMoves(state: WorksheetState): readonly WorksheetMove[] {
  return WORKSHEET_MOVES.filter((move) => TRANSITIONS.some((row) => row.move === move && row.from.includes(state)));
}

/** The states from which a move can start. */
export function statesOfMove(move: WorksheetMove): readonly WorksheetState[] {
  return TRANSITIONS.filter((row) => row.move === move).flatMap((row) =>
    row.internalReview === true ? [] : [...row.from],
  );
}

/** How a state is called on the page and in messages. */
export const STATE_LABELS: Readonly<Record<WorksheetState, string>> = {
  draft: "Draft",
  internal_review: "Internal review",
  qsa_review: "In review",
  changes_requested: "Changes requested",
  signed: "Signed",
  refused: "Refused",
  withdrawn: "Withdrawn",
  revoked: "Signature revoked",
};

/** How a move is called on its button. */
export const MOVE_LABELS: Readonly<Record<WorksheetMove, string>> = {
  submit: "Submit",
  approve_internally: "Approve internally",
  send_back: "Send back",
  request_changes: "Ask for changes",
  sign: "Sign",
  refuse: "Refuse",
  withdraw: "Withdraw",
  revoke: "Revoke signature",
  reopen: "Reopen",
};

/** What was done by a move, as histories tell it. */
export const MOVE_DONE_LABELS: Readonly<Record<WorksheetMove, string>> = {
  submit: "Submitted",
  approve_internally: "Approved internally",
  send_back: "Sent back",
  request_changes: "Changes asked for",
  sign: "Signed",
  refuse: "Refused",
  withdraw: "Withdrawn",
  revoke: "Signature revoked",
  reopen: "Reopened",
};

function wrongStateMessage(state: WorksheetState, move: WorksheetMove): string {
  const wanted = statesOfMove(move).map((name) => `“${STATE_LABELS[name]}”`);
  const list = wanted.length > 1 ? `${wanted.slice(0, -1).join(", ")} or ${wanted.at(-1)}` : wanted[0];
  return `“${MOVE_LABELS[move]}” is possible in the state ${list}; this worksheet is in “${STATE_LABELS[state]}”.`;
}
