import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AddControlInput, ChangeControlInput, ControlRecordDto } from "@/lib/contracts/controls";
import { FILE_LIMITS } from "@/lib/domain/evidence/file-limits";
import type { Control } from "@/lib/domain/worksheet/model";
import { addControl, changeControl } from "@/lib/services/controls/change-register";
import { readControl } from "@/lib/services/controls/read-register";
import { shareControl } from "@/lib/services/controls/share-control";
import { removeFile } from "@/lib/services/evidence/remove-file";
import { uploadFile } from "@/lib/services/evidence/upload-file";
import { addEvidence } from "@/lib/services/worksheet/add-evidence";
import { changeEvidence } from "@/lib/services/worksheet/change-evidence";
import { getWorksheet } from "@/lib/services/worksheet/get-worksheet";
import { saveSection } from "@/lib/services/worksheet/save-section";
import { makeEngagement, openSheet } from "@/test/engagement";
import { bodyOf, makeTestFiles, png, type TestFiles } from "@/test/evidence-files";
import { SAMPLE_SECTIONS } from "@/test/fixtures/sample-sections";
import { holdStore, whileHeld } from "@/test/held";
import { inStance } from "@/test/in-stance";
import { World } from "@/test/world";

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

type Entry = AddControlInput["evidence"][number];
const LINK = { title: "Drill", url: "https://evidence.example/drills/42", shows: "It locks." };
const entry = (more: Partial<Entry> = {}): Entry => ({
  ...{ id: randomUUID(), ...LINK, collectedOn: "2026-11-20", validUntil: null, files: [], ...more },
});
const TEXT = {
  title: "Lock",
  description: "Locks.",
  nature: "preventive",
  owner: "Operations",
  changedOn: "",
} as const;
const record = async (evidence: readonly Entry[]) =>
  (await addControl(await world.as("lead"), engagementId, { ...TEXT, evidence: [...evidence] })).control;
const change = async (control: ControlRecordDto, more: Partial<ChangeControlInput>) => {
  const { title, description, nature, owner, changedOn, version, retired } = control;
  const stored = { title, description, nature, owner, changedOn, version, retired };
  return (await changeControl(await world.as("lead"), control.id, { ...stored, ...more })).control;
};
const read = async (id: string) => getWorksheet(await world.as("contributor"), id);
/** A worksheet in which the control c1 stands with others. */
async function sheet(number: string): Promise<string> {
  const id = await openSheet(world, engagementId, number);
  await saveSection(await world.as("contributor"), id, "definition", {
    baseVersion: 0,
    content: SAMPLE_SECTIONS.definition,
  });
  return id;
}
async function attach(worksheetId: string, more: { readonly url?: string; readonly title?: string } = {}) {
  const own = { section: "definition", itemId: "c1", ...LINK, collectedOn: "2026-11-20", validUntil: null } as const;
  return addEvidence(await world.as("contributor"), worksheetId, { ...own, ...more });
}
const upload = async (evidenceId: string, name: string, width = 3) =>
  uploadFile(await world.as("contributor"), files, evidenceId, {
    ...{ name, body: bodyOf(png(width)), announced: null, acknowledgeCardNumber: false },
  });
/** A file in the evidence of a worksheet, by its content. */
async function file(number: string, name: string, width: number) {
  const worksheetId = await sheet(number);
  const evidence = await attach(worksheetId, { title: `Where ${name} is` });
  const { files: all } = await upload(evidence.id, name, width);
  const { id, sha256 } = all[0] ?? { id: "", sha256: "" };
  return { worksheetId, evidence, id, sha256, name };
}
/** Lets a worksheet use the shared control as one more. */
async function use(worksheetId: string, control: ControlRecordDto): Promise<void> {
  const { sections } = await read(worksheetId);
  const { content, version = 0 } = sections?.definition ?? {};
  const { title, description, nature, owner } = control;
  const more: Control = {
    ...{ id: randomUUID(), label: "C9", title, description, nature, owner, recordId: control.id },
    ...{ origin: "new", requirementRef: "", aboveAndBeyond: "Within minutes." },
  };
  const controls = [...(content?.items.controls ?? []), more];
  const next = { ...(content ?? SAMPLE_SECTIONS.definition), items: { controls } };
  await saveSection(await world.as("contributor"), worksheetId, "definition", { baseVersion: version, content: next });
}
const blobOf = (sha256: string) => world.behind.prisma.blob.findFirstOrThrow({ where: { sha256, engagementId } });

