import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Failure } from "@/lib/contracts/failure";
import {
  type ApplyPlanInput,
  applyPlanInput,
  type PlanConflictDto,
  type PlanPreviewDto,
} from "@/lib/contracts/oscal-import";
import type { WarningReason } from "@/lib/domain/worksheet/answers";
import { shareControl } from "@/lib/services/controls/share-control";
import { decideDisposition } from "@/lib/services/disposition/decide-disposition";
import { exportEngagementOscal } from "@/lib/services/export/export-oscal";
import { applyPlan } from "@/lib/services/oscal/apply-plan";
import { previewPlan } from "@/lib/services/oscal/preview-plan";
import { answerEligibility } from "@/lib/services/rigour/answer-eligibility";
import { answerWarning } from "@/lib/services/rigour/answer-warning";
import { addEvidence } from "@/lib/services/worksheet/add-evidence";
import { changeEvidence } from "@/lib/services/worksheet/change-evidence";
import { getWorksheet } from "@/lib/services/worksheet/get-worksheet";
import { saveSection } from "@/lib/services/worksheet/save-section";
import { setAssignees } from "@/lib/services/worksheet/set-assignees";
import { type BundleFolder, makeBundleFolder } from "@/test/bundle-folder";
import { addRow, giveReasons, makeEngagement, openSheet, write } from "@/test/engagement";
import { LET_THROUGH } from "@/test/fixtures/gate-answers";
import { passingSections, UUIDS } from "@/test/fixtures/passing-worksheet";
import { type Person, World } from "@/test/world";

let world: World;
/** An engagement with one worksheet, and a plan of it from before it was changed. */
let engagementId = "";
let id = "";
let text = "";
let bundles: BundleFolder;
beforeAll(async () => {
  world = await World.make();
  bundles = await makeBundleFolder();
});
afterAll(async () => {
  await bundles?.remove();
  await world.close();
});
beforeEach(async () => {
  engagementId = await makeEngagement(world);
  id = await openSheet(world, engagementId, "8.3.4");
  await write(world, id, sections());
  await giveReasons(world, id);
  text = await plan();
});

const today = () => world.now.toISOString().slice(0, 10);
/** Sections in which the rules find nothing but a test that failed, which wants a reason. */
function sections() {
  const passing = passingSections(today(), {}, UUIDS);
  const tests = passing.validation.items.tests.map((one) => ({ ...one, outcome: "not_effective" as const }));
  return { ...passing, validation: { ...passing.validation, items: { tests } } };
}
const plan = async () => (await exportEngagementOscal(await world.as("lead"), engagementId, { model: "poam" })).text;
const preview = async (by: Person = "lead", to = engagementId) =>
  previewPlan(await world.as(by), to, Buffer.from(text));
/** What a preview gave as it comes back: through the contract. */
const apply = async (found: PlanPreviewDto, by: Person = "lead", to = engagementId) =>
  applyPlan(await world.as(by), to, applyPlanInput.parse(JSON.parse(JSON.stringify(inputOf(found)))));
const inputOf = ({ worksheets, rows }: PlanPreviewDto): ApplyPlanInput => ({
  ...{ worksheets: worksheets.map(({ change }) => change), rows: rows.map(({ change }) => change) },
  acknowledgeCardNumber: true,
});
const worksheet = async () => getWorksheet(await world.as("contributor"), id);
const conflictsOf = async (work: Promise<unknown>) => {
  const failure: Failure = await work.then(
    () => Promise.reject(new Error("It was taken in.")),
    (error: Failure) => error,
  );
  expect(failure).toMatchObject({ code: "stale" });
  return (failure.extras.current as PlanConflictDto).parts;
};

/** Changes everything that is no text: the gate, a reason, and a piece of evidence. */
async function changeAll(words: string): Promise<{ readonly reason: WarningReason }> {
  const { rigour, evidence } = await worksheet();
  const [link] = evidence ?? [];
  const [reason] = rigour?.reasons ?? [];
  if (!link || !reason) throw new Error("The worksheet has neither evidence nor a reason.");
  const answers = { ...LET_THROUGH, whyNotSwitchedOn: `${words}, no setting.` };
  const baseVersion = rigour?.eligibilityVersion ?? 0;
  await answerEligibility(await world.as("contributor"), id, { baseVersion, answers });
  await answerWarning(await world.as("contributor"), id, { key: reason.key, reason: `${words}, agreed.` });
  const { section, itemId, title, url, collectedOn, validUntil, version } = link;
  const fields = { section, itemId, title, url, collectedOn, validUntil, version, shows: `${words}, shown.` };
  await changeEvidence(await world.as("contributor"), link.id, fields);
  return { reason };
}

