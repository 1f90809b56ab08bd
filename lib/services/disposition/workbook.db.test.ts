import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DispositionDto, UpdateDispositionInput } from "@/lib/contracts/disposition";
import { bulkAssign } from "@/lib/services/disposition/bulk-assign";
import { decideDisposition } from "@/lib/services/disposition/decide-disposition";
import { readWorkbook } from "@/lib/services/disposition/read-workbook";
import { makeMove } from "@/lib/services/review/make-move";
import { readScopeAnswers, readScopeResult } from "@/lib/services/scope/read-scope";
import { saveScope } from "@/lib/services/scope/save-scope";
import { openWorksheet } from "@/lib/services/worksheet/open-worksheet";
import { addRow, makeEngagement, openSheet } from "@/test/engagement";
import { OPENING } from "@/test/fixtures/gate-answers";
import { type Person, World } from "@/test/world";

let world: World;
let roc = "";
beforeAll(async () => {
  world = await World.make();
  roc = await makeEngagement(world);
});
afterAll(() => world.close());

const rows = async (engagementId = roc) => (await readWorkbook(await world.as("lead"), engagementId)).items;
async function rowOf(number: string, engagementId = roc): Promise<DispositionDto> {
  const row = (await rows(engagementId)).find((one) => one.requirementNumber === number);
  if (!row) throw new Error(`There is no row for ${number}.`);
  return row;
}
/** Changes a row as it stands. */
async function decide(
  number: string,
  change: Omit<UpdateDispositionInput, "version">,
  { by = "lead", engagementId = roc }: { by?: Person; engagementId?: string } = {},
): Promise<DispositionDto> {
  const { id, version } = await rowOf(number, engagementId);
  return decideDisposition(await world.as(by), id, { version, ...change });
}
const field = (path: string) => ({ code: "invalid", extras: { errors: [{ path }] } });

