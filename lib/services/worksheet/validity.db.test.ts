import { afterAll, beforeAll, expect, it } from "vitest";
import { withConnection } from "@/lib/db/connect";
import { readWorkbook } from "@/lib/services/disposition/read-workbook";
import { readEngagements } from "@/lib/services/engagement/list-engagements";
import { makeMove } from "@/lib/services/review/make-move";
import { signOff } from "@/lib/services/review/sign-off";
import { addEvidence } from "@/lib/services/worksheet/add-evidence";
import { getWorksheet } from "@/lib/services/worksheet/get-worksheet";
import { listWorksheets } from "@/lib/services/worksheet/list-worksheets";
import { makeEngagement, openSheet, sign, submitSheet, write } from "@/test/engagement";
import { World } from "@/test/world";

let world: World;
let engagementId = "";
beforeAll(async () => {
  world = await World.make();
  engagementId = await makeEngagement(world);
});
afterAll(() => world.close());

const validity = async (id: string) => (await getWorksheet(await world.as("lead"), id)).validity;
const reopen = async (id: string) => makeMove(await world.steppedUp("lead"), id, { move: "reopen", reason: "" });
const submit = async (id: string) => makeMove(await world.as("lead"), id, { move: "submit", reason: "" });
/** A change that the application knows nothing of: no trigger runs, as for somebody who owns the server. */
const behind = (sql: string, id: string) =>
  withConnection(world.stored.adminUrl, async (client) => {
    await client.query("SET session_replication_role = replica");
    const { rowCount } = await client.query(sql, [id]);
    expect(rowCount).toBe(1);
  });

it("follows the signature through reopening, a new signature, a refusal and a revocation", async () => {
  const id = await submitSheet(world, engagementId, "8.3.4");
  expect(await validity(id)).toBeNull();
  expect((await sign(world, id)).validity).toMatchObject({ status: "valid" });
  await reopen(id);
  expect(await validity(id)).toMatchObject({ status: "superseded", reason: expect.stringContaining("revision 2") });
  await submit(id);
  const { digest } = await getWorksheet(await world.as("qsa"), id);
  await signOff(await world.steppedUp("qsa"), id, { kind: "refuse", digest, reason: "No longer." });
  expect(await validity(id)).toMatchObject({ status: "superseded" });
  await reopen(id);
  await submit(id);
  expect((await sign(world, id)).validity).toMatchObject({ status: "valid", reason: expect.stringContaining("3") });
  await signOff(await world.steppedUp("qsa"), id, { kind: "revoke", reason: "Another system's evidence." });
  expect(await validity(id)).toMatchObject({ status: "revoked" });
  await reopen(id);
  expect(await validity(id)).toMatchObject({ status: "revoked" });
});

it("breaks when anything stored of it changes behind the application's back, and says so everywhere", async () => {
  const id = await openSheet(world, engagementId, "8.3.6");
  await write(world, id);
  const link = { title: "Drill", url: "https://evidence.example/1", shows: "", itemId: null } as const;
  const days = { collectedOn: "2026-11-20", validUntil: null };
  await addEvidence(await world.as("contributor"), id, { ...link, ...days, section: "validation" });
  await submit(id);
  await sign(world, id);
  const changes = [
    [
      "UPDATE section SET narrative = jsonb_set(narrative, '{content}', '[]') WHERE worksheet_id = $1 AND key = 'objective'",
      `UPDATE section s SET narrative = r.content::jsonb #> '{sections,objective,narrative}' FROM revision r
        WHERE r.worksheet_id = s.worksheet_id AND s.worksheet_id = $1 AND s.key = 'objective'`,
    ],
    [
      "UPDATE evidence SET url = 'https://evidence.example/2' WHERE worksheet_id = $1 AND title = 'Drill'",
      "UPDATE evidence SET url = 'https://evidence.example/1' WHERE worksheet_id = $1 AND title = 'Drill'",
    ],
    [
      "UPDATE evidence SET removed_at = now() WHERE worksheet_id = $1 AND title = 'Drill'",
      "UPDATE evidence SET removed_at = NULL WHERE worksheet_id = $1 AND title = 'Drill'",
    ],
    [
      "UPDATE revision SET content = replace(content, 'Quayside', 'Quayslde') WHERE worksheet_id = $1",
      "UPDATE revision SET content = replace(content, 'Quayslde', 'Quayside') WHERE worksheet_id = $1",
    ],
    [
      "UPDATE sign_off SET digest = repeat('0', 64) WHERE worksheet_id = $1",
      "UPDATE sign_off s SET digest = r.digest FROM revision r WHERE r.id = s.revision_id AND s.worksheet_id = $1",
    ],
  ] as const;
  for (const [change, restore] of changes) {
    await behind(change, id);
    expect(await validity(id), change).toMatchObject({ status: "broken" });
    const { items, progress } = await readWorkbook(await world.as("qsa"), engagementId);
    expect(items.find(({ worksheet }) => worksheet?.id === id)?.worksheet?.validity?.status, change).toBe("broken");
    expect(progress.brokenSignOffs, change).toBe(1);
    const desk = await listWorksheets(await world.as("observer"), engagementId);
    expect(desk.items.find((one) => one.id === id)?.validity?.status, change).toBe("broken");
    await behind(restore, id);
    expect(await validity(id), restore).toMatchObject({ status: "valid" });
  }
  // Reopened, the draft goes its own way; the frozen copy still counts.
  await reopen(id);
  expect(await validity(id)).toMatchObject({ status: "superseded" });
  await behind(changes[3][0], id);
  expect(await validity(id)).toMatchObject({ status: "broken" });
  await behind(changes[3][1], id);
});

