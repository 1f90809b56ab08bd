import { describe, expect, it } from "vitest";
import { alignItems } from "@/lib/domain/oscal/align-items";
import {
  compareWorksheet,
  leavingEvidence,
  type StandingWorksheet,
  savesOf,
  withinSaves,
} from "@/lib/domain/oscal/compare-worksheet";
import { importFields, LONGEST_TOLD } from "@/lib/domain/oscal/import-fields";
import { movedAnchors } from "@/lib/domain/oscal/moved-anchors";
import type { EvidenceFields } from "@/lib/domain/oscal/pair-evidence";
import { UNANSWERED } from "@/lib/domain/worksheet/answers";
import { itemNames } from "@/lib/domain/worksheet/diff";
import { emptySection } from "@/lib/domain/worksheet/empty";
import type { CcwRevision, WorksheetSections } from "@/lib/domain/worksheet/model";
import { SECTION_KEYS } from "@/lib/domain/worksheet/sections";
import { passingSections, UUIDS } from "@/test/fixtures/passing-worksheet";

const TODAY = "2026-11-24";
const WORKSHEET = "0199f3a4-0000-7000-8000-000000000001";
const OTHERS = Object.fromEntries(
  Object.entries(UUIDS).map(([name, id]) => [name, id.replace("8000", "9000")]),
) as typeof UUIDS;

const link = (title: string, itemId: string | null = null): EvidenceFields => ({
  ...{ section: "validation", itemId, title, url: `https://evidence.example/${title}`, shows: "" },
  ...{ collectedOn: TODAY, validUntil: null },
});

function brought(more: Partial<CcwRevision> = {}): CcwRevision {
  return {
    ...{ schema: "countervail.revision.v1", worksheetId: WORKSHEET, revision: 1, catalogueVersion: "2026-11-24" },
    header: {
      ...{ standardVersion: "4.0.1", requirementNumber: "8.3.4", requirementTitle: "Attempts" },
      ...{ entityName: "Quayside", engagementName: "2026" },
    },
    ...{ sections: passingSections(TODAY, {}, UUIDS), evidence: [] },
    ...more,
  };
}

function standing(sections: WorksheetSections, more: Partial<StandingWorksheet> = {}): StandingWorksheet {
  const parts = Object.fromEntries(SECTION_KEYS.map((key) => [key, { version: 3, content: sections[key] }]));
  return {
    id: WORKSHEET,
    parts: { ...parts, criteria: { version: 0, content: emptySection("criteria") } } as StandingWorksheet["parts"],
    ...{ evidence: [], eligibility: null, eligibilityVersion: 0, warningReasons: [] },
    ...more,
  };
}

const attached = (id: string, fields: EvidenceFields, controlRecordId: string | null = null) => ({
  ...{ id, version: 1, controlRecordId },
  ...fields,
});
const compare = (plan: CcwRevision, there: StandingWorksheet) => compareWorksheet(alignItems(plan, there.parts), there);
const controlsOf = ({ definition }: WorksheetSections) => definition.items.controls;
const withControls = (sections: WorksheetSections, controls: ReturnType<typeof controlsOf>): WorksheetSections => ({
  ...sections,
  definition: { ...sections.definition, items: { controls } },
});

