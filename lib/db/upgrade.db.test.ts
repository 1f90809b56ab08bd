import type pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withConnection } from "@/lib/db/connect";
import { startTemporaryServer } from "@/lib/db/embedded/temporary";
import { initDatabase } from "@/lib/db/init";
import { KIND_ROLES } from "@/lib/db/kind-roles";
import { requireSafeLogin } from "@/lib/db/login";
import { migrate } from "@/lib/db/migrate";
import { readMigrations } from "@/lib/db/migration-files";
import { prepareRoles } from "@/lib/db/prepare";
import { auditMayCreate } from "@/lib/db/roles";
import { debianPostgres, startDebianServer } from "@/test/debian-server";
import { inStance } from "@/test/in-stance";

interface Server {
  readonly at: (user: string, database: string) => string;
  readonly stop: () => Promise<void>;
}

const debian = debianPostgres();
const PASSWORD = encodeURIComponent("a password for tests");

async function startEmbedded(): Promise<Server> {
  const temporary = await startTemporaryServer();
  const { port } = temporary.server;
  const at = (user: string, database: string) =>
    user === "postgres"
      ? temporary.server.adminUrl(database)
      : `postgresql://${user}:${PASSWORD}@127.0.0.1:${port}/${database}`;
  return { at, stop: temporary.remove };
}

describe.each<[string, boolean, () => Promise<Server>]>([
  ["the embedded PostgreSQL", false, startEmbedded],
  ["Debian's PostgreSQL", debian === undefined, () => startDebianServer(debian ?? "")],
])("on %s", (_, isMissing, start) => {
  let server: Server;
  beforeAll(async () => {
    if (isMissing) return;
    server = await start();
    await asSuperuser("CREATE ROLE manager LOGIN CREATEROLE CREATEDB PASSWORD 'a password for tests'");
  });
  afterAll(() => server?.stop());

  const asSuperuser = (sql: string) => withConnection(server.at("postgres", "postgres"), (client) => client.query(sql));
  const addresses = (name: string) => ({
    adminUrl: server.at("manager", "postgres"),
    migrationUrl: server.at(`${name}_owner`, name),
    databaseUrl: server.at(`${name}_app`, name),
  });

  it.skipIf(isMissing)(
    "an administrator without superuser prepares what a login becomes and does not inherit",
    async () => {
      const fresh = addresses("fresh");
      await initDatabase(fresh);
      await prepareRoles(fresh.migrationUrl, fresh.databaseUrl);
      await migrate(fresh.migrationUrl);
      await requireSafeLogin(fresh.databaseUrl, fresh.migrationUrl);
      await expectKinds(fresh.databaseUrl);
    },
  );

  it.skipIf(isMissing)(
    "an installation of an earlier version is brought over, its login and passwords kept",
    async () => {
      const old = addresses("old");
      await makeAsBefore(server, old);
      const before = await withConnection(old.databaseUrl, (client) => client.query("SELECT name FROM organisation"));
      expect(before.rows).toEqual([{ name: "Quayside Payments" }]);

      await initDatabase(old);
      await prepareRoles(old.migrationUrl, old.databaseUrl);
      await migrate(old.migrationUrl);
      await requireSafeLogin(old.databaseUrl, old.migrationUrl);
      await expectKinds(old.databaseUrl);

      // Workers once could become the service itself.
      await withConnection(old.adminUrl, (client) => client.query("GRANT countervail_system TO countervail_jobs"));
      await initDatabase(old);
      const { rows } = await withConnection(old.adminUrl, (client) =>
        client.query("SELECT pg_has_role('countervail_jobs', 'countervail_system', 'MEMBER') AS may"),
      );
      expect(rows).toEqual([{ may: false }]);
    },
  );
});

/** Makes a database as the first version did: the application's group has all rights, and its login inherits them. */
async function makeAsBefore(server: Server, urls: { migrationUrl: string; databaseUrl: string }): Promise<void> {
  await withConnection(server.at("manager", "postgres"), async (client) => {
    for (const group of ["countervail_rw", "countervail_audit"]) {
      const { rowCount } = await client.query("SELECT FROM pg_roles WHERE rolname = $1", [group]);
      if (rowCount === 0) await client.query(`CREATE ROLE ${group} NOLOGIN`);
    }
    await client.query("CREATE ROLE old_owner LOGIN PASSWORD 'a password for tests'");
    await client.query("CREATE ROLE old_app LOGIN PASSWORD 'a password for tests'");
    await client.query("GRANT countervail_audit TO old_owner");
    await client.query("GRANT countervail_rw TO old_app");
  });
  await withConnection(server.at("postgres", "postgres"), (client) =>
    client.query("CREATE DATABASE old OWNER old_owner"),
  );
  const first = (await readMigrations()).filter(({ name }) => name < "0003");
  await withConnection(urls.migrationUrl, (client) => auditMayCreate(client, () => migrate(urls.migrationUrl, first)));
  await withConnection(server.at("postgres", "old"), async (client) => {
    await client.query("SET session_replication_role = replica");
    await client.query(
      "INSERT INTO organisation (id, kind, name) VALUES (gen_random_uuid(), 'entity', 'Quayside Payments')",
    );
  });
}

/** A table that a kind reads, where it is not the catalogue. */
const READABLE: Partial<Record<keyof typeof KIND_ROLES, string>> = {
  exports: "export_job",
  deliveries: "webhook_message",
};

/** The login by itself finds nothing; as each kind it finds what that kind may see. */
async function expectKinds(url: string): Promise<void> {
  await withConnection(url, async (client: pg.Client) => {
    for (const table of ["organisation", "worksheet", "audit_event", "requirement"]) {
      await expect(client.query(`SELECT * FROM ${table}`)).rejects.toMatchObject({ code: "42501" });
    }
    for (const kind of Object.keys(KIND_ROLES) as (keyof typeof KIND_ROLES)[]) {
      const table = READABLE[kind] ?? "requirement";
      const read = () => client.query<{ role: string }>(`SELECT current_user AS role, count(*) FROM ${table}`);
      const { rows } = await inStance(client, { kind }, read);
      expect(rows[0]?.role).toBe(KIND_ROLES[kind]);
    }
    await expect(client.query("SET ROLE countervail_audit")).rejects.toMatchObject({ code: "42501" });
    const worksheets = await inStance(client, { kind: "scoped" }, () => client.query("SELECT * FROM worksheet"));
    expect(worksheets.rows).toEqual([]);
  });
}
