import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ServiceContext } from "@/lib/auth/context";
import { withConnection } from "@/lib/db/connect";
import type { SignOffStatement } from "@/lib/domain/sign-off/signed-statement";
import { getLegacyReading } from "@/lib/services/carry-over/get-legacy-reading";
import { readMatrix, readRisks } from "@/lib/services/controls/overviews";
import { readRegister } from "@/lib/services/controls/read-register";
import { decideCriterion } from "@/lib/services/criteria/decide-criterion";
import { getCriteria } from "@/lib/services/criteria/get-criteria";
import { readWorkbook } from "@/lib/services/disposition/read-workbook";
import { copyForRoc } from "@/lib/services/export/copy-for-roc";
import { estimate } from "@/lib/services/export/estimate-export";
import { exportEngagementOscal, exportWorksheetOscal } from "@/lib/services/export/export-oscal";
import { exportWorksheetDocx, prepareWorksheet } from "@/lib/services/export/export-worksheet";
import { readReadiness } from "@/lib/services/readiness/read-readiness";
import { getDiff } from "@/lib/services/review/get-diff";
import { getRevision } from "@/lib/services/review/get-revision";
import { getStatement } from "@/lib/services/review/get-statement";
import { layOutStatement } from "@/lib/services/review/lay-out-statement";
import { makeMove } from "@/lib/services/review/make-move";
import { signOff } from "@/lib/services/review/sign-off";
import { getRigourReport } from "@/lib/services/rigour/get-report";
import { exportSheet } from "@/lib/services/sheets/export-sheet";
import { listStarts } from "@/lib/services/start/list-starts";
import { readSource } from "@/lib/services/start/source-text";
import { getWorksheet } from "@/lib/services/worksheet/get-worksheet";
import { listWorksheets } from "@/lib/services/worksheet/list-worksheets";
import { type BundleFolder, makeBundleFolder } from "@/test/bundle-folder";
import { meetCriteria } from "@/test/criteria";
import { makeEngagement, openSheet, sign, submitSheet } from "@/test/engagement";
import { makeTestFiles, type TestFiles } from "@/test/evidence-files";
import { makeWorkshop, type TestWorkshop } from "@/test/exports";
import { World } from "@/test/world";

let bundles: BundleFolder;
let world: World;
let files: TestFiles;
let workshop: TestWorkshop;
let engagementId = "";
let [signed, sound, other] = ["", "", ""];
beforeAll(async () => {
  world = await World.make();
  files = await makeTestFiles();
  workshop = await makeWorkshop(world, files.store);
  engagementId = await makeEngagement(world);
  [signed, sound, other] = [
    await submitSheet(world, engagementId, "8.3.4"),
    await submitSheet(world, engagementId, "8.3.6"),
    await openSheet(world, engagementId, "8.3.9"),
  ];
  for (const id of [signed, sound]) await sign(world, id);
  bundles = await makeBundleFolder();
});
afterAll(async () => {
  await world.close();
  await files.remove();
  await workshop.remove();
  await bundles.remove();
});

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
/** A change that the application knows nothing of: no trigger runs, as for somebody who owns the server. */
const behind = (table: "revision" | "sign_off", column: string, text: string, id: string) =>
  withConnection(world.stored.adminUrl, async (client) => {
    await client.query("SET session_replication_role = replica");
    const { rowCount } = await client.query(`UPDATE ${table} SET ${column} = ${quoted(text)} WHERE worksheet_id = $1`, [
      id,
    ]);
    expect(rowCount).toBe(1);
  });
/** Does something while the frozen text of a worksheet's one revision is another. */
async function whileItSays(
  text: string | ((frozen: string) => string),
  id: string,
  work: () => Promise<void>,
): Promise<void> {
  const { content } = await world.behind.prisma.revision.findFirstOrThrow({ where: { worksheetId: id } });
  const changed = typeof text === "string" ? text : text(content);
  expect(changed).not.toBe(content);
  await behind("revision", "content", changed, id);
  await work().finally(() => behind("revision", "content", content, id));
}
type Act = (context: ServiceContext & Awaited<ReturnType<World["as"]>>) => Promise<unknown>;
const NO_SIGNAL = new AbortController().signal;
const PRINTED = { paper: "A4" } as const;

/** What is told of all worksheets, and stays whole. */
async function requireLists(): Promise<void> {
  for (const person of ["lead", "qsa", "observer"] as const) {
    const context = await world.as(person);
    const listed = await listWorksheets(context, engagementId);
    expect(listed.items.map(({ id }) => id)).toEqual(expect.arrayContaining([signed, sound]));
    const { items } = await readWorkbook(context, engagementId);
    expect(items.map(({ worksheet }) => worksheet?.id)).toEqual(expect.arrayContaining([signed, sound]));
    // An observer reads no controls.
    if (person === "observer") continue;
    const rows = (await readMatrix(context, engagementId)).rows.map(({ worksheetId }) => worksheetId);
    expect(rows).toEqual(expect.arrayContaining([signed, sound]));
    const risks = (await readRisks(context, engagementId)).map(({ worksheetId }) => worksheetId);
    expect(risks).toEqual(expect.arrayContaining([signed, sound]));
    await readRegister(context, engagementId);
  }
  const { worksheets } = await readReadiness(await world.as("lead"), engagementId);
  expect(worksheets.map(({ worksheetId }) => worksheetId)).toEqual(expect.arrayContaining([signed, sound]));
  const pack = await estimate(await world.as("lead"), engagementId, {
    kind: "pack",
    paper: "A4",
    conformance: "PDF/UA-1",
  });
  expect(pack.worksheets).toBe(2);
  const { worksheets: starts } = await listStarts(await world.as("lead"), other);
  expect(starts.map(({ worksheetId }) => worksheetId)).toContain(sound);
}

