import { afterAll, beforeAll, expect, test } from "vitest";
import { withDatabase } from "@/lib/db/addresses";
import { withConnection } from "@/lib/db/connect";
import { startTemporaryServer, type TemporaryServer } from "@/lib/db/embedded/temporary";
import { initDatabase } from "@/lib/db/init";
import { migrate } from "@/lib/db/migrate";
import { prepareRoles } from "@/lib/db/prepare";

// A server of its own: groups belong to a whole server, and here nobody has made them yet.
let temporary: TemporaryServer;
const at = (login: string, database: string) =>
  `postgresql://${login}:${login}-password@127.0.0.1:${temporary.server.port}/${database}`;

beforeAll(async () => {
  temporary = await startTemporaryServer();
  await asSuperuser("CREATE ROLE manager LOGIN CREATEROLE CREATEDB PASSWORD 'manager-password'");
  await asSuperuser("CREATE ROLE nobody_special LOGIN PASSWORD 'nobody_special-password'");
  await asSuperuser("CREATE DATABASE lonely OWNER nobody_special");
});
afterAll(() => temporary.remove());

function asSuperuser(statement: string) {
  return withConnection(temporary.server.adminUrl("postgres"), (client) => client.query(statement));
}

test("a login without rights is told to run db:init, in one line", async () => {
  const url = at("nobody_special", "lonely");
  await expect(prepareRoles(url, url)).rejects.toThrow(/^The login "nobody_special" may not .*npm run db:init[^\n]*$/);
});

test("an administrator without superuser prepares a server, twice, and the owner migrates it", async () => {
  const addresses = {
    adminUrl: at("manager", "postgres"),
    migrationUrl: at("ccw_owner", "ccw"),
    databaseUrl: at("ccw_app", "ccw"),
  };
  expect(await initDatabase(addresses)).toContain("Database: ccw was made.");
  expect(await initDatabase(addresses)).toContain("Database: ccw was there.");
  await prepareRoles(addresses.migrationUrl, addresses.databaseUrl);
  expect(await migrate(addresses.migrationUrl)).not.toEqual([]);
  expect(await migrate(addresses.migrationUrl)).toEqual([]);
  const owners = await withConnection(addresses.databaseUrl, async (client) => {
    const { rows } = await client.query<{ owner: string }>(
      "SELECT DISTINCT tableowner AS owner FROM pg_tables WHERE schemaname = 'public' ORDER BY 1",
    );
    return rows.map((row) => row.owner);
  });
  expect(owners).toEqual(["ccw_owner", "countervail_audit"]);
});

test("the signer gets a login of its own, which can do what a signer does and nothing else", async () => {
  const addresses = {
    adminUrl: at("manager", "postgres"),
    migrationUrl: at("ccw_owner", "ccw"),
    databaseUrl: at("ccw_app", "ccw"),
    signerUrl: at("ccw_signer", "ccw"),
  };
  expect((await initDatabase(addresses))[0]).toContain("ccw_signer the signer's");
  await withConnection(addresses.signerUrl, async (client) => {
    expect((await client.query("SELECT signer_service() AS id")).rows).toHaveLength(1);
    await expect(client.query("SELECT * FROM audit_event")).rejects.toMatchObject({ code: "42501" });
  });
  const same = { ...addresses, signerUrl: addresses.databaseUrl };
  await expect(initDatabase(same)).rejects.toThrow(/COUNTERVAIL_SIGNER_DATABASE_URL needs a login of its own/);
});

test("the worker gets a login of its own too, which is nobody else's", async () => {
  const addresses = {
    adminUrl: at("manager", "postgres"),
    migrationUrl: at("ccw_owner", "ccw"),
    databaseUrl: at("ccw_app", "ccw"),
    signerUrl: at("ccw_signer", "ccw"),
    workerUrl: at("ccw_worker", "ccw"),
  };
  expect((await initDatabase(addresses))[0]).toContain("ccw_signer the signer's, ccw_worker the worker's");
  await withConnection(addresses.workerUrl, async (client) => {
    expect((await client.query("SELECT name FROM pgboss.queue")).rows).toEqual([{ name: "exports" }]);
    await client.query("SET ROLE countervail_scoped");
    await expect(client.query("SELECT * FROM credential")).rejects.toMatchObject({ code: "42501" });
  });
  const same = { ...addresses, workerUrl: addresses.signerUrl };
  await expect(initDatabase(same)).rejects.toThrow(/COUNTERVAIL_WORKER_DATABASE_URL needs a login of its own/);
});

test("the keeper gets a login of its own, which can cut and archive the trail and nothing else", async () => {
  const addresses = {
    adminUrl: at("manager", "postgres"),
    migrationUrl: at("ccw_owner", "ccw"),
    databaseUrl: at("ccw_app", "ccw"),
    signerUrl: at("ccw_signer", "ccw"),
    keeperUrl: at("ccw_keeper", "ccw"),
  };
  expect((await initDatabase(addresses))[0]).toContain("ccw_keeper the keeper's");
  await prepareRoles(addresses.migrationUrl, addresses.databaseUrl, addresses);
  await withConnection(addresses.keeperUrl, async (client) => {
    expect((await client.query("SELECT keeper_cut() AS changed")).rows).toEqual([{ changed: 0 }]);
    await expect(client.query("SELECT * FROM audit_event")).rejects.toMatchObject({ code: "42501" });
    await expect(client.query("SELECT * FROM signer_chains()")).rejects.toMatchObject({ code: "42501" });
  });
  const same = { ...addresses, keeperUrl: addresses.signerUrl };
  await expect(initDatabase(same)).rejects.toThrow(/COUNTERVAIL_KEEPER_DATABASE_URL needs a login of its own/);
});

test("passwords reach the server as verifiers, never as text in a statement", async () => {
  const { rows } = await withConnection(temporary.server.adminUrl("postgres"), (client) =>
    client.query<{ password: string }>("SELECT rolpassword AS password FROM pg_authid WHERE rolname = 'ccw_app'"),
  );
  expect(rows[0]?.password).toMatch(/^SCRAM-SHA-256\$4096:/);
});

test("one login for both is refused", async () => {
  const url = at("ccw_owner", "ccw");
  const addresses = {
    adminUrl: withDatabase(at("manager", "postgres"), "postgres"),
    migrationUrl: url,
    databaseUrl: url,
  };
  await expect(initDatabase(addresses)).rejects.toThrow(/different logins/);
});
