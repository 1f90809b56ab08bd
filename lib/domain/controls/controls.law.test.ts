import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CarriedEvidence, isSettled, planEvidence, rowsOf } from "@/lib/domain/controls/plan-evidence";
import {
  carryInto,
  carryText,
  judgeUses,
  type RecordEvidence,
  type RecordText,
  saysTheSame,
  takeOut,
  textOf,
} from "@/lib/domain/controls/record";
import { CONTROL_NATURES, CONTROL_ORIGINS, type Control } from "@/lib/domain/worksheet/model";

const RECORD = "r1";
const ITEM = "c1";
const word = fc.constantFrom("", "a", "b", "long text");
const day = fc.constantFrom("2026-01-02", "2026-03-04");
const text: fc.Arbitrary<RecordText> = fc.record({
  title: word,
  description: word,
  nature: fc.constantFrom(...CONTROL_NATURES),
  owner: word,
  changedOn: fc.oneof(fc.constant(""), day),
});
const control: fc.Arbitrary<Control> = fc.record(
  {
    id: fc.constantFrom("c1", "c2", "c3"),
    label: word,
    title: word,
    description: word,
    origin: fc.constantFrom(...CONTROL_ORIGINS),
    nature: fc.constantFrom(...CONTROL_NATURES),
    requirementRef: word,
    aboveAndBeyond: word,
    owner: word,
    changedOn: fc.oneof(fc.constant(""), day),
    recordId: fc.constantFrom(RECORD, "r2"),
  },
  {
    requiredKeys: [
      "id",
      "label",
      "title",
      "description",
      "origin",
      "nature",
      "requirementRef",
      "aboveAndBeyond",
      "owner",
    ],
  },
);
const content = {
  title: word,
  url: word,
  shows: word,
  collectedOn: day,
  validUntil: fc.oneof(fc.constant(null), day),
  files: fc.array(
    fc.record({
      name: fc.constantFrom("a.pdf", "b.png"),
      size: fc.constant(3),
      type: fc.constant("t"),
      sha256: fc.constantFrom("0", "1"),
    }),
    { maxLength: 2 },
  ),
};
const wanted: fc.Arbitrary<readonly RecordEvidence[]> = fc.uniqueArray(
  fc.record({ id: fc.constantFrom("e1", "e2", "e3"), ...content }),
  { selector: ({ id }) => id },
);
const origin = fc.oneof(
  fc.constant({ controlRecordId: null, recordEvidenceId: null }),
  fc.record({
    controlRecordId: fc.constantFrom(RECORD, "r2"),
    recordEvidenceId: fc.constantFrom("e1", "e2", "e3", "e4"),
  }),
);
const row: fc.Arbitrary<CarriedEvidence> = fc
  .tuple(
    fc.record({
      id: fc.uuid(),
      itemId: fc.constantFrom(null, ITEM, "c2"),
      section: fc.constant("definition" as const),
      ...content,
    }),
    origin,
  )
  .map(([link, from]) => ({ ...link, ...from }));
/** As the services keep them: no two rows are the same evidence of the same record. */
const rows = fc.uniqueArray(row, {
  selector: ({ id, controlRecordId, recordEvidenceId }) =>
    controlRecordId === null ? id : `${controlRecordId} ${recordEvidenceId}`,
});

/** What the service makes of a plan. */
function apply(given: readonly CarriedEvidence[], plan: ReturnType<typeof planEvidence>): CarriedEvidence[] {
  const shown = (id: string, evidence: RecordEvidence): CarriedEvidence => ({
    ...evidence,
    id,
    section: "definition",
    itemId: ITEM,
    controlRecordId: RECORD,
    recordEvidenceId: evidence.id,
  });
  const replaced = new Map(
    [...plan.change, ...plan.adopt].map(({ rowId, evidence }) => [rowId, shown(rowId, evidence)]),
  );
  return [
    ...given.filter(({ id }) => !plan.remove.includes(id)).map((one) => replaced.get(one.id) ?? one),
    ...plan.add.map((evidence, index) => shown(`new ${index}`, evidence)),
  ];
}

