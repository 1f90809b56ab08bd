import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { text as textOf } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GET as getData } from "@/app/api/v1/engagements/[engagementId]/data/route";
import { POST as stepUp } from "@/app/api/v1/session/step-up/route";
import type { SignedInContext } from "@/lib/auth/context";
import { onBehalfOf } from "@/lib/auth/on-behalf";
import { newToken, tokenHash } from "@/lib/auth/session-token";
import { withConnection } from "@/lib/db/connect";
import { type Database, openDatabase } from "@/lib/db/database";
import { ENGAGEMENT_TABLES } from "@/lib/domain/move/format";
import { utf8 } from "@/lib/domain/proof/bytes";
import { writeEnvelope } from "@/lib/domain/proof/envelope";
import { activeKey } from "@/lib/domain/proof/key-set";
import { fingerprint } from "@/lib/domain/proof/keys";
import { SIGN_OFF_TYPE } from "@/lib/domain/sign-off/signed-statement";
import { acceptPasswordReset, readPasswordReset } from "@/lib/services/account/reset-password";
import { bulkAssign } from "@/lib/services/disposition/bulk-assign";
import { readWorkbook } from "@/lib/services/disposition/read-workbook";
import { addMember, readCandidates, readMembers, removeMember } from "@/lib/services/engagement/manage-members";
import { downloadFile } from "@/lib/services/evidence/download-file";
import { uploadFile } from "@/lib/services/evidence/upload-file";
import { recordSigningKeys } from "@/lib/services/keys/record-signing-keys";
import { makeServiceAccount } from "@/lib/services/organisation/service-accounts";
import { makeMove } from "@/lib/services/review/make-move";
import { openThread } from "@/lib/services/review/open-thread";
import { verifyWholeTrail } from "@/lib/services/trail/verify-whole-trail";
import { addEvidence } from "@/lib/services/worksheet/add-evidence";
import { getWorksheet } from "@/lib/services/worksheet/get-worksheet";
import { digestOf } from "@/lib/services/worksheet/seal";
import { setAssignees } from "@/lib/services/worksheet/set-assignees";
import { makeTestDatabase, type TestDatabase } from "@/test/database";
import { makeEngagement, openSheet, sign, write } from "@/test/engagement";
import { bodyOf, makeTestFiles, type TestFiles } from "@/test/evidence-files";
import { SAMPLE_SECTIONS } from "@/test/fixtures/sample-sections";
import { type Browser, browserOf, serve } from "@/test/requests";
import { emailOf, PASSWORD, type Person, World } from "@/test/world";
import { type MoveInPlace, moveIn } from "./move-in";
import { checkMoved } from "./read-moved";

const WORDS = "locked\nunlocked\n".repeat(30_000);
let world: World;
let files: TestFiles;
let there: TestDatabase;
let thereFiles: TestFiles;
let app: Database;
let engagementId = "";
let sheet = "";
let draft = "";
let program = "";
let path = "";
let signedRow: Row = {};
let sha256 = "";
const tokens = new Map<string, string>();