describe("a preview", () => {
  it("shows what stands and what would, of the gate, evidence, reasons, and the row of what opens", async () => {
    const { reason } = await changeAll("Changed");
    const [changed] = (await preview()).worksheets;
    expect(changed?.fields).toMatchObject([
      { group: "gate", before: "Changed, no setting.", after: LET_THROUGH.whyNotSwitchedOn },
      { group: "evidence", field: "What it shows", before: "Changed, shown.", after: "" },
      { group: "reasons", of: `${reason.rule}: ${reason.message}`, before: "Changed, agreed.", after: reason.reason },
    ]);
    expect(changed).toMatchObject({ saves: 3, leftOut: 0, before: [] });
    const to = await makeEngagement(world);
    await addRow(world, to, "8.3.4");
    const [opened] = (await preview("lead", to)).worksheets;
    expect(opened?.fields[0]).toMatchObject({ group: "row", before: "Undecided", after: "Compensating control" });
    expect(opened?.fields.filter(({ group }) => group === "gate")).toHaveLength(5);
    expect(opened?.fields.filter(({ field, group }) => group === "evidence" && field === "Title")).toHaveLength(2);
  });

  it("is nothing for those who may take nothing in, and tells of no worksheet that is not theirs to write", async () => {
    await write(world, id, { objective: passingSections(today(), { objective: "Other words." }, UUIDS).objective });
    for (const person of ["observer", "qsa", "reviewer"] as const) {
      // Signing in leaves an event of its own.
      await world.as(person);
      const events = await world.eventsOf(() =>
        expect(preview(person), person).rejects.toMatchObject({ code: "forbidden" }),
      );
      expect(events).toMatchObject([{ action: "access.denied", detail: { attempted: "workbook.import" } }]);
    }
    const seen = await preview("colleague");
    expect(seen).toMatchObject({ worksheets: [], rows: [], same: [] });
    expect(seen.refused).toEqual([{ requirementNumber: "8.3.4", reason: "You may not write its worksheet." }]);
  });
});

describe("what somebody changed since the preview", () => {
  it("is a conflict of the gate, evidence and reasons too, each with what stands and what was sent", async () => {
    const { reason } = await changeAll("Changed");
    const found = await preview();
    await changeAll("Between");
    const parts = await conflictsOf(apply(found));
    expect(parts).toMatchObject([
      {
        ...{ what: "eligibility", requirementNumber: "8.3.4" },
        stored: { answers: { whyNotSwitchedOn: "Between, no setting." } },
        sent: LET_THROUGH,
      },
      { what: "evidence", stored: { shows: "Between, shown." }, sent: { shows: "" } },
      { what: "reason", key: reason.key, stored: "Between, agreed.", sent: reason.reason },
    ]);
    expect((await worksheet()).rigour?.reasons).toMatchObject(
      expect.arrayContaining([expect.objectContaining({ reason: "Between, agreed." })]) as never,
    );
  });

  it("is a conflict of a row, also of one whose worksheet would be opened", async () => {
    const to = await makeEngagement(world);
    const row = await addRow(world, to, "8.3.4");
    const found = await preview("lead", to);
    await decideDisposition(await world.as("lead"), row, { version: 1, disposition: "met", note: "It is met." });
    const parts = await conflictsOf(apply(found, "lead", to));
    expect(parts).toEqual([
      {
        ...{ what: "row", requirementNumber: "8.3.4", stored: { disposition: "met" } },
        sent: { disposition: "compensating_control" },
      },
    ]);
  });

  it("is a conflict where somebody else opened the worksheet, with what it says", async () => {
    const to = await makeEngagement(world);
    await addRow(world, to, "8.3.4");
    const found = await preview("lead", to);
    const opened = await openSheet(world, to, "8.3.4");
    const parts = await conflictsOf(apply(found, "lead", to));
    expect(parts[0]).toMatchObject({ what: "worksheet", stored: { id: opened, state: "draft" } });
    expect(parts.slice(1).map(({ what }) => what)).toContain("section");
  });
});

