import { describe, expect, test } from "vitest";
import {
  checkDisposition,
  type DispositionContext,
  type DispositionDetails,
  requiredDetails,
} from "@/lib/domain/workflow/disposition-rules";
import { DISPOSITIONS } from "@/lib/domain/workflow/dispositions";
import { progressOf, rowState } from "@/lib/domain/workflow/row-state";
import { WORKSHEET_STATES } from "@/lib/domain/workflow/states";

const context: DispositionContext = {
  standardVersion: "4.0.1",
  assessmentType: "ROC",
  eligibility: "ok",
  current: "compensating_control",
  documents: [],
};
const everything: DispositionDetails = { note: "n", fixOwner: "o", fixDueOn: "2027-01-31" };

describe("disposition rules", () => {
  test.each(DISPOSITIONS)("%s needs exactly its details", (disposition) => {
    expect(checkDisposition(disposition, everything, context).ok).toBe(true);
    for (const { field } of requiredDetails(disposition)) {
      for (const value of [undefined, null, "", "  \n"]) {
        const outcome = checkDisposition(disposition, { ...everything, [field]: value }, context);
        expect(outcome).toMatchObject({
          ok: false,
          error: { code: "detail_missing", field },
        });
      }
    }
  });

  test("asks for what each answer needs", () => {
    const fields = Object.fromEntries(
      DISPOSITIONS.map((name) => [name, requiredDetails(name).map((detail) => detail.field)]),
    );
    expect(fields).toEqual({
      undecided: [],
      met: ["note"],
      fix_planned: ["fixOwner", "fixDueOn"],
      not_applicable: ["note"],
      compensating_control: [],
      customized_approach: [],
      legal_exception: ["note"],
    });
  });

  test.each(DISPOSITIONS.flatMap((next) => WORKSHEET_STATES.map((worksheetState) => ({ next, worksheetState }))))(
    "$next with a worksheet in $worksheetState never drops it",
    ({ next, worksheetState }) => {
      const outcome = checkDisposition(next, everything, {
        ...context,
        documents: [{ kind: "ccw", state: worksheetState }],
      });
      const free = next === "compensating_control" || worksheetState === "withdrawn";
      expect(outcome.ok).toBe(free);
      if (!outcome.ok) expect(outcome.error.code).toBe("document_in_the_way");
    },
  );

  test("a compensating control is chosen by opening its worksheet, or by reopening it, and never past the gate", () => {
    for (const documents of [[], [{ kind: "ccw", state: "withdrawn" }]] as const) {
      for (const current of DISPOSITIONS.filter((one) => one !== "compensating_control")) {
        const outcome = checkDisposition("compensating_control", everything, { ...context, current, documents });
        expect(outcome, current).toMatchObject({ ok: false, error: { code: "through_the_gate" } });
      }
    }
  });

  test("a compensating control is refused where none is accepted", () => {
    const codes = (["ok", "grouping", "refused", "unknown"] as const).map((eligibility) => {
      const outcome = checkDisposition("compensating_control", {}, { ...context, eligibility });
      return outcome.ok ? "ok" : outcome.error.code;
    });
    expect(codes).toEqual(["ok", "grouping", "not_eligible_for_worksheet", "not_eligible_for_worksheet"]);
  });

  test("the customized approach exists only in a ROC under 4.0.1", () => {
    const outcomes = (["4.0.1", "3.2.1"] as const).flatMap((standardVersion) =>
      (["ROC", "SAQ"] as const).map(
        (assessmentType) =>
          checkDisposition("customized_approach", {}, { ...context, standardVersion, assessmentType }).ok,
      ),
    );
    expect(outcomes).toEqual([true, false, false, false]);
  });
});

describe("row state", () => {
  test("settled rows wait for nobody, others for one side", () => {
    for (const disposition of DISPOSITIONS) {
      for (const state of [null, ...WORKSHEET_STATES]) {
        const row = rowState(disposition, state);
        expect(row.settled, `${disposition} ${state}`).toBe(row.turn === "nobody");
      }
    }
  });

  test("only a worksheet in review is the assessor's turn", () => {
    const waiting = WORKSHEET_STATES.filter((state) => rowState("compensating_control", state).turn === "assessor");
    expect(waiting).toEqual(["qsa_review"]);
  });

  test("progress adds up", () => {
    const rows = [rowState("met", null), rowState("undecided", null), rowState("compensating_control", "qsa_review")];
    expect(progressOf(rows)).toEqual({
      total: 3,
      settled: 1,
      entity: 1,
      assessor: 1,
    });
  });
});