describe("sharing a control while its evidence changes", () => {
  it("waits for an upload, whose file then is the register's as well, and doubles nothing", async () => {
    const id = await sheet("1.2.1");
    const { id: evidenceId } = await attach(id);
    await upload(evidenceId, "first.png", 4);
    const lead = await world.as("lead");
    const done = await whileHeld(world, holdStore(world), async ({ waiting }) => {
      const sent = upload(evidenceId, "second.png", 5);
      await waiting(1);
      const shared = shareControl(lead, id, "c1");
      await waiting(2);
      return Promise.resolve({ all: Promise.all([sent, shared]) });
    });
    await done.all;
    const { evidence = [], sharedControls } = await read(id);
    const own = evidence?.filter(({ itemId }) => itemId === "c1");
    expect(own).toMatchObject([{ id: evidenceId, files: [{ name: "first.png" }, { name: "second.png" }] }]);
    const { control } = await readControl(lead, sharedControls[0]?.controlRecordId ?? "");
    expect(control.evidence).toMatchObject([{ files: [{ name: "first.png" }, { name: "second.png" }] }]);
    expect(sharedControls).toMatchObject([{ upToDate: true }]);
  });

  it("refuses the upload that comes after it, and keeps what is shared as it is", async () => {
    const id = await sheet("1.2.2");
    const { id: evidenceId } = await attach(id);
    const lead = await world.as("lead");
    const done = await whileHeld(world, holdStore(world), async ({ waiting }) => {
      const shared = shareControl(lead, id, "c1");
      await waiting(1);
      const sent = Promise.allSettled([upload(evidenceId, "late.png", 6)]);
      await waiting(2);
      return { shared, sent };
    });
    expect((await done.shared).sharedControls).toMatchObject([{ upToDate: true }]);
    expect(await done.sent).toMatchObject([{ reason: { code: "blocked" } }]);
  });

  it("waits for a change of the evidence, and takes what it says by then", async () => {
    const id = await sheet("1.2.3");
    const { id: evidenceId, version } = await attach(id);
    const [contributor, lead] = [await world.as("contributor"), await world.as("lead")];
    const done = await whileHeld(
      world,
      (db) => db.$queryRaw`SELECT 1 FROM evidence WHERE id = ${evidenceId}::uuid FOR UPDATE`,
      async ({ waiting }) => {
        const own = { section: "definition", itemId: "c1", ...LINK, collectedOn: "2026-11-20" } as const;
        const said = { ...own, validUntil: null, title: "Other", version };
        const changed = changeEvidence(contributor, evidenceId, said);
        await waiting(1);
        const shared = shareControl(lead, id, "c1");
        await waiting(2);
        return { all: Promise.all([changed, shared]) };
      },
    );
    const [, shared] = await done.all;
    expect(shared.evidence?.filter(({ itemId }) => itemId === "c1")).toMatchObject([
      { id: evidenceId, title: "Other" },
    ]);
    expect(shared.sharedControls).toMatchObject([{ upToDate: true }]);
  });
});

describe("the register and the bytes that it names", () => {
  it("does not name bytes that are given up in the same moment", async () => {
    const { evidence, id, sha256, name } = await file("1.2.4", "going.png", 7);
    const contributor = await world.as("contributor");
    const lead = await world.as("lead");
    const done = await whileHeld(world, holdStore(world), async ({ waiting }) => {
      const gone = removeFile(contributor, evidence.id, id);
      await waiting(1);
      const named = addControl(lead, engagementId, { ...TEXT, evidence: [entry({ files: [{ name, sha256 }] })] });
      const settled = Promise.allSettled([named]);
      await waiting(2);
      return { gone, settled };
    });
    await done.gone;
    expect(await done.settled).toMatchObject([{ reason: { code: "invalid" } }]);
    expect((await blobOf(sha256)).removedAt).not.toBeNull();
  });

  it("keeps them as long as it names them, and gives them up with the last name", async () => {
    const { evidence, id, sha256, name } = await file("1.2.5", "alone.png", 8);
    const control = await record([entry({ files: [{ name, sha256 }] })]);
    await removeFile(await world.as("contributor"), evidence.id, id);
    expect((await blobOf(sha256)).removedAt).toBeNull();
    const events = await world.eventsOf(() => change(control, { evidence: [] }));
    const blob = await blobOf(sha256);
    expect(blob.removedAt).not.toBeNull();
    expect(events).toMatchObject([{ action: "control.changed" }]);
    expect(events[0]?.changes).toContainEqual(expect.objectContaining({ table: "blob", id: blob.id }));
  });

  it("lets a control change whose file was damaged since, and takes no damaged one anew", async () => {
    const { sha256, name } = await file("1.2.6", "broken.png", 9);
    const shown = [entry({ files: [{ name, sha256 }] })];
    const control = await record(shown);
    await whileHeld(
      world,
      (db) => db.blob.updateMany({ where: { sha256, engagementId }, data: { damagedAt: world.now } }),
      async () => undefined,
    );
    const changed = await change(control, { owner: "Somebody else", evidence: shown });
    expect(changed).toMatchObject({ owner: "Somebody else", evidence: [{ files: [{ name }] }] });
    const again = change(changed, { evidence: [...shown, entry({ files: [{ name: "again.png", sha256 }] })] });
    await expect(again).rejects.toMatchObject({ code: "blocked", message: expect.stringContaining("again.png") });
  });

  it("makes whoever brought evidence an author of the control that takes it over", async () => {
    const { sha256, name } = await file("1.2.7", "whose.png", 10);
    const linked = await sheet("1.2.8");
    await attach(linked, { title: "Theirs", url: "https://evidence.example/theirs" });
    const authorsOf = async (id: string) =>
      (await world.behind.prisma.controlRecord.findUniqueOrThrow({ where: { id } })).authorIds;
    const alone = await record([entry({ title: "Nobody’s before" })]);
    expect(await authorsOf(alone.id)).toEqual([world.userId("lead")]);
    const both = [world.userId("contributor"), world.userId("lead")].sort();
    const filed = await record([entry({ title: "In other words", files: [{ name, sha256 }] })]);
    expect((await authorsOf(filed.id)).sort()).toEqual(both);
    const theirs = entry({ title: "Theirs", url: "https://evidence.example/theirs" });
    await change(alone, { evidence: [theirs] });
    expect((await authorsOf(alone.id)).sort()).toEqual(both);
  });
});

