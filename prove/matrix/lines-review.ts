import type { AuditAction } from "@/lib/domain/audit/event-types";
import { STATEMENT_VERSION } from "@/lib/domain/sign-off/statement";
import type { At, Line } from "./line";
import { sheetOf } from "./lines-worksheets";
import type { Spot } from "./spot";

const WORKSHEET = "/api/v1/worksheets/[worksheetId]";
const THREAD = "/api/v1/threads/[threadId]";
const REASON = "The matrix asks for it.";
/** A thread's rights hang on what was submitted and by whom it was opened, not on the state: three states will do. */
const isTalkedAbout = ({ sheet }: Spot) => ["draft", "changes_requested", "signed"].includes(sheet?.scene ?? "");
const isPrivate = (spot: Spot) => spot.thread?.visibility === "private";

const MOVES = [
  ["submit", "worksheet.submitted"],
  ["approve_internally", "worksheet.approved_internally"],
  ["send_back", "worksheet.sent_back"],
  ["request_changes", "worksheet.changes_requested"],
  ["withdraw", "worksheet.withdrawn"],
  ["reopen", "worksheet.reopened"],
] as const satisfies readonly (readonly [string, AuditAction])[];

const DECISIONS = [
  ["sign", "worksheet.signed"],
  ["refuse", "worksheet.refused"],
  ["revoke", "worksheet.revoked"],
  ["reopen", "worksheet.reopened"],
] as const satisfies readonly (readonly [string, AuditAction])[];

function move([name, event]: (typeof MOVES)[number]): Line {
  return {
    handler: `POST ${WORKSHEET}/moves`,
    call: name,
    may: `worksheet.${name}`,
    on: "worksheet",
    asks: () => ({ body: { move: name, reason: REASON } }),
    event,
    changes: true,
  };
}

/** The body of a decision on what is stored, as somebody would send it who has read it. */
function deciding(kind: (typeof DECISIONS)[number][0], { spot }: At) {
  const digest = sheetOf(spot).digest || "0".repeat(64);
  if (kind === "sign") return { body: { kind, digest, statementVersion: STATEMENT_VERSION } };
  return { body: kind === "refuse" ? { kind, digest, reason: REASON } : { kind, reason: REASON } };
}

function decision([name, event]: (typeof DECISIONS)[number]): Line {
  return {
    handler: `POST ${WORKSHEET}/sign-off`,
    call: name,
    may: `worksheet.${name}`,
    on: "worksheet",
    // What was withdrawn undecided is reopened as a move.
    only: ({ sheet }) => name !== "reopen" || !sheet?.scene.startsWith("withdrawn"),
    asks: (at) => deciding(name, at),
    event,
    changes: true,
  };
}

function opening(visibility: "shared" | "private"): Line {
  return {
    handler: `POST ${WORKSHEET}/threads`,
    call: visibility,
    may: `comment.${visibility}`,
    on: "worksheet",
    asks: () => ({ body: { section: "objective", itemId: null, visibility, body: "A question of the matrix." } }),
    success: 201,
    event: "thread.opened",
    ownChain: () => visibility === "private",
    changes: true,
  };
}

/** The decider has found every criterion met of what stands in review, so that this is a change; nobody proposed yet. */
function finding(kind: "decision" | "proposal"): Line {
  return {
    handler: `PUT ${WORKSHEET}/criteria/[criterion]`,
    call: kind,
    may: kind === "decision" ? "criteria.decide" : "criteria.propose",
    on: "worksheet",
    asks: ({ spot }) => ({
      params: { criterion: "intent" },
      body: {
        kind,
        digest: sheetOf(spot).digest || "0".repeat(64),
        baseVersion: kind === "decision" ? 1 : 0,
        outcome: "question",
        note: "A question of the matrix.",
      },
    }),
    event: kind === "decision" ? "criterion.decided" : "criterion.proposed",
    ownChain: () => kind === "proposal",
    changes: true,
  };
}

/** How worksheets move through their states, are decided on and talked about. */
export const REVIEW_LINES: readonly Line[] = [
  ...MOVES.map(move),
  ...DECISIONS.map(decision),
  finding("decision"),
  finding("proposal"),
  { handler: `GET ${WORKSHEET}/threads`, may: "worksheet.read", on: "worksheet" },
  opening("shared"),
  opening("private"),
  {
    handler: `POST ${THREAD}/comments`,
    may: "thread.reply",
    on: "thread",
    only: isTalkedAbout,
    asks: () => ({ body: { body: "An answer of the matrix." } }),
    success: 201,
    event: "comment.added",
    ownChain: isPrivate,
    changes: true,
  },
  {
    handler: `PUT ${THREAD}/state`,
    may: "thread.resolve",
    on: "thread",
    only: isTalkedAbout,
    asks: () => ({ body: { resolved: true } }),
    event: "thread.resolved",
    ownChain: isPrivate,
    changes: true,
  },
];
