import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AddControlInput, ChangeControlInput, ControlRecordDto } from "@/lib/contracts/controls";
import { Failure } from "@/lib/contracts/failure";
import type { SectionDto } from "@/lib/contracts/section";
import { carryText, textOf } from "@/lib/domain/controls/record";
import { mergeSection } from "@/lib/domain/worksheet/merge";
import type { Control } from "@/lib/domain/worksheet/model";
import { addControl, changeControl } from "@/lib/services/controls/change-register";
import { readControl, readRegister } from "@/lib/services/controls/read-register";
import { shareControl, takeOver } from "@/lib/services/controls/share-control";
import { uploadFile } from "@/lib/services/evidence/upload-file";
import { getRevision } from "@/lib/services/review/get-revision";
import { makeMove } from "@/lib/services/review/make-move";
import { addEvidence } from "@/lib/services/worksheet/add-evidence";
import { changeEvidence } from "@/lib/services/worksheet/change-evidence";
import { getWorksheet } from "@/lib/services/worksheet/get-worksheet";
import { saveSection } from "@/lib/services/worksheet/save-section";
import { makeEngagement, openSheet, sign, write } from "@/test/engagement";
import { bodyOf, makeTestFiles, png, type TestFiles } from "@/test/evidence-files";
import { SAMPLE_SECTIONS } from "@/test/fixtures/sample-sections";
import { type Person, World } from "@/test/world";

let world: World;
let files: TestFiles;
let engagementId = "";
beforeAll(async () => {
  world = await World.make();
  files = await makeTestFiles();
  engagementId = await makeEngagement(world);
});
afterAll(async () => {
  await files.remove();
  await world.close();
});

const LINK = { title: "Drill of the lock", url: "https://evidence.example/drills/42", shows: "It locks." };
const evidence = (more: Partial<AddControlInput["evidence"][number]> = {}) => ({
  ...{ id: randomUUID(), ...LINK, collectedOn: "2026-11-20", validUntil: null, files: [], ...more },
});
const [C1] = SAMPLE_SECTIONS.definition.items.controls;
if (!C1) throw new Error("The sample has no control.");
const { changedOn: _day, ...TEXT } = textOf(C1);

/** A control in the register, with a link as its evidence. */
async function record(more: { readonly title?: string } = {}): Promise<ControlRecordDto> {
  const body = { ...TEXT, ...more, changedOn: "", evidence: [evidence()] };
  return (await addControl(await world.as("lead"), engagementId, body)).control;
}
const inputOf = ({ title, description, nature, owner, changedOn, version, retired, ...rest }: ControlRecordDto) => ({
  ...{ title, description, nature, owner, changedOn, version, retired },
  evidence: rest.evidence.map(({ freshness: _now, ...one }) => ({
    ...one,
    files: one.files.map(({ name, sha256 }) => ({ name, sha256 })),
  })),
});
const change = async (control: ControlRecordDto, more: Partial<ChangeControlInput>) =>
  (await changeControl(await world.as("lead"), control.id, { ...inputOf(control), ...more })).control;
const read = async (id: string, by: Person = "contributor") => getWorksheet(await world.as(by), id);
const definitionOf = async (id: string): Promise<SectionDto<"definition">> => {
  const { sections } = await read(id);
  if (!sections?.definition) throw new Error("The draft is not shown.");
  return sections.definition;
};
const inDraft = async (id: string, recordId: string) =>
  (await definitionOf(id)).content.items.controls.find((one) => one.recordId === recordId);