/** What is about the frozen text itself, or takes it out. */
const ABOUT_IT: Readonly<Record<string, Act>> = {
  revision: (context) => getRevision(context, signed, 1),
  difference: (context) => getDiff(context, signed, { from: 1, to: 1 }),
  criteria: (context) => getCriteria(context, signed, undefined),
  "rigour report": (context) => getRigourReport(context, signed, 1),
  "legacy reading": (context) => getLegacyReading(context, signed, undefined),
  table: (context) => copyForRoc(context, signed),
  pdf: (context) => prepareWorksheet(context, signed, PRINTED),
  docx: (context) => exportWorksheetDocx(context, signed, PRINTED),
  oscal: (context) => exportWorksheetOscal(context, signed, { model: "poam" }, NO_SIGNAL),
  "oscal of all": (context) => exportEngagementOscal(context, engagementId, { model: "poam" }, NO_SIGNAL),
  findings: (context) => exportSheet(context, engagementId, "findings", "csv"),
  beginning: (context) => readSource(context, { kind: "worksheet", worksheetId: signed } as never),
};

const REFUSED = {
  code: "text_damaged",
  message: expect.stringMatching(/^Worksheet 8\.3\.4: the frozen text of revision 1 was changed in the database/),
};
/** A whole text that says something else: what became of the frozen one in a line of SQL. */
const REWORDED = (text: string) => text.replace("Quayside", "Quayslde");
const TEXTS = ["{}x", "{}", "[]", '{"header":{},"sections":{},"evidence":[]}', REWORDED];

describe.each(TEXTS)("a frozen text that became %s", (text) => {
  it("is told as damaged on its page and wherever it is asked for, and no list is lost", () =>
    whileItSays(text, signed, async () => {
      for (const person of ["lead", "qsa", "observer"] as const) {
        const page = await getWorksheet(await world.as(person), signed);
        expect(page, person).toMatchObject({ damagedRevision: 1, validity: { status: "broken" } });
        expect(page.sections?.objective?.content.narrative.content.length, person).toBeGreaterThan(0);
        expect(await getWorksheet(await world.as(person), sound)).toMatchObject({ damagedRevision: null });
      }
      await requireLists();
      const lead = await world.as("lead");
      for (const [what, act] of Object.entries(ABOUT_IT)) await expect(act(lead), what).rejects.toMatchObject(REFUSED);
    }));
});

it("fails the exports of the engagement by the name of the worksheet", () =>
  whileItSays("{}", signed, async () => {
    for (const kind of ["workbook", "document", "pack"] as const) {
      const made = await workshop.make("lead", engagementId, { kind });
      expect(made, kind).toMatchObject({
        state: "failed",
        note: expect.stringContaining("Worksheet 8.3.4: the frozen"),
      });
    }
  }));

it("lets nobody decide over a text that is not the frozen one, and the entity may still write it anew", async () => {
  const id = await submitSheet(world, engagementId, "8.3.7");
  await meetCriteria(world, id);
  const { digest, statementVersion } = await getStatement(await world.as("qsa"), id);
  for (const text of ["{}x", REWORDED]) {
    await whileItSays(text, id, async () => {
      const qsa = await world.steppedUp("qsa");
      const assistant = await world.as("assistant");
      const found = { kind: "decision", digest, baseVersion: 1, outcome: "met", note: "" } as const;
      const acts: Record<string, () => Promise<unknown>> = {
        words: () => getStatement(qsa, id),
        signature: () => signOff(qsa, id, { kind: "sign", digest, statementVersion }),
        refusal: () => signOff(qsa, id, { kind: "refuse", digest, reason: "It cannot be read." }),
        statement: () => layOutStatement(qsa, id, { kind: "refuse", reason: "So.", passkey: false }),
        criterion: () => decideCriterion(qsa, id, "intent", found),
        proposal: () => decideCriterion(assistant, id, "intent", { ...found, kind: "proposal", baseVersion: 0 }),
      };
      for (const [what, act] of Object.entries(acts)) {
        await expect(act(), what).rejects.toMatchObject({ code: "text_damaged" });
      }
    });
  }
  // Put back, it is what can be decided over.
  const again = { kind: "decision", digest, baseVersion: 1, outcome: "met", note: "Read again." } as const;
  await decideCriterion(await world.as("qsa"), id, "intent", again);
  expect(await getStatement(await world.as("qsa"), id)).toMatchObject({ digest });
  await behind("revision", "content", "{}", id);
  await makeMove(await world.as("qsa"), id, { move: "request_changes", reason: "It cannot be read." });
  expect(await getWorksheet(await world.as("qsa"), id)).toMatchObject({ damagedRevision: 1, revision: 2 });
  // It is all that the assessor may read of it, so their overviews are without it.
  const { rows } = await readMatrix(await world.as("qsa"), engagementId);
  expect(rows.map(({ worksheetId }) => worksheetId)).not.toContain(id);
  expect(rows.map(({ worksheetId }) => worksheetId)).toContain(sound);
  const anew = await makeMove(await world.as("lead"), id, { move: "submit", reason: "" });
  expect(anew).toMatchObject({ damagedRevision: null, revision: 2 });
  const criteria = await getCriteria(await world.as("qsa"), id, undefined);
  expect(criteria.criteria.map(({ earlier }) => earlier?.sameAnswer)).not.toContain(true);
  await expect(getDiff(await world.as("qsa"), id, { from: 1, to: 2 })).rejects.toMatchObject({ code: "text_damaged" });
});