describe("the evidence of a shared control", () => {
  it("is in the worksheet once a plan is carried out, and then nothing is left to do", () => {
    fc.assert(
      fc.property(wanted, rows, (evidence, given) => {
        const after = apply(given, planEvidence(RECORD, ITEM, evidence, given));
        expect(isSettled(planEvidence(RECORD, ITEM, evidence, after))).toBe(true);
        expect(after.filter(({ controlRecordId }) => controlRecordId === RECORD)).toHaveLength(evidence.length);
      }),
    );
  });

  it("is the same whatever the order of its files, and however often one is named", () => {
    const file = (name: string) => ({ name, size: 1, type: "image/png", sha256: name.repeat(64) });
    const [a, b] = [file("a"), file("b")];
    const one = { id: "e1", title: "a", url: "", shows: "", collectedOn: "2026-01-02", validUntil: null };
    const [row] = apply([], planEvidence(RECORD, ITEM, [{ ...one, files: [a, b] }], []));
    if (!row) throw new Error("Nothing was added.");
    for (const files of [
      [b, a],
      [a, b, a],
      [a, b],
    ]) {
      expect(isSettled(planEvidence(RECORD, ITEM, [{ ...one, files }], [row]))).toBe(true);
    }
    expect(isSettled(planEvidence(RECORD, ITEM, [{ ...one, files: [a] }], [row]))).toBe(false);
  });

  it("is counted with its files, what goes as well as what comes", () => {
    const file = (name: string) => ({ name, size: 1, type: "image/png", sha256: name.repeat(64) });
    const entry = (id: string, names: string) => ({
      ...{ id, title: id, url: "", shows: "", collectedOn: "2026-01-02", validUntil: null },
      files: [...names].map(file),
    });
    const before = apply([], planEvidence(RECORD, ITEM, [entry("e1", "abc"), entry("e2", "a")], []));
    const plan = planEvidence(RECORD, ITEM, [entry("e2", "ab"), entry("e3", "de")], before);
    const files = new Map(before.map(({ id, files: own = [] }) => [id, own.length]));
    // e1 with three files goes, e2 is changed with one and two, e3 with two comes.
    expect(rowsOf(plan, files)).toBe(4 + 4 + 3);
  });

  it("leaves alone what is the worksheet's own or another control's, but for what says the same on the same control", () => {
    fc.assert(
      fc.property(wanted, rows, (evidence, given) => {
        const plan = planEvidence(RECORD, ITEM, evidence, given);
        const touched = new Set([...plan.change.map(({ rowId }) => rowId), ...plan.remove]);
        for (const one of given.filter(({ controlRecordId }) => controlRecordId !== RECORD)) {
          expect(touched.has(one.id)).toBe(false);
        }
        for (const { rowId, evidence: entry } of plan.adopt) {
          const own = given.find(({ id }) => id === rowId);
          expect(own).toMatchObject({ itemId: ITEM, controlRecordId: null, title: entry.title, url: entry.url });
        }
      }),
    );
  });
});

describe("the text of a shared control", () => {
  it("is carried whole, and leaves what is the worksheet's own", () => {
    fc.assert(
      fc.property(control, text, (one, said) => {
        const carried = carryText(one, said);
        expect(saysTheSame(carried, said)).toBe(true);
        const { id, label, origin: from, requirementRef, aboveAndBeyond, recordId } = carried;
        expect({ id, label, origin: from, requirementRef, aboveAndBeyond, recordId }).toEqual({
          ...{ id: one.id, label: one.label, origin: one.origin, recordId: one.recordId },
          ...{ requirementRef: one.requirementRef, aboveAndBeyond: one.aboveAndBeyond },
        });
        expect(textOf(takeOut(carried))).toEqual(textOf(carried));
      }),
    );
  });

  it("is taken as it stands after it was carried, and while nothing of it changes", () => {
    const records = fc.record({ text, retired: fc.boolean() });
    const controls = fc.uniqueArray(control, { selector: ({ id }) => id });
    fc.assert(
      fc.property(controls, records, (list, record) => {
        const unique = list.filter(
          ({ recordId }, index) =>
            recordId === undefined || list.findIndex((other) => other.recordId === recordId) === index,
        );
        const known = new Map([RECORD, "r2"].map((id) => [id, record]));
        expect(judgeUses(unique, unique, known)).toEqual([]);
        const carried = ["r2", RECORD].reduce(
          (all, id) => carryInto(all, id, record.text),
          unique as readonly Control[],
        );
        expect(judgeUses(unique, carried, known)).toEqual([]);
        const refused = judgeUses([], carried, known).map(({ refusal }) => refusal);
        expect(refused.every((refusal) => refusal === "retired")).toBe(true);
        expect(refused.length > 0).toBe(record.retired && carried.some(({ recordId }) => recordId !== undefined));
      }),
    );
  });

  it("is refused where it differs, is used twice, or is not there", () => {
    const said: RecordText = { title: "Lock", description: "", nature: "preventive", owner: "", changedOn: "" };
    const known = new Map([[RECORD, { text: said, retired: false }]]);
    const base: Control = {
      ...{ id: "c1", label: "C1", title: "Lock", description: "", origin: "new", nature: "preventive" },
      ...{ requirementRef: "", aboveAndBeyond: "", owner: "", recordId: RECORD },
    };
    const judge = (...controls: Control[]) => judgeUses([], controls, known);
    expect(judge(base)).toEqual([]);
    expect(judge(base, { ...base, id: "c2" })).toEqual([{ index: 1, refusal: "twice" }]);
    expect(judge({ ...base, owner: "Me" })).toEqual([{ index: 0, refusal: "differs" }]);
    expect(judge({ ...base, recordId: "gone" })).toEqual([{ index: 0, refusal: "unknown" }]);
    const behind = { ...base, title: "Lock of last year" };
    expect(judgeUses([behind], [{ ...behind, aboveAndBeyond: "More." }], known)).toEqual([]);
    expect(judgeUses([behind], [{ ...behind, title: "Something else" }], known)).toEqual([
      { index: 0, refusal: "differs" },
    ]);
  });
});