const BLANK: Control = {
  ...{ id: randomUUID(), label: "C9", title: "", description: "", nature: "detective", owner: "" },
  ...{ origin: "required_elsewhere", requirementRef: "10.2.1", aboveAndBeyond: "Within minutes." },
};
const asUsed = ({ id, title, description, nature, owner, changedOn }: ControlRecordDto, before = BLANK): Control => ({
  ...carryText(before, { title, description, nature, owner, changedOn }),
  recordId: id,
});
/** The contributor lets a worksheet use a shared control, as the page does it: as a further one, or in the place of one. */
async function use(
  worksheetId: string,
  control: ControlRecordDto,
  { by = "contributor", instead }: { readonly by?: Person; readonly instead?: string } = {},
): Promise<void> {
  const { content, version } = await definitionOf(worksheetId);
  const controls = instead
    ? content.items.controls.map((one) => (one.id === instead ? asUsed(control, one) : one))
    : [...content.items.controls, asUsed(control)];
  const next = { ...content, items: { controls } };
  await saveSection(await world.as(by), worksheetId, "definition", { baseVersion: version, content: next });
}
/** Once one control has evidence of its own, each of the others needs some. */
async function showOthers(id: string): Promise<void> {
  for (const itemId of ["c2", "c4"]) {
    const link = { ...LINK, section: "definition", itemId, collectedOn: "2026-11-20", validUntil: null } as const;
    await addEvidence(await world.as("contributor"), id, { ...link, title: `What shows ${itemId}` });
  }
}
async function drafts(...numbers: string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const number of numbers) ids.push(await openSheet(world, engagementId, number));
  return ids;
}

it("is put into the register in one event", async () => {
  const events = await world.eventsOf(() => record({ title: "Put down for the first time" }));
  expect(events).toMatchObject([{ action: "control.recorded", worksheetId: null, by: "lead" }]);
  expect(events[0]?.changes).toMatchObject([{ table: "control_record" }]);
});

describe("a change of a shared control", () => {
  it("comes into every draft that uses it, text and evidence, with an event for each", async () => {
    const control = await record();
    const [a = "", b = "", other = ""] = await drafts("1.2.1", "1.2.2", "1.2.3");
    for (const id of [a, b]) await use(id, control);
    await use(other, await record({ title: "Another one" }));
    const untouched = await definitionOf(other);
    const events = await world.eventsOf(() =>
      change(control, { title: "Lock at the fifth attempt", owner: "Operations", changedOn: "2026-11-24" }),
    );
    for (const id of [a, b]) {
      const use = await inDraft(id, control.id);
      expect(use).toMatchObject({ title: "Lock at the fifth attempt", owner: "Operations", changedOn: "2026-11-24" });
      expect(use).toMatchObject({
        origin: "required_elsewhere",
        requirementRef: "10.2.1",
        aboveAndBeyond: "Within minutes.",
      });
      expect((await read(id)).evidence).toMatchObject([{ ...LINK, itemId: use?.id, controlRecordId: control.id }]);
    }
    expect(await definitionOf(other)).toEqual(untouched);
    expect(events.map(({ action, worksheetId }) => [action, worksheetId])).toEqual([
      ["control.changed", null],
      ["control.carried", a],
      ["control.carried", b],
    ]);
    expect(events.slice(1).map(({ changes }) => changes.map(({ table }) => table))).toEqual([["section"], ["section"]]);
  });

  it("adds, changes and removes the one set of evidence everywhere, and leaves what is a worksheet's own", async () => {
    const control = await record();
    const [a = "", b = ""] = await drafts("1.2.5", "1.2.6");
    for (const id of [a, b]) await use(id, control);
    const item = await inDraft(a, control.id);
    const own = { section: "definition", itemId: item?.id ?? null, ...LINK, title: "Only here" } as const;
    await addEvidence(await world.as("contributor"), a, { ...own, collectedOn: "2026-11-01", validUntil: null });
    const titles = async (id: string) => (await read(id)).evidence?.map(({ title }) => title);
    const added = await change(control, { evidence: [...inputOf(control).evidence, evidence({ title: "Second" })] });
    expect(await titles(a)).toEqual([LINK.title, "Only here", "Second"]);
    expect(await titles(b)).toEqual([LINK.title, "Second"]);
    const [first, second] = inputOf(added).evidence;
    if (!first || !second) throw new Error("The control has lost its evidence.");
    await change(added, { evidence: [{ ...second, title: "Second, again" }] });
    expect(await titles(a)).toEqual(["Only here", "Second, again"]);
    expect(await titles(b)).toEqual(["Second, again"]);
  });

  it("meets an open editor as somebody else's save does: refused over the old version, and merged by itself", async () => {
    const control = await record();
    const [id = ""] = await drafts("1.2.7");
    await use(id, control);
    const open = await definitionOf(id);
    await change(control, { title: "Lock, said better" });
    const mine = {
      ...open.content,
      items: { controls: open.content.items.controls.map((one) => ({ ...one, aboveAndBeyond: "Five and not ten." })) },
    };
    const contributor = await world.as("contributor");
    const late = saveSection(contributor, id, "definition", { baseVersion: open.version, content: mine });
    const failure = await late.then(
      () => null,
      (error: unknown) => error,
    );
    if (!(failure instanceof Failure)) throw new Error("The old version was taken.");
    expect(failure.code).toBe("stale");
    const theirs = failure.extras.current as SectionDto<"definition">;
    const merged = mergeSection("definition", open.content, mine, theirs.content);
    if (!merged) throw new Error("The two changes were taken for a clash.");
    await saveSection(contributor, id, "definition", { baseVersion: theirs.version, content: merged });
    expect(await inDraft(id, control.id)).toMatchObject({
      title: "Lock, said better",
      aboveAndBeyond: "Five and not ten.",
    });
  });

  it("is refused over a version that somebody else changed, with the control as it is now", async () => {
    const control = await record();
    const newer = await change(control, { owner: "First" });
    await expect(change(control, { owner: "Second" })).rejects.toMatchObject({
      code: "stale",
      extras: { current: { control: { version: newer.version, owner: "First" } } },
    });
  });
});

