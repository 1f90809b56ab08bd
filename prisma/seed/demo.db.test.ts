import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SignedInContext } from "@/lib/auth/context";
import { actorOfToken } from "@/lib/auth/session";
import { checkPassword, openSession } from "@/lib/auth/sign-in";
import { withConnection } from "@/lib/db/connect";
import { type Database, openDatabase } from "@/lib/db/database";
import { WORKSHEET_STATES } from "@/lib/domain/workflow/states";
import { NO_MAIL } from "@/lib/mail/mailer";
import { readFontFiles } from "@/lib/render/pdf/font-files";
import { renderPdf } from "@/lib/render/pdf/render-pdf";
import { readEngagements } from "@/lib/services/engagement/list-engagements";
import { estimate } from "@/lib/services/export/estimate-export";
import { verifyEngagementTrail } from "@/lib/services/trail/verify-trail";
import { NO_SIGNER } from "@/lib/signing/client";
import { lookWhoIsThere, seedDemo } from "@/prisma/seed/demo";
import { DEMO_PASSWORD } from "@/prisma/seed/demo-people";
import { makeTestDatabase, type TestDatabase } from "@/test/database";
import { testSecrets } from "@/test/secrets";
import { startTestSigner, type TestSigner } from "@/test/signer";
import { wholeWorkbook } from "@/test/whole-workbook";

const ASKED = { kind: "workbook", paper: "A4", conformance: "PDF/UA-1" } as const;
/** Whether an estimate is within a factor of two. */
const within = (told: number, made: number) => told <= 2 * made && made <= 2 * told;

const secrets = testSecrets();
let database: TestDatabase;
let app: Database;
let signer: TestSigner;
beforeAll(async () => {
  database = await makeTestDatabase({ catalogue: true });
  app = openDatabase(database.appUrl);
  expect(await lookWhoIsThere(database.appUrl)).toEqual({ empty: true, demo: false });
  signer = await startTestSigner(database, () => new Date("2026-11-24T12:00:00Z"), true);
  expect(await seedDemo(database.appUrl, secrets, signer.client, "2026-11-24")).toBe(true);
}, 240_000);
afterAll(async () => {
  await app.close();
  await signer.remove();
  await database.drop();
});

function rows<T extends object>(sql: string): Promise<T[]> {
  return withConnection(database.adminUrl, async (client) => (await client.query<T>(sql)).rows);
}

async function signIn(email: string): Promise<SignedInContext> {
  const alone = {
    secrets,
    mail: NO_MAIL,
    signer: NO_SIGNER,
    database: app,
    clock: () => new Date("2026-11-24T09:00:00Z"),
    requestId: "test",
    url: "",
    address: "unknown",
    actor: null,
  };
  const { userId } = await checkPassword(alone, email, DEMO_PASSWORD);
  const { token } = await openSession(alone, userId, ["password", "totp"], "test");
  const actor = await actorOfToken(alone, token, true);
  if (!actor) throw new Error(`${email} cannot sign in.`);
  return { ...alone, actor };
}

describe("the demo", () => {
  it("has worksheets in every state", async () => {
    const found = await rows<{ state: string }>("SELECT DISTINCT state FROM worksheet");
    expect(found.map(({ state }) => state).sort()).toEqual([...WORKSHEET_STATES].sort());
  });

  it("is put in once and never into a database that holds anything", async () => {
    const count = "SELECT count(*)::int AS events FROM audit_event";
    const before = await rows(count);
    expect(await lookWhoIsThere(database.appUrl)).toEqual({ empty: false, demo: true });
    expect(await seedDemo(database.appUrl, secrets, signer.client)).toBe(false);
    expect(await rows(count)).toEqual(before);
  });

  it("spreads its events over the past, in order within each chain", async () => {
    const [span] = await rows<{ first: Date; last: Date; unordered: number }>(`
      SELECT min(at) AS first, max(at) AS last, count(*) FILTER (WHERE at < before)::int AS unordered
      FROM (SELECT at, lag(at) OVER (PARTITION BY log_id ORDER BY seq) AS before FROM audit_event WHERE payload NOT LIKE '%catalogue%') e`);
    expect(span?.unordered).toBe(0);
    expect(span?.first.toISOString()).toMatch(/^2026-09-10/u);
    expect(span && span.last < new Date("2026-11-24T00:00:00Z")).toBe(true);
  });

  it("leaves no refused attempt in the trail", async () => {
    expect(
      await rows("SELECT payload FROM audit_event WHERE action LIKE '%denied%' OR action LIKE '%failed%'"),
    ).toEqual([]);
  });

  it("freezes two revisions of the worksheet in review and signs none that an author wrote", async () => {
    const revisions = await rows<{ number: number; reviewed: boolean }>(`
      SELECT r.number, r.reviewed_at IS NOT NULL AS reviewed FROM revision r JOIN worksheet w ON w.id = r.worksheet_id
      WHERE w.requirement_number = '8.3.4' ORDER BY r.number`);
    expect(revisions).toEqual([
      { number: 1, reviewed: true },
      { number: 2, reviewed: false },
    ]);
    const signed = await rows("SELECT kind FROM sign_off ORDER BY at");
    expect(signed.length).toBe(7);
  });

  it.each([
    ["the lead", "aisha.khan@harbourlane.example", 8],
    ["the QSA", "samuel.whitfield@harrow.example", 6],
    ["the observer", "ruth.steiner@harbourlane.example", 1],
    ["the ISA of the legacy engagement", "eleni.papadaki@meridianpay.example", 1],
  ])("prints its workbook for %s", async (_, email, atLeast) => {
    const context = await signIn(email);
    const [engagement] = (await readEngagements(context)).items;
    const job = await wholeWorkbook(context, engagement?.id ?? "");
    expect(job.model.worksheets.length).toBeGreaterThanOrEqual(atLeast);
    const pdf = await renderPdf(job, readFontFiles());
    expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
    // What is said before an export begins is not off by more than half.
    const told = await estimate(context, engagement?.id ?? "", ASKED);
    const pages = Number(/\/Count (\d+)/.exec(pdf.toString("latin1"))?.[1]);
    if (process.env.SHOW) console.log(JSON.stringify({ email, told, pages, bytes: pdf.length }));
    expect(within(told.pages ?? 0, pages), `${told.pages} pages said, ${pages} made`).toBe(true);
    expect(within(told.bytes, pdf.length), `${told.bytes} bytes said, ${pdf.length} made`).toBe(true);
  });

  it("has a chain that verifies", async () => {
    const context = await signIn("aisha.khan@harbourlane.example");
    const [engagement] = (await readEngagements(context)).items;
    const verified = await verifyEngagementTrail(context, engagement?.id ?? "");
    expect(verified).toMatchObject({ holds: true, problem: null });
    expect(verified.events).toBeGreaterThan(100);
  });
});