it("is broken over a text that nobody can read any more, and the list of engagements still comes", async () => {
  const id = await submitSheet(world, engagementId, "8.3.1");
  await sign(world, id);
  const { content } = await world.behind.prisma.revision.findFirstOrThrow({ where: { worksheetId: id } });
  const { statement } = await world.behind.prisma.signOff.findFirstOrThrow({ where: { worksheetId: id } });
  const broken = async (change: string) => {
    await behind(change, id);
    const { items } = await readEngagements(await world.as("lead"));
    expect(items.find((one) => one.id === engagementId)?.progress.brokenSignOffs, change).toBe(1);
    const { items: rows } = await readWorkbook(await world.as("qsa"), engagementId);
    expect(rows.find(({ worksheet }) => worksheet?.id === id)?.worksheet?.validity?.status, change).toBe("broken");
  };
  const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
  const damaged = [
    ...["{}x", "{}", "null", '{"sections":{},"evidence":[null,{"files":[]}]}'],
    '{"header":{},"sections":{},"evidence":[{"files":[null]}]}',
    // Sound but for what canonical JSON cannot hold.
    content.replace(/}$/, ',"x":1e999}'),
    content.replace("{", '{"\\ud800":1,'),
  ];
  for (const text of damaged) {
    await broken(`UPDATE revision SET content = ${quoted(text)} WHERE worksheet_id = $1`);
  }
  await behind(`UPDATE revision SET content = ${quoted(content)} WHERE worksheet_id = $1`, id);
  expect(await validity(id)).toMatchObject({ status: "valid" });
  for (const text of ["x", "null", "{}"]) {
    await broken(`UPDATE sign_off SET statement = ${quoted(text)} WHERE worksheet_id = $1`);
    // Also where the digest beside it was changed along.
    await broken(
      `UPDATE sign_off SET statement_sha256 = encode(sha256(convert_to(${quoted(text)}, 'UTF8')), 'hex') WHERE worksheet_id = $1`,
    );
  }
  await behind(
    `UPDATE sign_off SET statement = ${quoted(statement ?? "")},
       statement_sha256 = encode(sha256(convert_to(${quoted(statement ?? "")}, 'UTF8')), 'hex') WHERE worksheet_id = $1`,
    id,
  );
  expect(await validity(id)).toMatchObject({ status: "valid" });
});

it("asks for another look the day after evidence expires, and a year after the signature", async () => {
  const id = await openSheet(world, engagementId, "8.3.9");
  await write(world, id);
  const link = { title: "Yearly drill", url: "https://evidence.example/1", shows: "", itemId: null } as const;
  const days = { collectedOn: "2026-11-20", validUntil: "2026-11-30" };
  await addEvidence(await world.as("contributor"), id, { ...link, ...days, section: "validation" });
  await submit(id);
  await sign(world, id);
  const plain = await submitSheet(world, engagementId, "8.3.10.1");
  await sign(world, plain);

  world.now = new Date("2026-11-30T23:59:00Z");
  expect(await validity(id)).toMatchObject({ status: "valid" });
  world.now = new Date("2026-12-01T00:00:00Z");
  expect(await validity(id)).toMatchObject({
    status: "needs_revalidation",
    reason: "Evidence has expired: “Yearly drill”.",
  });
  expect((await readWorkbook(await world.as("lead"), engagementId)).progress.brokenSignOffs).toBe(1);
  expect(await validity(plain)).toMatchObject({ status: "valid" });
  world.now = new Date("2027-11-23T23:59:00Z");
  expect(await validity(plain)).toMatchObject({ status: "valid" });
  world.now = new Date("2027-11-24T00:00:00Z");
  expect(await validity(plain)).toMatchObject({
    status: "needs_revalidation",
    reason: expect.stringContaining("year"),
  });
});
