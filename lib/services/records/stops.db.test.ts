import { afterAll, beforeAll, expect, it } from "vitest";
import type { RecordKind } from "@/lib/domain/records/kinds";
import type { SectionContent } from "@/lib/domain/worksheet/model";
import type { PartKey } from "@/lib/domain/worksheet/sections";
import { decideDisposition } from "@/lib/services/disposition/decide-disposition";
import { readWorkbook } from "@/lib/services/disposition/read-workbook";
import { addMember, removeMember } from "@/lib/services/engagement/manage-members";
import { openRecord } from "@/lib/services/records/open-record";
import { getStatement } from "@/lib/services/review/get-statement";
import { makeMove } from "@/lib/services/review/make-move";
import { signOff } from "@/lib/services/review/sign-off";
import { applySheet } from "@/lib/services/sheets/apply-sheet";
import { addEvidence } from "@/lib/services/worksheet/add-evidence";
import { getWorksheet } from "@/lib/services/worksheet/get-worksheet";
import { saveSection } from "@/lib/services/worksheet/save-section";
import { addRow, makeEngagement } from "@/test/engagement";
import { filledRecord } from "@/test/fixtures/record-parts";
import { whileHeld } from "@/test/held";
import { type Person, World } from "@/test/world";

let world: World;
let engagementId = "";
beforeAll(async () => {
  world = await World.make();
  await world.startSigner();
  engagementId = await makeEngagement(world);
});
afterAll(() => world.close());

const today = () => world.now.toISOString().slice(0, 10);
const write = async (id: string, kind: RecordKind) => {
  for (const [key, content] of Object.entries(filledRecord(kind, today())) as [PartKey, SectionContent][]) {
    await saveSection(await world.as("lead"), id, key, { baseVersion: 0, content });
  }
};
const submit = async (id: string) => makeMove(await world.as("lead"), id, { move: "submit", reason: "" });
const sign = async (id: string, by: Person) => {
  const { digest, statementVersion } = await getStatement(await world.as(by), id);
  return signOff(await world.steppedUp(by), id, { kind: "sign", digest, statementVersion });
};

it("no other choice is made past a record that somebody takes up again in the same moment", async () => {
  const lead = await world.as("lead");
  const rowId = await addRow(world, engagementId, "9.2.1.1");
  const law = { version: 1, disposition: "legal_exception", note: "Banking Act, section 4." } as const;
  const { version } = await decideDisposition(lead, rowId, law);
  const { id } = await openRecord(lead, rowId, { kind: "legal_exception" });
  await makeMove(lead, id, { move: "withdraw", reason: "The law changed." });
  const change = { version, disposition: "met", note: "It is in place by now." } as const;
  const made = await whileHeld(
    world,
    async (db) => {
      await db.$executeRaw`SELECT 1 FROM disposition WHERE id = ${rowId}::uuid FOR UPDATE`;
      await db.$executeRaw`UPDATE worksheet SET state = 'draft' WHERE id = ${id}::uuid`;
    },
    async ({ waiting }) => {
      const decided = Promise.allSettled([
        decideDisposition(lead, rowId, change),
        applySheet(lead, engagementId, { changes: [{ id: rowId, ...change }] }),
      ]);
      await waiting(2);
      return { decided };
    },
  );
  const blocked = { status: "rejected", reason: { code: "blocked" } };
  expect(await made.decided).toMatchObject([blocked, blocked]);
  const { items } = await readWorkbook(lead, engagementId);
  expect(items.find((row) => row.id === rowId)).toMatchObject({ disposition: "legal_exception", version });
});

it("a legal exception that was given up is taken up again once its law is named, and with no note of another choice", async () => {
  const lead = await world.as("lead");
  const rowId = await addRow(world, engagementId, "9.2.3");
  const law = { disposition: "legal_exception", note: "Banking Act, section 4." } as const;
  const chosen = await decideDisposition(lead, rowId, { version: 1, ...law });
  const { id } = await openRecord(lead, rowId, { kind: "legal_exception" });
  await makeMove(lead, id, { move: "withdraw", reason: "The law changed." });
  const met = { version: chosen.version, disposition: "met", note: "The locks are in place." } as const;
  const { version } = await decideDisposition(lead, rowId, met);
  const reopen = async () => makeMove(await world.steppedUp("lead"), id, { move: "reopen", reason: "" });
  const blockers = [{ section: null, message: expect.stringMatching(/^Name the law first/) }];
  await expect(reopen()).rejects.toMatchObject({ code: "blocked", extras: { blockers } });
  await decideDisposition(lead, rowId, { version, ...law });
  expect(await reopen()).toMatchObject({ state: "draft" });
});

it("a customized approach is not submitted once nobody is left to assess it, and an ISA signs it who is officer too", async () => {
  const own = await makeEngagement(world, { assessor: false });
  const lead = await world.as("lead");
  const rowId = await addRow(world, own, "8.3.4");
  await decideDisposition(lead, rowId, { version: 1, disposition: "customized_approach" });
  const { id } = await openRecord(lead, rowId, { kind: "customized_approach" });
  await write(id, "customized_approach");
  await addEvidence(lead, id, {
    ...{ section: "matrixTesting", itemId: null, title: "Protocol of the tests", url: "https://example.com/t" },
    ...{ shows: "", collectedOn: today(), validUntil: null },
  });
  await removeMember(await world.steppedUp("lead"), own, world.userId("isa"), "isa");
  const stop = { section: null, message: expect.stringMatching(/assessed by a QSA or an ISA/) };
  expect((await getWorksheet(lead, id)).blockers).toMatchObject([stop]);
  await expect(submit(id)).rejects.toMatchObject({ code: "blocked", extras: { blockers: [stop] } });
  await addMember(await world.steppedUp("lead"), own, { userId: world.userId("officer"), role: "isa" });
  await submit(id);
  const { signOffs } = await sign(id, "officer");
  expect(signOffs).toMatchObject([{ signerRole: "Internal Security Assessor" }]);
});

it("a record is signed on its day of review, and not after it", async () => {
  const lead = await world.as("lead");
  const ids: string[] = [];
  for (const number of ["9.2.1", "9.2.2"]) {
    const rowId = await addRow(world, engagementId, number);
    await decideDisposition(lead, rowId, {
      version: 1,
      disposition: "legal_exception",
      note: "Banking Act, section 4.",
    });
    const { id } = await openRecord(lead, rowId, { kind: "legal_exception" });
    await write(id, "legal_exception");
    await submit(id);
    ids.push(id);
  }
  const [punctual = "", late = ""] = ids;
  world.pass({ days: 300 });
  expect(await sign(punctual, "qsa")).toMatchObject({ state: "signed", validity: { status: "valid" } });
  world.pass({ days: 1 });
  const blockers = [{ section: "approval", message: expect.stringMatching(/to be reviewed by .* has passed/) }];
  await expect(sign(late, "qsa")).rejects.toMatchObject({ code: "blocked", extras: { blockers } });
});
