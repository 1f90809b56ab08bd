import { describe, expect, it } from "vitest";
import { compareNumbers, DESK_ORDER, waitingStates } from "@/components/review/desk-order";
import { WORKSHEET_STATES } from "@/lib/domain/workflow/states";

describe("waitingStates", () => {
  it("gives the QSA what was submitted, and nothing to write", () => {
    expect([...waitingStates(["qsa_lead"], true)]).toEqual(["qsa_review"]);
    expect([...waitingStates(["qsa_assistant"], true)]).toEqual(["qsa_review"]);
  });
  it("lets the ISA decide only without an assessor company", () => {
    expect([...waitingStates(["isa"], false)]).toEqual(["qsa_review"]);
    expect([...waitingStates(["isa"], true)]).toEqual([]);
  });
  it("adds up several roles", () => {
    expect(waitingStates(["lead", "internal_reviewer"], true)).toEqual(
      new Set(["internal_review", "draft", "changes_requested", "refused", "revoked"]),
    );
    expect(waitingStates(["observer"], true).size).toBe(0);
  });
});

describe("the order of the desk", () => {
  it("has a place for every state", () => {
    expect([...DESK_ORDER].sort()).toEqual([...WORKSHEET_STATES].sort());
  });
  it("counts requirement numbers as people do", () => {
    expect(["8.3.10", "12.1", "A2.1.1", "8.3.4", "1.4.4"].sort(compareNumbers)).toEqual([
      "1.4.4",
      "8.3.4",
      "8.3.10",
      "12.1",
      "A2.1.1",
    ]);
  });
});