describe("a worksheet that is in review or signed", () => {
  it("keeps what it says, is told of the change, and takes it over once it may be written again", async () => {
    const control = await record();
    const id = await openSheet(world, engagementId, "8.3.4");
    await write(world, id);
    await use(id, control, { instead: "c1" });
    await showOthers(id);
    await makeMove(await world.as("lead"), id, { move: "submit", reason: "" });
    const frozen = await getRevision(await world.as("qsa"), id, 1);
    expect(frozen.content.evidence).toContainEqual(
      expect.objectContaining({ title: LINK.title, section: "definition" }),
    );
    await sign(world, id);
    world.pass({ days: 1 });
    await change(control, { title: "Lock, a year later", evidence: [evidence({ title: "New drill" })] });

    const signed = await read(id, "lead");
    expect(signed.validity).toMatchObject({ status: "valid" });
    expect(signed.sharedControls).toMatchObject([{ controlRecordId: control.id, upToDate: false }]);
    expect((await getRevision(await world.as("qsa"), id, 1)).digest).toBe(frozen.digest);
    const { items } = await readRegister(await world.as("lead"), engagementId);
    const [seen] = items.find((one) => one.id === control.id)?.uses ?? [];
    expect(seen).toMatchObject({ worksheetId: id, state: "signed", upToDate: false, editable: false });
    expect(seen?.asOf).toBe(frozen.submittedAt);

    const itemId = (await inDraft(id, control.id))?.id ?? "";
    const early = takeOver(await world.as("lead"), id, itemId);
    await expect(early).rejects.toMatchObject({ code: "wrong_state" });
    await makeMove(await world.steppedUp("lead"), id, { move: "reopen", reason: "" });
    expect(await inDraft(id, control.id)).toMatchObject({ title: TEXT.title });
    const taken = await takeOver(await world.as("contributor"), id, itemId);
    expect(taken.sharedControls).toMatchObject([{ upToDate: true }]);
    expect(await inDraft(id, control.id)).toMatchObject({ title: "Lock, a year later" });
    expect((await read(id)).evidence?.filter(({ controlRecordId }) => controlRecordId)).toMatchObject([
      { title: "New drill" },
    ]);
    await expect(takeOver(await world.as("contributor"), id, itemId)).rejects.toMatchObject({ code: "blocked" });
  });

  it("has a signature that needs validation anew once the shared evidence is no longer valid", async () => {
    const { control } = await addControl(await world.as("lead"), engagementId, {
      ...{ ...TEXT, changedOn: "", evidence: [evidence({ validUntil: "2026-12-20" })] },
    });
    const id = await openSheet(world, engagementId, "8.3.9");
    await write(world, id);
    await use(id, control, { instead: "c1" });
    await showOthers(id);
    await makeMove(await world.as("lead"), id, { move: "submit", reason: "" });
    expect(await sign(world, id)).toMatchObject({ validity: { status: "valid" } });
    world.pass({ days: 40 });
    const { validity } = await read(id, "lead");
    expect(validity).toMatchObject({ status: "needs_revalidation" });
    expect(validity?.reason).toContain(LINK.title);
  });
});

