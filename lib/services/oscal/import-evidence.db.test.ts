import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Failure } from "@/lib/contracts/failure";
import {
  type ApplyPlanInput,
  applyPlanInput,
  MOST_EVIDENCE,
  MOST_SAVES,
  type PlanConflictDto,
  type PlanPreviewDto,
} from "@/lib/contracts/oscal-import";
import { shareControl } from "@/lib/services/controls/share-control";
import { exportEngagementOscal } from "@/lib/services/export/export-oscal";
import { applyPlan } from "@/lib/services/oscal/apply-plan";
import { previewPlan } from "@/lib/services/oscal/preview-plan";
import { addEvidence } from "@/lib/services/worksheet/add-evidence";
import { changeEvidence } from "@/lib/services/worksheet/change-evidence";
import { getWorksheet } from "@/lib/services/worksheet/get-worksheet";
import { type BundleFolder, makeBundleFolder } from "@/test/bundle-folder";
import { addRow, makeEngagement, openSheet, write } from "@/test/engagement";
import { passingSections, UUIDS } from "@/test/fixtures/passing-worksheet";
import { World } from "@/test/world";

let world: World;
let bundles: BundleFolder;
beforeAll(async () => {
  world = await World.make();
  bundles = await makeBundleFolder();
});
afterAll(async () => {
  await bundles?.remove();
  await world.close();
});

const lead = () => world.as("lead");
const fields = (title: string) => ({
  ...{ section: "validation" as const, itemId: null, title, url: `https://evidence.example/${title}`, shows: "" },
  ...{ collectedOn: world.now.toISOString().slice(0, 10), validUntil: null },
});
const planOf = async (engagementId: string) =>
  Buffer.from((await exportEngagementOscal(await lead(), engagementId, { model: "poam" })).text);
const preview = async (engagementId: string, plan: Buffer) => previewPlan(await lead(), engagementId, plan);
/** What was given comes back through the contract. */
const apply = async (engagementId: string, input: unknown) =>
  applyPlan(await lead(), engagementId, applyPlanInput.parse(JSON.parse(JSON.stringify(input))));
const inputOf = ({ worksheets, rows }: PlanPreviewDto): ApplyPlanInput => ({
  ...{ worksheets: worksheets.map(({ change }) => change), rows: rows.map(({ change }) => change) },
  acknowledgeCardNumber: true,
});
const evidenceOf = async (worksheetId: string) => (await getWorksheet(await lead(), worksheetId)).evidence ?? [];
const conflictsOf = async (work: Promise<unknown>) => {
  const failure: Failure = await work.then(
    () => Promise.reject(new Error("It was taken in.")),
    (error: Failure) => error,
  );
  expect(failure).toMatchObject({ code: "stale" });
  return (failure.extras.current as PlanConflictDto).parts;
};

/** A worksheet with a piece of evidence, and another engagement into which its plan was taken. */
async function takenIn() {
  const from = await makeEngagement(world);
  await addEvidence(await lead(), await openSheet(world, from, "8.3.4"), fields("Review"));
  const [to, plan] = [await makeEngagement(world), await planOf(from)];
  await addRow(world, to, "8.3.4");
  const input = inputOf(await preview(to, plan));
  const [opened] = (await apply(to, input)).worksheets;
  return { to, plan, input, id: opened?.id ?? "" };
}

async function correct(worksheetId: string, shows: string): Promise<void> {
  const [stored] = await evidenceOf(worksheetId);
  if (!stored) throw new Error("There is no evidence.");
  const { version } = stored;
  await changeEvidence(await lead(), stored.id, { ...fields(stored.title), shows, version });
}