beforeAll(async () => {
  world = await World.make();
  files = await makeTestFiles();
  serve(world.database, () => world.now, {}, files);
  engagementId = await makeEngagement(world);
  sheet = await openSheet(world, engagementId, "8.3.4");
  await write(world, sheet, SAMPLE_SECTIONS);
  const by = await world.as("contributor");
  const piece = { section: "validation", itemId: null, title: "Drill", url: "", shows: "", validUntil: null } as const;
  const { id } = await addEvidence(by, sheet, { ...piece, collectedOn: "2026-11-20" });
  const file = { name: "trace.log", body: bodyOf(WORDS), announced: null, acknowledgeCardNumber: false };
  await uploadFile(by, files, id, file);
  sha256 = createHash("sha256").update(WORDS).digest("hex");
  for (const [person, body] of [
    ["lead", "our own doubt"],
    ["qsa", "their own doubt"],
  ] as const) {
    if (person === "qsa") await makeMove(await world.as("lead"), sheet, { move: "submit", reason: "" });
    const note = { section: null, itemId: null, visibility: "private", body } as const;
    await openThread(await world.as(person), sheet, note);
  }
  await sign(world, sheet);
  draft = await openSheet(world, engagementId, "8.3.6");
  const made = { name: "Ticket bridge", purpose: "Brings tickets in.", ownerId: world.userId("colleague") };
  program = (await makeServiceAccount(await world.steppedUp("admin"), made)).id;
  await addMember(await world.steppedUp("lead"), engagementId, { userId: program, role: "contributor" });
  await recordSigningKeys(world.alone());
  there = await makeTestDatabase({ catalogue: true });
  thereFiles = await makeTestFiles();
  // Databases of tests are copies of one, and so of one service: this one is another.
  await withConnection(there.adminUrl, async (client) => {
    await client.query("SET session_replication_role = replica");
    await client.query("UPDATE service_identity SET id = gen_random_uuid()");
  });
  app = openDatabase(there.appUrl);
});
afterAll(async () => {
  await app.close();
  await there.drop();
  await world.close();
  await files.remove();
  await thereFiles.remove();
});

const take = async (by: Browser) => by(getData, { params: { engagementId } });
/** The lead, who has just shown again who they are. */
const leadsBrowser = async () => {
  const browser = await browserOf(world, "lead");
  await browser(stepUp, { method: "POST", body: { password: PASSWORD } });
  return browser;
};
const put = async (from = path, more: Partial<MoveInPlace> = {}) => {
  const { store, draftFolder } = thereFiles;
  const own = { ownerUrl: there.ownerUrl, store, draftFolder, now: world.now, known: [], scans: false };
  const place = { ...own, roots: [await rootHere()], ...more };
  return moveIn(await checkMoved(from), place, ({ email }) => {
    const token = newToken();
    tokens.set(email, token);
    return { tokenHash: tokenHash(token), expiresAt: new Date(world.now.getTime() + 60_000) };
  });
};
/** Whose keys they are, as the service that it comes from says by another way. */
const rootHere = async () => activeKey(await (await world.startSigner()).keySet(), "root")?.id ?? "";
const count = (table: string) =>
  withConnection(there.adminUrl, async (client) => (await client.query(`SELECT FROM ${table}`)).rowCount);

/** The file as somebody would make it who knows how it ends. */
async function forged(change: (line: string) => string): Promise<string> {
  const lines = (await readFile(path, "utf8")).trimEnd().split("\n");
  const { end } = JSON.parse(lines.pop() ?? "") as { end: object };
  const changed = lines.map(change).filter((line) => line !== "");
  const body = changed.map((line) => `${line}\n`).join("");
  const digest = createHash("sha256").update(body).digest("hex");
  const made = join(files.root, "forged.jsonl");
  await writeFile(made, `${body}${JSON.stringify({ end: { ...end, sha256: digest } })}\n`);
  return made;
}

type Row = Readonly<Record<string, unknown>>;

/** The line with a decision changed; others as they are. */
function decision(line: string, change: (row: Row) => Row): string {
  if (!line.startsWith('{"table":"sign_off"')) return line;
  const { row } = JSON.parse(line) as { row: Row };
  return JSON.stringify({ table: "sign_off", row: change(row) });
}

/** The statement as somebody would like to have signed it. */
function forgedIn({ statement }: Row): string {
  return String(statement).replace(/"methods":\[[^\]]*\]/, '"methods":["none"]');
}

/** A statement in an envelope by the key that signed the true one, with a signature over nothing. */
function enveloped(statement: string): Row {
  const made = { statement, statement_sha256: digestOf(statement) };
  const own = JSON.parse(String(signedRow.envelope)) as { signatures: { keyid: string }[] };
  const keyid = own.signatures[0]?.keyid ?? "";
  const signatures = [{ keyid, sig: new Uint8Array(64), webauthn: null }];
  return { ...made, envelope: writeEnvelope({ payloadType: SIGN_OFF_TYPE, payload: utf8(statement), signatures }) };
}