it("is no trouble to anybody but the signature where a statement was changed", async () => {
  await behind("sign_off", "statement", "x", signed);
  expect(await getWorksheet(await world.as("qsa"), signed)).toMatchObject({
    damagedRevision: null,
    validity: { status: "broken" },
  });
  await requireLists();
  for (const [what, act] of Object.entries(ABOUT_IT))
    await expect(act(await world.as("lead")), what).resolves.toBeTruthy();
  expect(await workshop.make("lead", engagementId, { kind: "workbook" })).toMatchObject({ state: "done" });
  // A statement over the one that was changed rests on its digest, which is still there.
  const revoked = await signOff(await world.steppedUp("qsa"), signed, { kind: "revoke", reason: "Changed behind us." });
  expect(revoked.state).not.toBe("signed");
});

it.each(["{}", REWORDED])("lets what was signed be revoked and reopened over a text that became %s", async (text) => {
  const numbers = typeof text === "string" ? ["8.3.1", "8.3.2"] : ["8.3.5", "8.3.8"];
  for (const [at, number] of numbers.entries()) {
    const id = await submitSheet(world, engagementId, number);
    await sign(world, id);
    await whileItSays(text, id, async () => {
      const qsa = await world.steppedUp("qsa");
      const kind = at === 0 ? ("revoke" as const) : ("reopen" as const);
      const { id: laid, ...statement } = await layOutStatement(qsa, id, { kind, reason: "So.", passkey: false });
      const asShown = { id: laid, at: statement.at, sha256: statement.sha256 };
      const { state } = await signOff(qsa, id, { kind, reason: "So.", statement: asShown });
      expect(state).toBe(kind === "revoke" ? "revoked" : "draft");
      if (kind === "revoke") {
        const again = await makeMove(await world.steppedUp("lead"), id, { move: "reopen", reason: "" });
        expect(again).toMatchObject({ state: "draft", revision: 2 });
      }
    });
    // Each stands on the digest, and says of the text what the signature said.
    const rows = await world.behind.prisma.signOff.findMany({ where: { worksheetId: id }, orderBy: { at: "asc" } });
    const [first, ...later] = rows.map(({ statement }) => JSON.parse(statement ?? "") as SignOffStatement);
    expect(later.map(({ kind }) => kind)).toEqual(at === 0 ? ["revoked", "reopened"] : ["reopened"]);
    for (const one of later) {
      const { worksheet, catalogue, evidence, evidenceSha256 } = one;
      expect({ worksheet, catalogue, evidence, evidenceSha256 }).toEqual({
        worksheet: first?.worksheet,
        catalogue: first?.catalogue,
        evidence: first?.evidence,
        evidenceSha256: first?.evidenceSha256,
      });
      expect(one.wording.text).toContain("8.3.");
    }
    expect(later[0]?.supersedes).toBe(rows[0]?.statementSha256);
  }
});

it("names no evidence in what is said over a changed text whose rows were changed too", async () => {
  const id = await submitSheet(world, engagementId, "8.3.10");
  await sign(world, id);
  await whileItSays("{}", id, async () => {
    await withConnection(world.stored.adminUrl, async (client) => {
      await client.query("SET session_replication_role = replica");
      const { rowCount } = await client.query("UPDATE evidence SET title = 'Another' WHERE worksheet_id = $1", [id]);
      expect(rowCount).toBeGreaterThan(0);
    });
    const qsa = await world.steppedUp("qsa");
    const { payload } = await layOutStatement(qsa, id, { kind: "revoke", reason: "So.", passkey: false });
    const { evidence, worksheet } = JSON.parse(payload) as SignOffStatement;
    expect(evidence).toEqual([]);
    expect(worksheet).toMatchObject({ id, requirement: "8.3.10", revision: 1 });
  });
});