it("loses no author in the database either, whatever is sent there", async () => {
  const control = await record([entry({ title: "By two" })]);
  const lead = world.userId("lead");
  const [organisationId, userId] = [world.organisationId("entity"), lead];
  const client = new pg.Client({ connectionString: world.stored.appUrl });
  await client.connect();
  try {
    const forget = (authors: string) =>
      inStance(client, { kind: "scoped", userId, organisationId, engagementId }, () =>
        client.query(
          `UPDATE control_record SET author_ids = ${authors}, updated_by_id = '${lead}' WHERE id = '${control.id}'`,
        ),
      );
    const other = world.userId("colleague");
    await expect(forget(`ARRAY['${other}', '${lead}']::uuid[]`)).resolves.toMatchObject({ rowCount: 1 });
    await expect(forget(`ARRAY['${other}']::uuid[]`)).rejects.toMatchObject({ code: "CV004" });
  } finally {
    await client.end();
  }
});

describe("a set of evidence that the register could not keep", () => {
  it("is refused when the control is to be shared, with the evidence that is in the way", async () => {
    const id = await sheet("1.3.1");
    await attach(id, { title: "Still to come", url: "" });
    await expect(shareControl(await world.as("lead"), id, "c1")).rejects.toMatchObject({
      code: "blocked",
      message: expect.stringContaining("“Still to come”"),
    });
    expect((await read(id)).sharedControls).toEqual([]);
  });

  it("does not keep a control from being retired", async () => {
    const control = await record([entry()]);
    const nothing = JSON.stringify([{ ...entry({ url: "" }), files: [] }]);
    await whileHeld(
      world,
      (db) => db.$executeRaw`UPDATE control_record SET evidence = ${nothing}::jsonb WHERE id = ${control.id}::uuid`,
      async () => undefined,
    );
    expect(await change(control, { retired: true })).toMatchObject({ retired: true, evidence: [{ url: "" }] });
  });

  it("is not carried into a worksheet that has no room for its files", async () => {
    const { sha256, name } = await file("1.3.2", "much.png", 11);
    const control = await record([entry()]);
    const id = await sheet("1.3.3");
    await use(id, control);
    const limits = { ...FILE_LIMITS, worksheetFiles: 1 };
    const names = [name, `again ${name}`].map((one) => ({ name: one, sha256 }));
    const { version, retired } = control;
    const much = { ...TEXT, version, retired, evidence: [entry({ files: names })] };
    const sent = changeControl({ ...(await world.as("lead")), limits }, control.id, much);
    await expect(sent).rejects.toMatchObject({ code: "file_refused", message: expect.stringContaining("1.3.3") });
    expect((await read(id)).evidence).toMatchObject([{ files: [] }]);
  });
});

it("brings a set of files into many drafts in as many statements as into few", async () => {
  const { sha256 } = await file("1.4.1", "many.png", 12);
  const control = await record([]);
  const evidence = (count: number) =>
    Array.from({ length: 3 }, (_, index) =>
      entry({ files: Array.from({ length: count }, (_one, at) => ({ name: `${index}-${at}.png`, sha256 })) }),
    );
  const cost = async (now: ControlRecordDto, count: number) => {
    const context = await world.as("lead");
    let queries = 0;
    const prisma = world.database.prisma.$extends({
      query: {
        $allOperations: ({ args, query }) => {
          queries += 1;
          return query(args);
        },
      },
    }) as unknown as typeof world.database.prisma;
    const { version, retired } = now;
    const input = { ...TEXT, version, retired, owner: `Owner ${count}`, evidence: evidence(count) };
    const { control: after } = await changeControl(
      { ...context, database: { ...world.database, prisma } },
      control.id,
      input,
    );
    return { queries, after };
  };
  for (const number of ["1.4.2", "1.4.3"]) await use(await sheet(number), control);
  // The first time nothing has to go.
  const few = await cost((await cost(control, 4)).after, 5);
  for (const number of ["1.4.4", "1.4.5", "1.5.1", "2.2.1", "2.2.2", "2.2.3"]) {
    await use(await sheet(number), few.after);
  }
  const many = await cost(few.after, 9);
  // An event is a statement of its own, and each of the six further worksheets has one.
  expect(many.queries - few.queries).toBeLessThanOrEqual(6);
  const { uses } = many.after;
  expect(uses.map(({ upToDate }) => upToDate)).toEqual(Array(8).fill(true));
});