describe("evidence of a shared control that the plan has not", () => {
  it("is shown to leave, and leaves only where it is what the preview showed", async () => {
    const passing = passingSections(today(), {}, UUIDS).definition;
    await write(world, id, { definition: passing });
    text = await plan();
    const [first] = passing.items.controls;
    if (!first) throw new Error("There is no control.");
    const third = { ...first, id: randomUUID(), label: "C3", title: "A third one" };
    await write(world, id, { definition: { ...passing, items: { controls: [...passing.items.controls, third] } } });
    const link = { section: "definition" as const, itemId: third.id, title: "Of the third", shows: "" };
    const url = "https://evidence.example/3";
    await addEvidence(await world.as("contributor"), id, { ...link, url, collectedOn: today(), validUntil: null });
    await shareControl(await world.as("lead"), id, third.id);
    const found = await preview();
    const [one] = found.worksheets;
    if (!one) throw new Error("Nothing would change.");
    expect(one.fields).toMatchObject([{ group: "evidence", of: "Of the third", before: "Attached", after: "Leaves" }]);
    const unseen = { ...found, worksheets: [{ ...one, change: { ...one.change, leaves: [] } }] };
    expect(await conflictsOf(apply(unseen))).toMatchObject([
      { what: "evidence", stored: { title: "Of the third" }, sent: null },
    ]);
    await apply(found);
    expect((await worksheet()).evidence?.map(({ title }) => title)).not.toContain("Of the third");
  });
});

describe("a preview that is applied twice", () => {
  it("changes nothing the second time and says so, also for what was opened, and evidence is there once", async () => {
    const twin = { section: "validation" as const, itemId: null, title: "Twin", url: "", shows: "" };
    for (const _ of [1, 2]) {
      await addEvidence(await world.as("contributor"), id, { ...twin, collectedOn: today(), validUntil: null });
    }
    text = await plan();
    const to = await makeEngagement(world);
    await addRow(world, to, "8.3.4");
    await addRow(world, to, "8.3.6");
    const found = await preview("lead", to);
    expect((await apply(found, "lead", to)).worksheets).toHaveLength(1);
    const before = await exportEngagementOscal(await world.as("lead"), to, { model: "poam" });
    const events = await world.eventsOf(async () => {
      const saves = found.worksheets[0]?.saves ?? 0;
      const again = await apply(found, "lead", to);
      expect(again).toMatchObject({ worksheets: [], rows: 0 });
      expect(again.already).toBe(saves);
    });
    expect(events).toEqual([]);
    const after = await exportEngagementOscal(await world.as("lead"), to, { model: "poam" });
    const [was, is] = [before, after].map(
      (one) => JSON.parse(one.text)["plan-of-action-and-milestones"]["back-matter"],
    );
    expect(is).toEqual(was);
    expect(is.resources.filter(({ title }: { title: string }) => title === "Twin")).toHaveLength(2);
    expect(await preview("lead", to)).toMatchObject({ worksheets: [], same: ["8.3.4"] });
  });

  it("does what is left where some of it is there", async () => {
    await changeAll("Changed");
    const found = await preview();
    const [one] = found.worksheets;
    if (!one) throw new Error("Nothing would change.");
    const first = { ...found, worksheets: [{ ...one, change: { ...one.change, reasons: [], evidence: [] } }] };
    expect(await apply(first)).toMatchObject({ already: 0 });
    expect(await apply(found)).toMatchObject({ worksheets: [{ opened: false }], already: 1 });
    expect((await preview()).worksheets).toEqual([]);
  });

  it("adds no evidence that somebody added by hand meanwhile", async () => {
    const link = { section: "validation" as const, itemId: null, title: "By hand", url: "", shows: "" };
    const fields = { ...link, collectedOn: today(), validUntil: null };
    const { rigour } = await worksheet();
    expect(rigour).not.toBeNull();
    const change = { worksheetId: id, rowVersion: null, eligibility: null, parts: [], reasons: [] };
    const { dispositionId } = await world.behind.prisma.worksheet.findUniqueOrThrow({ where: { id } });
    const input = applyPlanInput.parse({
      worksheets: [{ ...change, dispositionId, evidence: [{ changes: null, fields }], seen: [] }],
      rows: [],
    });
    await addEvidence(await world.as("contributor"), id, fields);
    expect(await applyPlan(await world.as("contributor"), engagementId, input)).toMatchObject({ already: 1 });
    const { evidence } = await worksheet();
    expect(evidence?.filter(({ title }) => title === "By hand")).toHaveLength(1);
  });
});

