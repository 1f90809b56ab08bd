import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { SignedInContext } from "@/lib/auth/context";
import { changeScope, readScope } from "@/lib/auth/scope";
import { NO_SECRETS } from "@/lib/auth/secret-box";
import { type Database, openDatabase } from "@/lib/db/database";
import { NO_MAIL } from "@/lib/mail/mailer";
import { NO_SIGNER } from "@/lib/signing/client";
import { makeTestDatabase, type TestDatabase } from "@/test/database";

let stored: TestDatabase;
let database: Database;

beforeAll(async () => {
  stored = await makeTestDatabase();
  database = openDatabase(stored.appUrl);
});
afterAll(async () => {
  await database.close();
  await stored.drop();
});

function somebody(): SignedInContext {
  const actor = {
    userId: randomUUID(),
    organisationId: randomUUID(),
    sessionId: randomUUID(),
    name: "Ada",
    stepUpAt: null,
  };
  return {
    database,
    clock: () => new Date("2026-11-24T09:00:00Z"),
    secrets: NO_SECRETS,
    mail: NO_MAIL,
    signer: NO_SIGNER,
    requestId: randomUUID(),
    url: "",
    address: "unknown",
    actor,
  };
}

it.each(["review", "", "%00", "%F1%89%84%9A", "11111111-1111-4111-8111-11111111111", "\u0000", "\ud800"])(
  "finds nothing under %j, which is no id, and does not ask the database for it",
  async (id) => {
    const reading = readScope(somebody(), "engagement.read", { engagementId: id }, async () => "let in");
    await expect(reading).rejects.toMatchObject({ code: "not_found" });
    const writing = changeScope(somebody(), "worksheet.edit", { worksheetId: id }, "update", async () => "let in");
    await expect(writing).rejects.toMatchObject({ code: "not_found" });
  },
);

it("finds nothing under an id that nobody has", async () => {
  const reading = readScope(somebody(), "engagement.read", { engagementId: randomUUID() }, async () => "let in");
  await expect(reading).rejects.toMatchObject({ code: "not_found" });
});