describe("items of a plan's worksheet", () => {
  it("are no change for standing in another order, nor for naming controls in another order", () => {
    const own = passingSections(TODAY, {}, UUIDS);
    const turned = withControls(own, [...controlsOf(own)].reverse());
    const [risk] = own.identifiedRisk.items.risks;
    if (!risk) throw new Error("There is no risk.");
    const risks = [{ ...risk, controlIds: [...risk.controlIds].reverse() }];
    const there = { ...turned, identifiedRisk: { ...own.identifiedRisk, items: { risks } } };
    expect(compare(brought(), standing(there)).parts).toEqual([]);
  });

  it("are the same under other ids, with what refers to them", () => {
    const there = standing(passingSections(TODAY, {}, OTHERS), {
      evidence: [attached(OTHERS.m1, link("Paging", OTHERS.c2))],
      warningReasons: [{ key: `L06:${OTHERS.c1}`, rule: "L06", section: null, message: "No day", reason: "Soon." }],
    });
    const reason = { key: `L06:${UUIDS.c1}`, rule: "L06", section: null, message: "No day", reason: "Soon." };
    const plan = brought({ evidence: [{ id: UUIDS.t1, ...link("Paging", UUIDS.c2) }], warningReasons: [reason] });
    expect(compare(plan, there)).toMatchObject({ parts: [], evidence: [], reasons: [] });
  });

  it("are found by their id before their words, and by their words before what they are called", () => {
    const own = passingSections(TODAY, {}, UUIDS);
    const [first, second] = controlsOf(own);
    if (!first || !second) throw new Error("There are no controls.");
    const there = standing(withControls(own, [{ ...first, id: OTHERS.c1 }, second]));
    // What stands under another id says what the plan's C1 says; the plan's C2 says what C1 said, under its own id.
    const plan = withControls(own, [first, { ...first, id: second.id, label: "C2" }]);
    const [part] = compare(brought({ sections: plan }), there).parts;
    const items = part?.after.items as { controls: { id: string }[] } | undefined;
    expect(items?.controls.map(({ id }) => id)).toEqual([OTHERS.c1, second.id]);
  });

  it("keep the id where they are called the same and are about the same, so that one written anew is a changed one", () => {
    const there = standing(passingSections(TODAY, {}, OTHERS));
    const own = passingSections(TODAY, {}, UUIDS);
    const anew = controlsOf(own).map((one) =>
      one.label === "C2"
        ? { ...one, title: one.title.toUpperCase(), description: "Anew." }
        : { ...one, title: "Other" },
    );
    const { parts } = compare(brought({ sections: withControls(own, anew) }), there);
    expect(parts.map(({ key }) => key)).toEqual(["definition"]);
    const items = parts[0]?.after.items as { controls: { id: string }[] } | undefined;
    expect(items?.controls.map(({ id }) => id)).toEqual([OTHERS.c1, OTHERS.c2]);
  });

  it("are new where they are merely called the same, and so is what is called nothing", () => {
    const own = passingSections(TODAY, {}, UUIDS);
    const unrelated = controlsOf(own).map((one) => ({ ...one, title: "Backups", description: "A copy each night." }));
    for (const label of ["C1", ""]) {
      const others = passingSections(TODAY, {}, OTHERS);
      const there = standing(
        withControls(others, label === "" ? controlsOf(others).map((one) => ({ ...one, label })) : controlsOf(others)),
        { evidence: [attached(OTHERS.m1, link("Paging", OTHERS.c1))] },
      );
      const plan = brought({ sections: withControls(own, [{ ...unrelated[0], label }] as typeof unrelated) });
      const aligned = alignItems(plan, there.parts);
      expect(controlsOf(aligned.sections).map(({ id }) => id)).toEqual([UUIDS.c1]);
      const compared = compareWorksheet(aligned, there);
      expect(movedAnchors(there, compared, [], itemNames({ sections: others }))).toMatchObject([
        { title: "Paging", becomes: "gone" },
      ]);
    }
  });

  it("of each section are told from others by what they are about", () => {
    const own = passingSections(TODAY, {}, UUIDS);
    const there = standing(passingSections(TODAY, {}, OTHERS));
    const idsOf = (sections: WorksheetSections) => {
      const { constraints, identifiedRisk, validation, maintenance } = alignItems(
        brought({ sections }),
        there.parts,
      ).sections;
      const { scope } = constraints.items;
      return [...scope, ...identifiedRisk.items.risks, ...validation.items.tests, ...maintenance.items.tasks].map(
        (one) => one.id,
      );
    };
    const changed = (more: { kind?: "key"; threat?: string; method?: string; task?: string }): WorksheetSections => {
      const { constraints, identifiedRisk, validation, maintenance } = own;
      const { kind, threat, method, task } = more;
      const scope = constraints.items.scope.map((one) => ({ ...one, detail: "Anew", ...(kind && { kind }) }));
      const risks = identifiedRisk.items.risks.map((one) => ({ ...one, residual: "Anew", ...(threat && { threat }) }));
      const tests = validation.items.tests.map((one) => ({ ...one, sample: "Anew", ...(method && { method }) }));
      const tasks = maintenance.items.tasks.map((one) => ({ ...one, owner: "Anew", ...(task && { task }) }));
      return {
        ...own,
        constraints: { ...constraints, items: { ...constraints.items, scope } },
        identifiedRisk: { ...identifiedRisk, items: { risks } },
        validation: { ...validation, items: { tests } },
        maintenance: { ...maintenance, items: { ...maintenance.items, tasks } },
      };
    };
    expect(idsOf(changed({}))).toEqual([OTHERS.scope, OTHERS.r1, OTHERS.t1, OTHERS.m1]);
    const unrelated = { kind: "key", threat: "Fire", method: "A walk", task: "Water the plants" } as const;
    expect(idsOf(changed(unrelated))).toEqual([UUIDS.scope, UUIDS.r1, UUIDS.t1, UUIDS.m1]);
  });

  it("never take the place of a shared control by what it is called", () => {
    const others = passingSections(TODAY, {}, OTHERS);
    const shared = controlsOf(others).map((one) => ({ ...one, title: "Shared", recordId: UUIDS.scope }));
    const { parts } = compare(brought(), standing(withControls(others, shared)));
    expect(JSON.stringify(parts.find(({ key }) => key === "definition")?.after)).not.toContain(OTHERS.c1);
  });
});

