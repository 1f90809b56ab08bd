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
  assessmentType: "roc",
  isGrouping: false,
  noCompensatingControl: false,
  worksheetState: null,
};
const everything: DispositionDetails = {
  note: "n",
  reason: "r",
  ownerId: "o",
  dueOn: "2027-01-31",
};

describe("disposition rules", () => {
  test.each(DISPOSITIONS)("%s needs exactly its details", (disposition) => {
    expect(checkDisposition(disposition, everything, context).ok).toBe(true);
    for (const field of requiredDetails(disposition)) {
      for (const value of [undefined, "", "  \n"]) {
        const outcome = checkDisposition(disposition, { ...everything, [field]: value }, context);
        expect(outcome).toMatchObject({
          ok: false,
          error: { code: "detail_missing", field },
        });
      }
    }
  });

  test("the details are those of the brief", () => {
    expect(requiredDetails("met")).toEqual(["note"]);
    expect(requiredDetails("fix_planned")).toEqual(["ownerId", "dueOn"]);
    expect(requiredDetails("not_applicable")).toEqual(["reason"]);
    expect(requiredDetails("legal_exception")).toEqual(["reason"]);
  });

  test.each(DISPOSITIONS.flatMap((next) => WORKSHEET_STATES.map((worksheetState) => ({ next, worksheetState }))))(
    "$next with a worksheet in $worksheetState never drops it",
    ({ next, worksheetState }) => {
      const outcome = checkDisposition(next, everything, {
        ...context,

        worksheetState,
      });
      const free = next === "compensating_control" || worksheetState === "withdrawn";
      expect(outcome.ok).toBe(free);
      if (!outcome.ok) expect(outcome.error.code).toBe("worksheet_in_the_way");
    },
  );

  test("a compensating control is refused where none is accepted", () => {
    const barred = checkDisposition("compensating_control", {}, { ...context, noCompensatingControl: true });
    expect(barred).toMatchObject({
      error: { code: "not_eligible_for_worksheet" },
    });
    const grouping = checkDisposition("compensating_control", {}, { ...context, isGrouping: true });
    expect(grouping).toMatchObject({ error: { code: "grouping" } });
    const legacy = {
      ...context,
      standardVersion: "3.2.1" as const,
      isGrouping: true,
    };
    expect(checkDisposition("compensating_control", {}, legacy).ok).toBe(true);
  });

  test("the customized approach exists only in a ROC under 4.0.1", () => {
    const outcomes = (["4.0.1", "3.2.1"] as const).flatMap((standardVersion) =>
      (["roc", "saq"] as const).map(
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