describe("a control of a worksheet", () => {
  it("becomes shared with its evidence and files, which another worksheet then has too", async () => {
    const [a = "", b = ""] = await drafts("1.3.1", "1.3.2");
    await write(world, a, { definition: SAMPLE_SECTIONS.definition });
    const contributor = await world.as("contributor");
    const own = { section: "definition", itemId: "c1", ...LINK, collectedOn: "2026-11-20", validUntil: null } as const;
    const { id: evidenceId } = await addEvidence(contributor, a, own);
    const upload = { name: "lock.png", body: bodyOf(png()), announced: null, acknowledgeCardNumber: false };
    await uploadFile(contributor, files, evidenceId, upload);
    const lead = await world.as("lead");
    const events = await world.eventsOf(() => shareControl(lead, a, "c1"));
    const [{ controlRecordId = "" } = {}] = (await read(a)).sharedControls;
    expect(events).toMatchObject([{ action: "control.shared", worksheetId: a, by: "lead" }]);
    expect(events[0]?.changes[0]).toMatchObject({ table: "control_record", id: controlRecordId });
    const { control } = await readControl(await world.as("lead"), controlRecordId);
    expect(control).toMatchObject({ title: "Lock by event", changedOn: "2026-09-08", uses: [{ worksheetId: a }] });
    expect(control.evidence).toMatchObject([{ ...LINK, files: [{ name: "lock.png" }] }]);
    await use(b, control);
    const there = (await read(b)).evidence ?? [];
    expect(there).toMatchObject([{ ...LINK, files: [{ name: "lock.png" }], controlRecordId }]);
    // One row in the first worksheet, not two.
    const here = (await read(a)).evidence?.filter(({ title }) => title === LINK.title);
    expect(here).toMatchObject([{ id: evidenceId, controlRecordId }]);
    const changed = changeEvidence(contributor, evidenceId, { ...own, version: here?.[0]?.version ?? 0 });
    await expect(changed).rejects.toMatchObject({ code: "blocked" });

    // Bytes that the register names are kept, whoever stops using them.
    await change(control, { evidence: [] });
    expect((await read(a)).evidence?.some(({ title }) => title === LINK.title)).toBe(false);
    const rows = await world.behind.prisma.blob.findMany({ where: { engagementId } });
    expect(rows.every(({ removedAt }) => removedAt !== null)).toBe(true);
  });

  it("keeps text and evidence as its own when it is taken out of the register, and loses them when it is removed", async () => {
    const control = await record();
    const [kept = "", gone = ""] = await drafts("1.3.3", "1.4.1");
    for (const id of [kept, gone]) await use(id, control);
    const save = async (id: string, controls: (list: readonly Control[]) => readonly Control[]) => {
      const { content, version } = await definitionOf(id);
      const next = { ...content, items: { controls: controls(content.items.controls) } };
      await saveSection(await world.as("contributor"), id, "definition", { baseVersion: version, content: next });
    };
    await save(kept, (list) => list.map(({ recordId: _was, ...own }) => own));
    await save(gone, () => []);
    await change(control, { title: "Changed later", evidence: [] });
    expect((await definitionOf(kept)).content.items.controls).toMatchObject([{ title: TEXT.title }]);
    expect((await read(kept)).evidence).toMatchObject([{ title: LINK.title, controlRecordId: null }]);
    expect((await read(gone)).evidence).toEqual([]);
    const { items } = await readRegister(await world.as("lead"), engagementId);
    expect(items.find(({ id }) => id === control.id)?.uses).toEqual([]);
  });

  it("says what the register says, whatever is sent, and uses nothing that is retired or of another engagement", async () => {
    const control = await record();
    const [id = ""] = await drafts("1.4.2");
    const save = async (controls: readonly Control[]) => {
      const { content, version } = await definitionOf(id);
      const next = { ...content, items: { controls } };
      return saveSection(await world.as("contributor"), id, "definition", { baseVersion: version, content: next });
    };
    const refused = { code: "invalid", extras: { errors: [{ path: "content.items.controls.0.title" }] } };
    await expect(save([{ ...asUsed(control), title: "Something else" }])).rejects.toMatchObject(refused);
    await expect(save([{ ...asUsed(control), recordId: randomUUID() }])).rejects.toMatchObject(refused);
    const elsewhere = await makeEngagement(world);
    const foreign = { ...TEXT, changedOn: "", evidence: [] };
    const { control: theirs } = await addControl(await world.as("lead"), elsewhere, foreign);
    await expect(save([asUsed(theirs)])).rejects.toMatchObject(refused);
    const retired = await change(control, { retired: true });
    await expect(save([asUsed(retired)])).rejects.toMatchObject(refused);
    expect((await definitionOf(id)).content.items.controls).toEqual([]);
  });
});