describe("all data of an engagement", () => {
  it("are for its lead: what the company knows, and nothing of the assessor's own", async () => {
    const reply = await take(await leadsBrowser());
    expect(reply.status).toBe(200);
    expect(reply.headers.get("content-disposition")).toMatch(
      /^attachment; filename="engagement-[\w.-]+-2026-11-24\.jsonl"$/,
    );
    const text = await reply.text();
    expect(text).toContain("our own doubt");
    expect(text).not.toContain("their own doubt");
    expect(text).toContain(emailOf("qsa"));
    expect(text).not.toContain(emailOf("firmAdmin"));
    path = join(files.root, "engagement.jsonl");
    await writeFile(path, text);
    const line = text.split("\n").find((one) => one.startsWith('{"table":"sign_off"')) ?? "";
    signedRow = (JSON.parse(line) as { row: Row }).row;
    for (const person of ["contributor", "observer", "qsa"] as Person[]) {
      expect((await take(await browserOf(world, person))).status, person).toBe(403);
    }
    expect((await take(await browserOf(world, "stranger"))).status).toBe(404);
    // Neither an administrator of the company, though one takes part in the work.
    await addMember(await world.steppedUp("lead"), engagementId, {
      userId: world.userId("admin"),
      role: "contributor",
    });
    expect((await take(await browserOf(world, "admin"))).status).toBe(403);
    await removeMember(await world.steppedUp("lead"), engagementId, world.userId("admin"), "contributor");
    const quiet = await take(await browserOf(world, "lead"));
    expect(await quiet.json()).toMatchObject({ code: "step_up_required" });
  });

  it("are every table that belongs to one", async () => {
    const { rows } = await withConnection(there.adminUrl, (client) =>
      client.query<{ name: string }>(
        `SELECT table_name AS name FROM information_schema.columns
         WHERE table_schema = 'public' AND column_name = 'engagement_id' ORDER BY 1`,
      ),
    );
    // What a service notes for itself stays with it: its trail, exports, webhooks, and invitations that are open.
    const own = ["audit_event", "audit_kept", "export_job", "invitation", "webhook_endpoint"];
    expect(rows.map(({ name }) => name).filter((name) => !own.includes(name))).toEqual([...ENGAGEMENT_TABLES].sort());
  });
});

