import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { asOwner, asSystem, inIdentity, readPublic } from "@/lib/auth/open";
import { NO_SECRETS } from "@/lib/auth/secret-box";
import { readCatalogue } from "@/lib/data/catalogue";
import { type Database, openDatabase } from "@/lib/db/database";
import type { PublicTx } from "@/lib/db/kinds";
import { NO_MAIL } from "@/lib/mail/mailer";
import { OperatorError } from "@/lib/operator-error";
import { NO_SIGNER } from "@/lib/signing/client";
import { makeTestDatabase, type TestDatabase } from "@/test/database";
import { loadCatalogue } from "./catalogue";
import { readCatalogueFiles } from "./catalogue-files";

const clock = () => new Date("2026-11-24T09:00:00Z");
let server: TestDatabase;
let app: Database;
let owner: Database;
let behind: Database;

beforeAll(async () => {
  server = await makeTestDatabase();
  app = openDatabase(server.appUrl);
  owner = openDatabase(server.ownerUrl, "any");
  behind = openDatabase(server.adminUrl, "any");
});
afterAll(async () => {
  await app.close();
  await owner.close();
  await behind.close();
  await server.drop();
});

function events(): Promise<number> {
  return behind.prisma.auditEvent.count({ where: { action: "catalogue.loaded" } });
}

describe("loading the catalogue", () => {
  it("loads once, also when two starts race, with one event", async () => {
    const both = await Promise.all([loadCatalogue(server.ownerUrl, clock), loadCatalogue(server.ownerUrl, clock)]);
    expect(both.filter(({ loaded }) => loaded)).toHaveLength(1);
    expect(await loadCatalogue(server.ownerUrl, clock)).toEqual({ id: "2026-11-24", loaded: false });
    expect(await events()).toBe(1);
  });

  it("gives the application exactly what the files say", async () => {
    const context = {
      database: app,
      clock,
      secrets: NO_SECRETS,
      mail: NO_MAIL,
      signer: NO_SIGNER,
      requestId: "test",
      url: "",
      address: "unknown",
      actor: null,
    };
    const stored = await readPublic(context, (tx) => readCatalogue(tx, "2026-11-24"));
    expect(stored).toEqual(await readCatalogueFiles());
  });

  it("does not let the application write it", async () => {
    const context = {
      database: app,
      clock,
      requestId: "test",
      secrets: NO_SECRETS,
      mail: NO_MAIL,
      signer: NO_SIGNER,
      url: "",
      address: "unknown",
      actor: null,
    };
    const change = (tx: PublicTx) => tx.db.requirement.updateMany({ data: { title: "changed" } });
    const refused = /permission denied/;
    await expect(app.prisma.keyOption.deleteMany()).rejects.toThrow(refused);
    await expect(readPublic(context, change)).rejects.toThrow(refused);
    await expect(inIdentity(context, change)).rejects.toThrow(refused);
    await expect(asSystem(context, "test", change)).rejects.toThrow(refused);
    // Whoever is no owner does not become it by asking.
    await expect(asOwner(context, "test", {}, change)).rejects.toThrow(refused);
  });

  it("refuses another content under the same id and leaves the old one", async () => {
    await owner.prisma.catalogueVersion.updateMany({ data: { digest: "0".repeat(64) } });
    await expect(loadCatalogue(server.ownerUrl, clock)).rejects.toThrow(OperatorError);
    expect(await events()).toBe(1);
  });
});