describe("the scope", () => {
  let engagementId = "";
  beforeAll(async () => {
    engagementId = await makeEngagement(world);
  });
  const save = async (version: number, answers: Parameters<typeof saveScope>[2]["answers"]) =>
    saveScope(await world.as("lead"), engagementId, { version, answers });
  const numbers = async () => (await rows(engagementId)).map((row) => row.requirementNumber);

  it("brings rows into the workbook with their reasons, and takes away only what nobody touched", async () => {
    expect((await save(0, { serviceProvider: true })).added).toEqual([]);
    const first = await save(1, { serviceProvider: true, keyOptions: ["byok-workstation"] });
    expect(first.added).toEqual(expect.arrayContaining(["3.6.1.1", "3.7.6", "8.3.4"]));
    expect(await numbers()).toEqual(first.added);
    const brought = await rowOf("3.7.6", engagementId);
    expect(brought).toMatchObject({ source: "scope", disposition: "undecided", trigger: { article: true } });
    expect(brought.trigger?.reasons.length).toBeGreaterThan(0);
    const before = await readScopeResult(await world.as("qsa"), engagementId);
    expect(before.requirements.map(({ number }) => number)).toEqual(first.added);
    const disputed = {
      row: "3.6.6",
      disputed: true,
      disputeReason: expect.stringContaining("letter and sense differ"),
      asOf: "2026-11-24",
    };
    expect(brought.trigger?.weights).toContainEqual(disputed);
    const shown = before.requirements.find(({ number }) => number === "3.7.6");
    expect(shown?.rows).toContainEqual(expect.objectContaining(disputed));

    const begun = await openWorksheet(await world.as("lead"), brought.id, OPENING);
    await decide("3.6.1.1", { disposition: "not_applicable", note: "No customers of ours." }, { engagementId });
    const untouched = await rowOf("8.3.4", engagementId);
    const second = await save(2, { serviceProvider: false, keyOptions: ["cloudhsm-direct"] });
    expect(second.added).toEqual([]);
    expect(second.changes).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ row: "3.6.6", reading: "article", kind: "no longer triggered" }),
      ]),
    );
    const left = await numbers();
    expect(left).not.toContain("8.3.4");
    expect(left).toEqual(expect.arrayContaining(["3.6.1.1", "3.7.6"]));
    expect(await rowOf("3.7.6", engagementId)).toMatchObject({ trigger: null, worksheet: { id: begun.id } });
    expect(await rowOf("3.6.1.1", engagementId)).toMatchObject({ trigger: null, disposition: "not_applicable" });
    const after = await readScopeResult(await world.as("contributor"), engagementId);
    expect(after.options).toEqual(["cloudhsm-direct"]);
    expect(after.requirements.map(({ number }) => number)).not.toContain("3.7.6");
    expect(after.requirementCounts.article).toBeLessThan(before.requirementCounts.article);

    const third = await save(3, { keyOptions: ["byok-workstation"] });
    expect(third.added).toEqual([]);
    expect((await rowOf("8.3.4", engagementId)).id).toBe(untouched.id);
  });

  it("is the lead's to answer, over the version that was read", async () => {
    const { version, answers } = await readScopeAnswers(await world.as("qsa"), engagementId);
    const stale = { code: "stale", extras: { current: { version, answers } } };
    await expect(save(version - 1, { keyOptions: ["xks"] })).rejects.toMatchObject(stale);
    const lead = await world.as("lead");
    const change = (usesSdk: boolean) => saveScope(lead, engagementId, { version, answers: { ...answers, usesSdk } });
    const both = await Promise.allSettled([change(true), change(false)]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    for (const person of ["contributor", "reviewer", "qsa", "observer"] as const) {
      const attempt = saveScope(await world.as(person), engagementId, { version: version + 1, answers });
      await expect(attempt, person).rejects.toMatchObject({ code: "forbidden" });
    }
    const observer = await world.as("observer");
    await expect(readScopeResult(observer, engagementId)).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("dispositions", () => {
  it("ask for the details that they cannot do without", async () => {
    await addRow(world, roc, "8.3.4");
    await expect(decide("8.3.4", { disposition: "met", note: " " })).rejects.toMatchObject(field("note"));
    await expect(decide("8.3.4", { disposition: "not_applicable" })).rejects.toMatchObject(field("note"));
    await expect(decide("8.3.4", { disposition: "legal_exception" })).rejects.toMatchObject(field("note"));
    await expect(decide("8.3.4", { disposition: "fix_planned" })).rejects.toMatchObject(field("fixOwner"));
    const half = { disposition: "fix_planned", fixOwner: "Platform team" } as const;
    await expect(decide("8.3.4", half)).rejects.toMatchObject(field("fixDueOn"));
    expect(await rowOf("8.3.4")).toMatchObject({ disposition: "undecided", version: 1 });
    expect(await decide("8.3.4", { ...half, fixDueOn: "2027-01-15" })).toMatchObject({
      settled: false,
      turn: "entity",
    });
    const met = { disposition: "met", note: "Standard NS-4.", evidenceUrl: "https://evidence.example/" } as const;
    expect(await decide("8.3.4", met)).toMatchObject({ settled: true, turn: "nobody", version: 3 });
    expect(await decide("8.3.4", { dueOn: "2027-01-31" })).toMatchObject({ ...met, dueOn: "2027-01-31" });
    await expect(decide("8.3.4", { note: "" })).rejects.toMatchObject(field("note"));
  });

  it("open the customized approach only in a report on 4.0.1, and where the standard does", async () => {
    await addRow(world, roc, "8.3.6");
    expect(await decide("8.3.6", { disposition: "customized_approach" })).toMatchObject({ settled: false });
    await addRow(world, roc, "3.3.1");
    await addRow(world, roc, "10.3");
    for (const number of ["3.3.1", "10.3"]) {
      const refusal = decide(number, { disposition: "customized_approach" });
      await expect(refusal, number).rejects.toMatchObject(field("disposition"));
      const worksheet = decide(number, { disposition: "compensating_control" });
      await expect(worksheet, number).rejects.toMatchObject({ code: "blocked" });
    }
    const others = { SAQ: { assessmentType: "SAQ" }, legacy: { standardVersion: "3.2.1" } } as const;
    for (const choice of [others.SAQ, others.legacy]) {
      const engagementId = await makeEngagement(world, { ...choice, assessor: false });
      const number = "standardVersion" in choice ? "8.1.6" : "8.3.6";
      await addRow(world, engagementId, number);
      const refusal = decide(number, { disposition: "customized_approach" }, { engagementId });
      await expect(refusal, number).rejects.toMatchObject(field("disposition"));
    }
  });

  it("are closed by a worksheet until it is withdrawn, which makes it the answer again when it is reopened", async () => {
    const id = await openSheet(world, roc, "8.3.9");
    for (const disposition of ["customized_approach", "met", "undecided"] as const) {
      const refusal = decide("8.3.9", { disposition, note: "Otherwise." });
      await expect(refusal, disposition).rejects.toMatchObject({ code: "blocked" });
    }
    await makeMove(await world.as("lead"), id, { move: "withdraw", reason: "The switch came." });
    expect(await rowOf("8.3.9")).toMatchObject({ settled: false, turn: "entity" });
    const met = await decide("8.3.9", { disposition: "met", note: "Switched on." });
    expect(met).toMatchObject({ settled: true, worksheet: { id, state: "withdrawn" } });
    await expect(openWorksheet(await world.as("lead"), met.id, OPENING)).rejects.toMatchObject({ code: "wrong_state" });
    await makeMove(await world.steppedUp("lead"), id, { move: "reopen", reason: "" });
    expect(await rowOf("8.3.9")).toMatchObject({
      disposition: "compensating_control",
      version: met.version + 1,
      settled: false,
      worksheet: { id, state: "draft" },
    });
    expect(await decide("8.3.9", { dueOn: "2027-01-31" })).toMatchObject({ dueOn: "2027-01-31" });
  });

  it("are the lead's, and the owner's on a row of their own", async () => {
    await addRow(world, roc, "8.2.1");
    const change = { disposition: "met", note: "Done." } as const;
    await expect(decide("8.2.1", change, { by: "contributor" })).rejects.toMatchObject({ code: "forbidden" });
    await expect(decide("8.2.1", { ownerId: world.userId("qsa") })).rejects.toMatchObject(field("ownerId"));
    await expect(decide("8.2.1", { ownerId: world.userId("stranger") })).rejects.toMatchObject(field("ownerId"));
    await decide("8.2.1", { ownerId: world.userId("contributor") });
    expect(await decide("8.2.1", change, { by: "contributor" })).toMatchObject(change);
    const handOn = decide("8.2.1", { ownerId: world.userId("colleague") }, { by: "contributor" });
    await expect(handOn).rejects.toMatchObject({ code: "forbidden" });
    for (const person of ["colleague", "qsa", "observer", "admin"] as const) {
      await expect(decide("8.2.1", change, { by: person }), person).rejects.toMatchObject({ code: "forbidden" });
    }
    await expect(decide("8.2.1", change, { by: "stranger" })).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("assigning many rows", () => {
  it("changes all of them or none", async () => {
    const engagementId = await makeEngagement(world);
    const ids = [await addRow(world, engagementId, "8.3.4"), await addRow(world, engagementId, "8.3.6")];
    const elsewhere = (await rows())[0]?.id ?? "";
    const lead = await world.as("lead");
    const dueOn = "2027-01-15";
    const mixed = bulkAssign(lead, engagementId, { ids: [...ids, elsewhere], dueOn });
    await expect(mixed).rejects.toMatchObject({ code: "not_found" });
    const ofTheFirm = bulkAssign(lead, engagementId, { ids, ownerId: world.userId("qsa") });
    await expect(ofTheFirm).rejects.toMatchObject(field("ownerId"));
    expect(await rows(engagementId)).toMatchObject(ids.map((id) => ({ id, version: 1, owner: null, dueOn: null })));
    const byContributor = bulkAssign(await world.as("contributor"), engagementId, { ids, dueOn });
    await expect(byContributor).rejects.toMatchObject({ code: "forbidden" });

    const owner = { id: world.userId("contributor") };
    const done = await bulkAssign(lead, engagementId, { ids: [...ids, ...ids], ownerId: owner.id, dueOn });
    expect(done.items).toMatchObject(ids.map((id) => ({ id, version: 2, owner, dueOn })));
    const cleared = await bulkAssign(lead, engagementId, { ids: ids.slice(0, 1), ownerId: null });
    expect(cleared.items).toMatchObject([
      { owner: null, dueOn },
      { owner, dueOn },
    ]);
  });
});
