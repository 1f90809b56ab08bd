import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { inIdentity } from "@/lib/auth/open";
import { NO_SECRETS } from "@/lib/auth/secret-box";
import { noOrganisationYet } from "@/lib/data/organisations";
import { withConnection } from "@/lib/db/connect";
import { openDatabase } from "@/lib/db/database";
import { requireSafeLogin } from "@/lib/db/login";
import { NO_MAIL } from "@/lib/mail/mailer";
import { NO_SIGNER } from "@/lib/signing/client";
import { makeTestDatabase, type TestDatabase } from "@/test/database";

let stored: TestDatabase;
beforeAll(async () => {
  stored = await makeTestDatabase();
});
afterAll(() => stored.drop());

const asSuperuser = (sql: string) => withConnection(stored.adminUrl, (client) => client.query(sql));

/** A login of its own, with what the statements give it. Roles belong to the whole server, so each has another name. */
async function loginWith(attributes: string, ...grants: ((login: string) => string)[]): Promise<string> {
  const login = `login_${randomBytes(6).toString("hex")}`;
  await asSuperuser(`CREATE ROLE ${login} LOGIN PASSWORD 'secret' ${attributes}`);
  const { database } = new URL(stored.adminUrl).pathname.match(/^\/(?<database>.+)$/)?.groups ?? {};
  await asSuperuser(`GRANT CONNECT ON DATABASE ${database} TO ${login}`);
  await asSuperuser(`GRANT countervail_rw TO ${login}`);
  for (const grant of grants) await asSuperuser(grant(login));
  const url = new URL(stored.appUrl);
  url.username = login;
  url.password = "secret";
  return url.href;
}

const check = (url: string) => requireSafeLogin(url, stored.ownerUrl);

it("takes the application's login, and a second one like it", async () => {
  await check(stored.appUrl);
  await check(await loginWith(""));
});

it("refuses whom row-level security does not hold for, in one line that says why", async () => {
  const line = (why: string) =>
    new RegExp(`^The application's login "[a-z_0-9]+" ${why}[^\\n]*npm run db:init[^\\n]*$`);
  await expect(check(stored.adminUrl)).rejects.toThrow(line("is a superuser"));
  await expect(check(stored.ownerUrl)).rejects.toThrow(line("owns tables"));
  await expect(requireSafeLogin(stored.appUrl, stored.appUrl)).rejects.toThrow(line("would own the tables"));
  await expect(check(await loginWith("BYPASSRLS"))).rejects.toThrow(line("bypasses"));
  await expect(check(await loginWith("CREATEROLE"))).rejects.toThrow(line("can give itself"));
  const ownsOne = await loginWith(
    "",
    (login) => `CREATE TABLE own_${login} (id int); ALTER TABLE own_${login} OWNER TO ${login}`,
  );
  await expect(check(ownsOne)).rejects.toThrow(line("owns tables"));
});

it("refuses whoever may become such a one, whether or not rights are inherited", async () => {
  const byOwner = await loginWith("NOINHERIT", (login) => `GRANT countervail_owner TO ${login}`);
  await expect(check(byOwner)).rejects.toThrow(/may become "countervail_(owner|audit)", which owns tables/);
  const trail = await loginWith("", (login) => `GRANT countervail_audit TO ${login} WITH INHERIT FALSE, SET FALSE`);
  await expect(check(trail)).rejects.toThrow(/may become "countervail_audit", which owns tables/);
  const group = `group_${randomBytes(6).toString("hex")}`;
  const far = await loginWith("", (login) => `CREATE ROLE ${group} BYPASSRLS; GRANT ${group} TO ${login}`);
  await expect(check(far)).rejects.toThrow(/may become "group_[0-9a-f]+", which bypasses/);
  await asSuperuser(`DROP ROLE ${group}`);
});

it("serves nothing on such a login, also where nobody looked at the start", async () => {
  for (const url of [stored.adminUrl, stored.ownerUrl]) {
    const database = openDatabase(url);
    const context = {
      database,
      clock: () => new Date(),
      requestId: "test",
      secrets: NO_SECRETS,
      mail: NO_MAIL,
      signer: NO_SIGNER,
      url: "",
      address: "unknown",
      actor: null,
    };
    await expect(inIdentity(context, noOrganisationYet)).rejects.toThrow(/row-level security does not hold/);
    await database.close();
  }
});
