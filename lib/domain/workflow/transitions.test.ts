import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { transitionDiagram } from "@/lib/domain/workflow/diagram";
import { isEditable, revisionAfterMove } from "@/lib/domain/workflow/editing";
import {
  WORKSHEET_MOVES,
  WORKSHEET_STATES,
  type WorksheetMove,
  type WorksheetState,
} from "@/lib/domain/workflow/states";
import { availableMoves, planMove, statesOfMove, TRANSITIONS } from "@/lib/domain/workflow/transitions";

/** Transcribed by hand from access.md: state, move, end state; `internal` and `direct` are the two settings of the engagement. */
const EXPECTED: readonly (readonly [
  WorksheetState,
  WorksheetMove,
  { direct: WorksheetState; internal: WorksheetState },
])[] = [
  ["draft", "submit", { direct: "qsa_review", internal: "internal_review" }],
  ["changes_requested", "submit", { direct: "qsa_review", internal: "internal_review" }],
  ["internal_review", "approve_internally", { direct: "qsa_review", internal: "qsa_review" }],
  ["internal_review", "send_back", { direct: "changes_requested", internal: "changes_requested" }],
  ["qsa_review", "request_changes", { direct: "changes_requested", internal: "changes_requested" }],
  ["qsa_review", "sign", { direct: "signed", internal: "signed" }],
  ["qsa_review", "refuse", { direct: "refused", internal: "refused" }],
  ["draft", "withdraw", { direct: "withdrawn", internal: "withdrawn" }],
  ["internal_review", "withdraw", { direct: "withdrawn", internal: "withdrawn" }],
  ["qsa_review", "withdraw", { direct: "withdrawn", internal: "withdrawn" }],
  ["changes_requested", "withdraw", { direct: "withdrawn", internal: "withdrawn" }],
  ["signed", "revoke", { direct: "revoked", internal: "revoked" }],
  ["signed", "reopen", { direct: "draft", internal: "draft" }],
  ["refused", "reopen", { direct: "draft", internal: "draft" }],
  ["revoked", "reopen", { direct: "draft", internal: "draft" }],
  ["withdrawn", "reopen", { direct: "draft", internal: "draft" }],
];

const cells = WORKSHEET_STATES.flatMap((state) =>
  WORKSHEET_MOVES.flatMap((move) => [false, true].map((internalReview) => ({ state, move, internalReview }))),
);

describe("the transition table", () => {
  test.each(cells)("$state + $move (internal review $internalReview)", ({ state, move, internalReview }) => {
    const expected = EXPECTED.find(([from, name]) => from === state && name === move)?.[2];
    const plan = planMove({ state, move, internalReview });
    if (expected) {
      expect(plan.ok && plan.value.to).toBe(internalReview ? expected.internal : expected.direct);
    } else {
      expect(plan).toMatchObject({
        ok: false,
        error: { code: "wrong_state" },
      });
    }
    expect(availableMoves(state).includes(move)).toBe(expected !== undefined);
    expect(statesOfMove(move).includes(state)).toBe(expected !== undefined);
  });

  test("freezes a revision exactly when it reaches the decider", () => {
    for (const row of TRANSITIONS) expect(row.freezes, row.move).toBe(row.to === "qsa_review");
  });

  test("asks for a reason and for the password where access.md does", () => {
    const reason = new Set(TRANSITIONS.filter((row) => row.needsReason).map((row) => row.move));
    const stepUp = new Set(TRANSITIONS.filter((row) => row.stepUp).map((row) => row.move));
    expect([...reason].sort()).toEqual(["refuse", "request_changes", "revoke", "send_back", "withdraw"]);
    expect([...stepUp].sort()).toEqual(["refuse", "reopen", "revoke", "sign"]);
  });

  test("names the wanted and the present state in a refusal", () => {
    const plan = planMove({
      state: "draft",
      move: "reopen",
      internalReview: false,
    });
    expect(!plan.ok && plan.error.message).toBe(
      "“Reopen” is possible in the state “Signed”, “Refused”, “Signature revoked” or “Withdrawn”; this worksheet is in “Draft”.",
    );
  });

  test("starts a new revision number only when the present one was frozen", () => {
    expect(revisionAfterMove(1, true, "changes_requested")).toBe(2);
    expect(revisionAfterMove(1, true, "draft")).toBe(2);
    expect(revisionAfterMove(1, false, "changes_requested")).toBe(1);
    expect(revisionAfterMove(3, true, "signed")).toBe(3);
    expect(WORKSHEET_STATES.filter(isEditable)).toEqual(["draft", "changes_requested"]);
  });

  test("prints every row as a diagram", () => {
    const diagram = transitionDiagram();
    const arrows = diagram.split("\n").filter((line) => line.includes("-->"));
    expect(arrows).toHaveLength(1 + TRANSITIONS.reduce((sum, row) => sum + row.from.length, 0));
    expect(diagram).toContain("  qsa_review --> refused: Refuse (reason, identity shown again)");
    expect(diagram).toContain("  draft --> internal_review: Submit (internal review on)");
  });

  test("the guide shows the diagram of this very table", () => {
    const guide = readFileSync(new URL("../../../docs/user-guide.md", import.meta.url), "utf8");
    expect(guide).toContain(`\`\`\`mermaid\n${transitionDiagram()}\`\`\``);
  });
});