describe("evidence of a plan's worksheet", () => {
  const sections = passingSections(TODAY, {}, UUIDS);

  it("is found by its id before a twin takes its place", () => {
    const there = standing(sections, { evidence: [attached(UUIDS.c1, link("A")), attached(UUIDS.c2, link("B"))] });
    const plan = brought({
      evidence: [
        { id: UUIDS.m1, ...link("A") },
        { id: UUIDS.c2, ...link("B") },
        { id: UUIDS.c1, ...link("A") },
      ],
    });
    expect(compare(plan, there).evidence).toEqual([{ changes: null, before: null, after: link("A") }]);
  });

  it("is found by what it says in another worksheet, in any order", () => {
    const there = standing(sections, {
      id: OTHERS.scope,
      evidence: [attached(OTHERS.c1, link("B")), attached(OTHERS.c2, link("A"))],
    });
    const plan = brought({ evidence: [link("A"), link("B"), link("C")].map((one, id) => ({ id: `${id}`, ...one })) });
    expect(compare(plan, there).evidence).toMatchObject([{ changes: null, after: { title: "C" } }]);
  });

  it("is a change of what was corrected here since, and no further piece", () => {
    const corrected = { ...link("A"), shows: "Corrected here." };
    const there = standing(sections, { id: OTHERS.scope, evidence: [attached(OTHERS.c1, corrected)] });
    expect(compare(brought({ evidence: [{ id: UUIDS.c1, ...link("A") }] }), there).evidence).toEqual([
      { changes: { id: OTHERS.c1, version: 1 }, before: corrected, after: link("A") },
    ]);
  });

  it("is not taken for there because of what leaves with its shared control", () => {
    const there = standing(sections, {
      id: OTHERS.scope,
      evidence: [attached(OTHERS.c1, link("A", null), "record")],
    });
    expect(compare(brought({ evidence: [{ id: UUIDS.c1, ...link("A") }] }), there).evidence).toMatchObject([
      { changes: null, after: { title: "A" } },
    ]);
  });

  it("leaves with the shared control that the plan has not, and stays where the control does", () => {
    const there = standing(sections, {
      evidence: [attached(OTHERS.c1, link("A", UUIDS.c1), "record"), attached(OTHERS.c2, link("B", "gone"), "record")],
    });
    expect(leavingEvidence(controlsOf(sections), there.evidence).map(({ title }) => title)).toEqual(["B"]);
  });
});

it("is cut to as many saves as are made at once: parts first, then evidence, then reasons", () => {
  const warningReasons = ["a", "b"].map((key) => ({ key, rule: "L06", section: null, message: "", reason: "Soon." }));
  const evidence = ["A", "B", "C"].map((title, id) => ({ id: `${id}`, ...link(title) }));
  const own = passingSections(TODAY, {}, UUIDS);
  const there = standing({ ...own, objective: passingSections(TODAY, { objective: "Other." }, UUIDS).objective });
  const compared = compare(brought({ evidence, warningReasons }), there);
  expect(savesOf(compared, false)).toBe(6);
  const cut = (most: number) => {
    const { parts, evidence: shown, reasons } = withinSaves(compared, false, most);
    return [parts.length, shown.length, reasons.length];
  };
  expect([6, 5, 3, 1].map(cut)).toEqual([
    [1, 3, 2],
    [1, 3, 1],
    [1, 2, 0],
    [1, 0, 0],
  ]);
  expect(savesOf(withinSaves(compared, true, 4), true)).toBe(4);
});