describe("evidence that was corrected since it was taken in", () => {
  it("is a change when its plan is imported again, and there once afterwards", async () => {
    const { to, plan, id } = await takenIn();
    const [stored] = await evidenceOf(id);
    await correct(id, "Corrected here.");
    const found = await preview(to, plan);
    expect(found.worksheets).toMatchObject([
      {
        fields: [{ group: "evidence", of: "Review", before: "Corrected here.", after: "" }],
        change: { evidence: [{ changes: { id: stored?.id } }], seen: [] },
      },
    ]);
    await apply(to, inputOf(found));
    expect(await evidenceOf(id)).toMatchObject([{ id: stored?.id, title: "Review", shows: "" }]);
    expect(await preview(to, plan)).toMatchObject({ worksheets: [], same: ["8.3.4"] });
  });

  it("is a conflict where the same preview is applied again, and stays as it was corrected", async () => {
    const { to, input, id } = await takenIn();
    await correct(id, "Corrected here.");
    expect(await conflictsOf(apply(to, input))).toMatchObject([
      { what: "worksheet", stored: { id } },
      { what: "evidence", stored: { shows: "Corrected here." }, sent: { title: "Review", shows: "" } },
    ]);
    expect(await evidenceOf(id)).toMatchObject([{ title: "Review", shows: "Corrected here." }]);
  });

  it("is a conflict of a worksheet that stands too, while what was seen before is in nobody's way", async () => {
    const { to, plan, id } = await takenIn();
    const [stored] = await evidenceOf(id);
    if (!stored) throw new Error("There is no evidence.");
    const elsewhere = { ...fields("Review"), url: "https://evidence.example/other", collectedOn: "2026-01-01" };
    await changeEvidence(await lead(), stored.id, { ...elsewhere, version: stored.version });
    const input = inputOf(await preview(to, plan));
    expect(input.worksheets).toMatchObject([
      { evidence: [{ changes: null }], seen: [{ id: stored.id, version: stored.version + 1 }] },
    ]);
    expect((await apply(to, input)).worksheets).toHaveLength(1);
    expect(await apply(to, input)).toMatchObject({ worksheets: [], already: 1 });
    const added = (await evidenceOf(id)).find((one) => one.id !== stored.id);
    if (!added) throw new Error("Nothing was added.");
    const { version } = added;
    await changeEvidence(await lead(), added.id, { ...fields("Review"), shows: "Anew.", version });
    expect(await conflictsOf(apply(to, input))).toMatchObject([{ what: "evidence", stored: { shows: "Anew." } }]);
    expect(await evidenceOf(id)).toHaveLength(2);
  });
});

describe("evidence that was changed between the preview and taking it in", () => {
  /** What stands says other things, so that the plan's is to be added. */
  async function toBeAdded() {
    const { to, plan, id } = await takenIn();
    const [stored] = await evidenceOf(id);
    if (!stored) throw new Error("There is no evidence.");
    const change = async (more: Partial<ReturnType<typeof fields>>) => {
      const version = (await evidenceOf(id)).find((one) => one.id === stored.id)?.version ?? 0;
      await changeEvidence(await lead(), stored.id, { ...fields("Review"), ...more, version });
    };
    await change({ url: "https://evidence.example/other", collectedOn: "2026-01-01" });
    const input = inputOf(await preview(to, plan));
    expect(input.worksheets).toMatchObject([{ evidence: [{ changes: null }] }]);
    return { to, id, input, change };
  }

  it("is there once where it says by now what was to be added", async () => {
    const { to, id, input, change } = await toBeAdded();
    await change({});
    expect(await apply(to, input)).toMatchObject({ worksheets: [], already: 1 });
    expect((await evidenceOf(id)).map(({ title, url }) => [title, url])).toEqual([["Review", fields("Review").url]]);
  });

  it("is a conflict where it says something else", async () => {
    const { to, id, input, change } = await toBeAdded();
    await change({ shows: "Nearly that." });
    expect(await conflictsOf(apply(to, input))).toMatchObject([
      { what: "evidence", stored: { shows: "Nearly that." }, sent: { title: "Review", shows: "" } },
    ]);
    expect(await evidenceOf(id)).toHaveLength(1);
  });

  it("is in nobody's way where it came with a shared control", async () => {
    const [from, to] = [await makeEngagement(world), await makeEngagement(world)];
    const sheet = await openSheet(world, from, "8.3.4");
    await write(world, sheet, passingSections(world.now.toISOString().slice(0, 10), {}, UUIDS));
    await addRow(world, to, "8.3.4");
    const [opened] = (await apply(to, inputOf(await preview(to, await planOf(from))))).worksheets;
    const id = opened?.id ?? "";
    await addEvidence(await lead(), sheet, fields("Review"));
    const input = inputOf(await preview(to, await planOf(from)));
    const control = (await getWorksheet(await lead(), id)).sections?.definition?.content.items.controls[0]?.id ?? "";
    await addEvidence(await lead(), id, { ...fields("Of a control"), section: "definition", itemId: control });
    expect(await conflictsOf(apply(to, input))).toMatchObject([{ stored: { title: "Of a control" } }]);
    await shareControl(await lead(), id, control);
    expect((await apply(to, input)).worksheets).toHaveLength(1);
    expect((await evidenceOf(id)).filter(({ title }) => title === "Review")).toHaveLength(1);
  });

  it("is not what is added where the import changes it to say the same: both are there, once", async () => {
    const { to, id, input } = await toBeAdded();
    const [stored] = await evidenceOf(id);
    if (!stored) throw new Error("There is no evidence.");
    const more = { changes: { id: stored.id, version: stored.version }, fields: fields("Review") };
    const both = {
      ...input,
      worksheets: input.worksheets.map((one) => ({ ...one, evidence: [more, ...one.evidence] })),
    };
    await apply(to, both);
    expect((await evidenceOf(id)).map(({ title }) => title)).toEqual(["Review", "Review"]);
    expect(await apply(to, both)).toMatchObject({ worksheets: [], already: 2 });
    expect(await evidenceOf(id)).toHaveLength(2);
  });
});