describe("rights on the register", () => {
  it("are the lead's to write, the entity's to read, and nobody's outside", async () => {
    const control = await record();
    for (const person of ["contributor", "reviewer", "qsa", "observer"] as const) {
      const attempt = changeControl(await world.as(person), control.id, inputOf(control));
      await expect(attempt, person).rejects.toMatchObject({ code: "forbidden" });
      const added = addControl(await world.as(person), engagementId, { ...TEXT, changedOn: "", evidence: [] });
      await expect(added, person).rejects.toMatchObject({ code: "forbidden" });
    }
    const seen = await readRegister(await world.as("reviewer"), engagementId);
    expect(seen).toMatchObject({ mayWrite: false });
    await expect(readRegister(await world.as("observer"), engagementId)).rejects.toMatchObject({ code: "forbidden" });
    await expect(readRegister(await world.as("stranger"), engagementId)).rejects.toMatchObject({ code: "not_found" });
    await expect(readControl(await world.as("stranger"), control.id)).rejects.toMatchObject({ code: "not_found" });
    const [id = ""] = await drafts("1.4.3");
    await write(world, id, { definition: SAMPLE_SECTIONS.definition });
    await expect(shareControl(await world.as("contributor"), id, "c1")).rejects.toMatchObject({ code: "forbidden" });
    await expect(use(id, control, { by: "colleague" })).rejects.toMatchObject({ code: "forbidden" });
  });

  it("show an assessor what submitted worksheets say, and not what the register says since", async () => {
    const control = await record({ title: "Seen by the assessor" });
    const id = await openSheet(world, engagementId, "8.3.6");
    await write(world, id);
    await use(id, control, { instead: "c1" });
    await showOthers(id);
    const ofQsa = async () => (await readRegister(await world.as("qsa"), engagementId)).items;
    expect((await ofQsa()).some(({ title }) => title === "Seen by the assessor")).toBe(false);
    await makeMove(await world.as("lead"), id, { move: "submit", reason: "" });
    await change(control, { title: "Not submitted yet" });
    const shown = await ofQsa();
    expect(shown.find(({ id: one }) => one === control.id)).toMatchObject({
      title: "Seen by the assessor",
      version: 0,
      updatedBy: null,
      uses: [{ worksheetId: id, upToDate: true }],
    });
    expect(shown.some(({ title }) => title === "Not submitted yet")).toBe(false);
  });

  it("make whoever wrote a shared control an author of each worksheet that uses it, whoever brought it there", async () => {
    const control = await record();
    const [before = "", after = ""] = await drafts("1.4.5", "1.5.1");
    const authorsOf = async (worksheetId: string) =>
      (await world.behind.prisma.worksheetAuthor.findMany({ where: { worksheetId } })).map(({ userId }) => userId);
    await use(before, control);
    const both = [world.userId("contributor"), world.userId("lead")].sort();
    expect((await authorsOf(before)).sort()).toEqual(both);
    await change(control, { owner: "Somebody" });
    await use(after, (await readControl(await world.as("lead"), control.id)).control);
    expect((await authorsOf(after)).sort()).toEqual(both);
  });
});