describe("a file that is not what was exported", () => {
  it("is refused, and leaves no row", async () => {
    const entity = world.organisationId("entity");
    const stranger = world.organisationId("elsewhere");
    const cases: readonly (readonly [string, (line: string) => string, RegExp])[] = [
      [
        "another company's rows",
        (line) => line.replace(/("table":"section".*)/, (all) => all.replaceAll(entity, stranger)),
        /does not belong/,
      ],
      [
        "a revision that was changed",
        (line) => (line.includes('"table":"revision"') ? line.replace("8.3.4", "8.3.5") : line),
        /digest of a revision/,
      ],
      [
        "a decision of an author",
        (line) =>
          line.includes('"table":"worksheet_author"')
            ? line.replace(world.userId("contributor"), world.userId("qsa"))
            : line,
        /never decides/,
      ],
      [
        "a decision that nobody signed",
        (line) =>
          decision(line, (row) => ({ ...row, statement: forgedIn(row), statement_sha256: digestOf(forgedIn(row)) })),
        /another one than was signed/,
      ],
      [
        "a decision in another envelope",
        (line) => decision(line, (row) => ({ ...row, ...enveloped(forgedIn(row)) })),
        /does not verify/,
      ],
      [
        "a decision that shows another than was signed",
        (line) => decision(line, (row) => ({ ...row, signer_name: "Somebody Else" })),
        /something else than its signed statement/,
      ],
      [
        "words of a company that takes no part",
        (line) =>
          line.startsWith('{"table":"thread"')
            ? line.replace(/"author_organisation_id": "[^"]+"/, `"author_organisation_id": "${stranger}"`)
            : line,
        /does not belong/,
      ],
      [
        "words of somebody who is none of its people",
        (line) =>
          line.startsWith('{"table":"comment"')
            ? line.replace(/"author_id": "[^"]+"/, `"author_id": "${world.userId("stranger")}"`)
            : line,
        /does not belong/,
      ],
      ["keys left out", (line) => (line.startsWith('{"keys"') ? "" : line), /keys are not in the file/],
      [
        "a list of keys that was changed",
        (line) => (line.startsWith('{"keys"') ? line.replace(/(sig\\":\\")..../, "$1AAAA") : line),
        /list of keys/,
      ],
      [
        "other bytes",
        (line) => (line.startsWith('{"file"') ? line.replace(/"base64":"..../, '"base64":"AAAA') : line),
        /not those that its digest/,
      ],
      [
        "a place among others' files",
        (line) => line.replace(`"key": "${entity}/`, `"key": "${stranger}/`),
        /not its company's/,
      ],
    ];
    for (const [what, change, words] of cases) {
      const refusal = await put(await forged(change)).catch((error: unknown) => error);
      expect(refusal, what).toMatchObject({ name: "OperatorError", message: expect.stringMatching(words) });
      expect(await count("engagement"), what).toBe(0);
      expect(await count("organisation"), what).toBe(0);
    }
    await writeFile(join(files.root, "cut.jsonl"), (await readFile(path)).subarray(0, 5_000));
    await expect(put(join(files.root, "cut.jsonl"))).rejects.toMatchObject({
      message: expect.stringContaining("not whole"),
    });
    await expect(put(join(import.meta.dirname, "move-in.ts"))).rejects.toMatchObject({ name: "OperatorError" });
  });
});

describe("whose keys signed what came along", () => {
  it("is for the operator to confirm: without it the fingerprint is told, and nothing comes in", async () => {
    const root = await rootHere();
    for (const roots of [[], ["ab".repeat(32)]]) {
      await expect(put(path, { roots })).rejects.toMatchObject({ message: expect.stringContaining(fingerprint(root)) });
    }
    expect(await count("engagement")).toBe(0);
  });

  it("is never this very service, which would say of itself what it did not see", async () => {
    await expect(put(path, { ownerUrl: world.stored.ownerUrl })).rejects.toMatchObject({ name: "OperatorError" });
  });
});

describe("an engagement that came in", () => {
  it("is there with its ids, digests, files and signatures, and the trail tells every row", async () => {
    const moved = await put();
    expect(moved.files).toBe(1);
    const lead = await onBehalfOf({ ...world.alone(), database: app }, world.userId("lead"));
    if (!lead) throw new Error("The lead did not come along.");
    const [before, after] = [await getWorksheet(await world.as("lead"), sheet), await getWorksheet(lead, sheet)];
    expect(after).toMatchObject({
      digest: before.digest,
      state: "signed",
      validity: { status: "valid", elsewhere: true },
    });
    expect(after.validity?.reason).toContain("another service");
    expect(after.signOffs.map(({ elsewhere }) => elsewhere)).toEqual(after.signOffs.map(() => true));
    expect(before).toMatchObject({ validity: { elsewhere: false }, signOffs: [{ elsewhere: false }] });
    const { bytes } = await downloadFile(lead, thereFiles, sheet, sha256);
    expect(await textOf(bytes)).toBe(WORDS);
    const owner = openDatabase(there.ownerUrl, "any");
    const report = await verifyWholeTrail({ ...world.alone(), database: owner });
    await owner.close();
    expect(report).toMatchObject({ findings: [], uncovered: new Map() });
  });

  it("has its service accounts as names alone: nothing is offered or given to one", async () => {
    const found = await onBehalfOf({ ...world.alone(), database: app }, world.userId("lead"));
    if (!found) throw new Error("The lead did not come along.");
    const lead = { ...found, actor: { ...found.actor, stepUpAt: world.now } };
    const before = (await readCandidates(await world.as("lead"), engagementId)).items.map(({ id }) => id);
    const after = (await readCandidates(lead, engagementId)).items.map(({ id }) => id);
    expect(before).toContain(program);
    expect(after).not.toContain(program);
    expect(after.length).toBeGreaterThan(0);
    const acting = async (context: SignedInContext) =>
      (await readMembers(context, engagementId)).items.find(({ userId }) => userId === program)?.acts;
    expect([await acting(await world.steppedUp("lead")), await acting(lead)]).toEqual([true, false]);
    const role = addMember(lead, engagementId, { userId: program, role: "observer" });
    await expect(role).rejects.toMatchObject({ code: "invalid", extras: { errors: [{ path: "userId" }] } });
    const work = (userId: string) => setAssignees(lead, draft, [userId]);
    await expect(work(program)).rejects.toMatchObject({ code: "invalid" });
    expect((await work(world.userId("colleague"))).assignees).toHaveLength(1);
    const [row] = (await readWorkbook(lead, engagementId)).items;
    const owned = bulkAssign(lead, engagementId, { ids: [row?.id ?? ""], ownerId: program });
    await expect(owned).rejects.toMatchObject({ code: "invalid", extras: { errors: [{ path: "ownerId" }] } });
  });

  it("lets the administrators of its companies in by the links that were made, and nobody else", async () => {
    // Of the assessor company those came along whom rows name, and no list of its administrators.
    expect([...tokens.keys()].sort()).toEqual([emailOf("admin"), emailOf("qsa"), emailOf("assistant")].sort());
    const nobody = { ...world.alone(), database: app };
    const token = tokens.get(emailOf("admin")) ?? "";
    expect(await readPasswordReset(nobody, token)).toMatchObject({ email: emailOf("admin") });
    await acceptPasswordReset(nobody, { token, password: "seven lanterns over the quay" });
    expect(await count("credential")).toBe(1);
  });

  it("does not come twice, nor into a company that nobody named", async () => {
    await expect(put()).rejects.toMatchObject({ message: expect.stringContaining("here already") });
    engagementId = await makeEngagement(world);
    const [by, other] = [await world.as("contributor"), await openSheet(world, engagementId, "8.3.4")];
    const piece = {
      section: "validation",
      itemId: null,
      title: "Drill",
      url: "",
      shows: "",
      validUntil: null,
    } as const;
    const { id } = await addEvidence(by, other, { ...piece, collectedOn: "2026-11-20" });
    const file = { name: "other.log", body: bodyOf("other words"), announced: null, acknowledgeCardNumber: false };
    await uploadFile(by, files, id, file);
    path = join(files.root, "second.jsonl");
    await writeFile(path, await (await take(await leadsBrowser())).text());
    await expect(put()).rejects.toMatchObject({ message: expect.stringContaining("--organisation") });
    const known = [world.organisationId("entity"), world.organisationId("firm")];
    const links = tokens.size;
    expect((await put(path, { known, scans: true })).files).toBe(1);
    // Where there is a scanner, a file waits for it, whatever was said of it elsewhere.
    expect(await count("blob WHERE scan = 'pending'")).toBe(1);
    expect(await count("engagement")).toBe(2);
    expect(tokens.size).toBe(links);
  });

  it("left the locks of the database as they were", async () => {
    const open = await withConnection(there.adminUrl, async (client) => {
      const unforced = await client.query(
        "SELECT relname FROM pg_class WHERE relrowsecurity AND NOT relforcerowsecurity AND relnamespace = 'public'::regnamespace",
      );
      const disabled = await client.query("SELECT tgname FROM pg_trigger WHERE tgenabled <> 'O'");
      return [...unforced.rows, ...disabled.rows];
    });
    expect(open).toEqual([]);
  });
});