describe("uploads of the company", () => {
  it("are not waited for by an import that opens a worksheet and adds evidence: no shared control comes or goes", async () => {
    const from = await makeEngagement(world);
    const sheet = await openSheet(world, from, "8.3.4");
    await write(world, sheet, passingSections(world.now.toISOString().slice(0, 10), {}, UUIDS));
    const to = await makeEngagement(world);
    await addRow(world, to, "8.3.4");
    const found = await preview(to, await planOf(from));
    const { organisationId } = await world.behind.prisma.engagement.findUniqueOrThrow({ where: { id: to } });
    const room = `countervail-blobs:${organisationId}`;
    const upload = async (work: () => Promise<unknown>) =>
      world.behind.prisma.$transaction(
        async (tx) => {
          await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${room}, 0))`;
          return work();
        },
        { timeout: 30_000 },
      );
    const done = await upload(() => apply(to, inputOf(found)));
    expect(done).toMatchObject({ worksheets: [{ opened: true }] });
  });
});

describe("a worksheet with much evidence", () => {
  it("comes in as many imports as its saves take, and is refused in words where it has too much", async () => {
    const from = await makeEngagement(world);
    const id = await openSheet(world, from, "8.3.4");
    const add = async (titles: readonly string[]) => {
      const { dispositionId } = await world.behind.prisma.worksheet.findUniqueOrThrow({ where: { id } });
      const seen = (await evidenceOf(id)).map((one) => ({ id: one.id, version: one.version }));
      const change = { dispositionId, worksheetId: id, rowVersion: null, eligibility: null, parts: [], reasons: [] };
      const evidence = titles.map((title) => ({ changes: null, fields: fields(title) }));
      await apply(from, { worksheets: [{ ...change, evidence, seen }], rows: [] });
    };
    const titles = (name: string, count: number) => Array.from({ length: count }, (_, at) => `${name}${at}`);
    await add(titles("a", MOST_SAVES));
    await add(titles("b", 1));
    const plan = await planOf(from);
    const to = await makeEngagement(world);
    await addRow(world, to, "8.3.4");
    const first = await preview(to, plan);
    expect(first.worksheets).toMatchObject([{ saves: MOST_SAVES }]);
    expect(first.worksheets[0]?.notes[0]).toBe(
      "It takes 252 saves, and at most 250 are made at once: 2 pieces of evidence are left out this time. Take in what is shown, then import the plan again for the rest.",
    );
    const [opened] = (await apply(to, inputOf(first))).worksheets;
    const second = await preview(to, plan);
    expect(second.worksheets).toMatchObject([{ saves: 2, notes: [] }]);
    await apply(to, inputOf(second));
    expect((await evidenceOf(opened?.id ?? "")).map(({ title }) => title).sort()).toEqual(
      [...titles("a", MOST_SAVES), "b0"].sort(),
    );
    expect(await preview(to, plan)).toMatchObject({ worksheets: [], same: ["8.3.4"] });

    await add(titles("c", MOST_EVIDENCE - MOST_SAVES));
    expect((await preview(to, await planOf(from))).refused).toEqual([
      {
        requirementNumber: "8.3.4",
        reason:
          "It has 501 pieces of evidence, and at most 500 of one worksheet are taken in. Take some out where the plan was exported, and export it again.",
      },
    ]);
  });
});