it("is cut so that evidence which is put elsewhere goes first: the item that it stands at may be gone", () => {
  const there = standing(passingSections(TODAY, {}, UUIDS), {
    evidence: [attached(OTHERS.r1, link("Worded", UUIDS.t1)), attached(OTHERS.m1, link("Put elsewhere", UUIDS.c1))],
  });
  const evidence = [
    { id: OTHERS.scope, ...link("Added") },
    { id: OTHERS.r1, ...link("Worded", UUIDS.t1), shows: "Anew." },
    { id: OTHERS.m1, ...link("Put elsewhere", UUIDS.c2) },
  ];
  const compared = compare(brought({ evidence }), there);
  const cut = (most: number) => withinSaves(compared, false, most).evidence.map(({ after }) => after.title);
  expect([3, 2, 1, 0].map(cut)).toEqual([
    ["Added", "Worded", "Put elsewhere"],
    ["Added", "Put elsewhere"],
    ["Put elsewhere"],
    [],
  ]);
});

describe("evidence at items that a plan changes", () => {
  it("is named, but where it leaves or the plan puts it elsewhere", () => {
    const own = passingSections(TODAY, {}, UUIDS);
    const there = standing(own, {
      evidence: [
        attached(OTHERS.c1, link("Changed", UUIDS.c1)),
        attached(OTHERS.c2, link("The same", UUIDS.c2)),
        attached(OTHERS.r1, link("Elsewhere", UUIDS.c1)),
        attached(OTHERS.t1, link("Leaves", UUIDS.c1), "record"),
        attached(OTHERS.m1, link("Of a test", UUIDS.t1)),
      ],
    });
    const anew = controlsOf(own).map((one) => (one.id === UUIDS.c1 ? { ...one, aboveAndBeyond: "More." } : one));
    const moved = [{ id: OTHERS.r1, ...link("Elsewhere", UUIDS.c2) }];
    const compared = compare(brought({ sections: withControls(own, anew), evidence: moved }), there);
    expect(movedAnchors(there, compared, [{ id: OTHERS.t1 }], itemNames({ sections: own }))).toEqual([
      { title: "Changed", item: "C1", becomes: "changed" },
    ]);
  });
});

describe("the fields that an import would write", () => {
  const names = { before: itemNames({ sections: {} }), after: itemNames({ sections: {} }) };
  const nothing = { eligibility: null, evidence: [], reasons: [] };
  const tell = (compared: Partial<Parameters<typeof importFields>[0]["compared"]>) =>
    importFields({ compared: { ...nothing, ...compared }, opens: null, leaving: [], names });

  it("are told with what stands and what would, each", () => {
    const after = { ...UNANSWERED, legalBar: true, whyNotSwitchedOn: "No setting." };
    const fields = tell({
      eligibility: { before: { ...UNANSWERED, legalBar: false }, after },
      evidence: [{ changes: null, before: null, after: link("A") }],
      reasons: [{ key: "L06:x", about: "L06: No day", before: "Then.", after: "Now." }],
    });
    expect(fields.map(({ group, before, after: then }) => [group, before, then])).toEqual([
      ["gate", "No", "Yes"],
      ["gate", "", "No setting."],
      ["evidence", "", "Validation of Compensating Controls"],
      ["evidence", "", "A"],
      ["evidence", "", "https://evidence.example/A"],
      ["evidence", "", "24 November 2026"],
      ["reasons", "Then.", "Now."],
    ]);
    const [row] = importFields({ compared: nothing, opens: "undecided", leaving: [], names });
    expect(row).toMatchObject({ group: "row", before: "Undecided", after: "Compensating control" });
  });

  it("are cut around the place where they differ, with how much is left out", () => {
    const [before, after] = [`${"a".repeat(4000)}then`, `${"a".repeat(4000)}now`];
    const [field] = tell({ reasons: [{ key: "k", about: "", before, after }] });
    expect(field?.before).toMatch(/^a{200}then$/);
    expect(field?.after).toMatch(/^a{200}now$/);
    expect(field?.cut).toBe(2 * 3800);
    const [whole] = tell({ reasons: [{ key: "k", about: "", before: "", after: "b".repeat(5000) }] });
    expect([whole?.after.length, whole?.cut]).toEqual([LONGEST_TOLD, 5000 - LONGEST_TOLD]);
  });
});