describe("what looks like a card number", () => {
  const NUMBER = "4111 1111 1111 1111";
  const say = async (key: "objective" | "constraints", words: string) => {
    const baseVersion = (await worksheet()).sections?.[key]?.version ?? 0;
    const content = passingSections(today(), { [key]: words }, UUIDS)[key];
    const by = await world.as("contributor");
    await saveSection(by, id, key, { baseVersion, content, acknowledgeCardNumber: true } as never);
  };

  it("is asked about where it comes to another place than the one it stands in, and can be acknowledged there", async () => {
    await say("constraints", NUMBER);
    text = await plan();
    await say("constraints", "None.");
    await say("objective", NUMBER);
    const { acknowledgeCardNumber: _, ...asked } = inputOf(await preview());
    const lead = await world.as("lead");
    const failure: Failure = await applyPlan(lead, engagementId, asked).then(
      () => Promise.reject(new Error("It was taken in.")),
      (error: Failure) => error,
    );
    expect(failure).toMatchObject({ code: "card_number_suspected" });
    expect(failure.extras.errors).toMatchObject([{ path: "8.3.4.constraints.narrative" }]);
    const events = await world.eventsOf(() => applyPlan(lead, engagementId, { ...asked, acknowledgeCardNumber: true }));
    expect(events.map(({ detail }) => detail)).toMatchObject([
      { section: "constraints", cardNumberAcknowledged: true },
      { section: "objective" },
    ]);
    expect(events[1]?.detail).not.toHaveProperty("cardNumberAcknowledged");
  });
});

describe("the rights of an import", () => {
  it("are judged before anything is compared: one event names what was refused, and nothing of it is told", async () => {
    const other = await openSheet(world, engagementId, "8.3.6");
    await setAssignees(await world.as("lead"), other, []);
    await write(world, id, { objective: passingSections(today(), { objective: "Other words." }, UUIDS).objective });
    await changeAll("Changed");
    const found = await preview("contributor");
    await changeAll("Between");
    const [mine] = found.worksheets;
    if (!mine) throw new Error("Nothing would change.");
    const { dispositionId } = await world.behind.prisma.worksheet.findUniqueOrThrow({ where: { id: other } });
    const theirs = { ...mine.change, dispositionId, worksheetId: other, evidence: [], reasons: [], eligibility: null };
    const input = applyPlanInput.parse({ worksheets: [mine.change, theirs], rows: [] });
    const events = await world.eventsOf(async () => {
      const failure: Failure = await applyPlan(await world.as("contributor"), engagementId, input).then(
        () => Promise.reject(new Error("It was taken in.")),
        (error: Failure) => error,
      );
      expect(failure).toMatchObject({ code: "forbidden" });
      expect(failure.extras.current).toBeUndefined();
      expect(failure.message).toContain("8.3.6: ");
    });
    const detail = { attempted: "worksheet.edit", reference: { worksheetId: other } };
    expect(events).toMatchObject([{ action: "access.denied", by: "contributor", detail }]);
  });

  it("are judged of rows as well, and what is in no engagement of theirs is unknown", async () => {
    const row = await addRow(world, engagementId, "8.3.7");
    const fix = { version: 1, disposition: "fix_planned", note: "", fixOwner: "Platform", fixDueOn: "2028-03-31" };
    const worksheets: never[] = [];
    const sent = (rowId: string) => applyPlanInput.parse({ worksheets, rows: [{ id: rowId, ...fix }] });
    const refused = await world.eventsOf(async () =>
      expect(applyPlan(await world.as("contributor"), engagementId, sent(row))).rejects.toMatchObject({
        code: "forbidden",
      }),
    );
    const detail = { attempted: "disposition.decide", reference: { dispositionId: row } };
    expect(refused).toMatchObject([{ action: "access.denied", detail }]);
    const foreign = await addRow(world, await makeEngagement(world), "8.3.7");
    const unknown = await world.eventsOf(async () =>
      expect(applyPlan(await world.as("lead"), engagementId, sent(foreign))).rejects.toMatchObject({
        code: "not_found",
      }),
    );
    expect(unknown).toMatchObject([{ detail: { code: "unknown_target", reference: { dispositionId: foreign } } }]);
  });
});
