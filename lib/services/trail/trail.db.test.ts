import type pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { organisationLog } from "@/lib/auth/events";
import { withConnection } from "@/lib/db/connect";
import { decideDisposition } from "@/lib/services/disposition/decide-disposition";
import { readWorkbook } from "@/lib/services/disposition/read-workbook";
import { invitePerson } from "@/lib/services/organisation/invite-person";
import { openThread } from "@/lib/services/review/open-thread";
import { signOff } from "@/lib/services/review/sign-off";
import { readEngagementTrail, readOrganisationTrail, readTrailEngagements } from "@/lib/services/trail/read-trail";
import { verifyEngagementTrail, verifyOrganisationTrail } from "@/lib/services/trail/verify-trail";
import { getWorksheet } from "@/lib/services/worksheet/get-worksheet";
import { addRow, makeEngagement, submitSheet } from "@/test/engagement";
import { inStance } from "@/test/in-stance";
import { ADDRESS, type Person, World } from "@/test/world";

let world: World;
let engagementId = "";
let sheet = "";
let row = "";
beforeAll(async () => {
  world = await World.make();
  engagementId = await makeEngagement(world);
  world.pass({ days: 1 });
  sheet = await submitSheet(world, engagementId, "8.3.4");
  row = await addRow(world, engagementId, "8.3.6");
});
afterAll(() => world.close());

describe("a denial", () => {
  const HERE = "00000000-0000-4000-8000-000000000000";
  it.each<[string, Person, "entity" | "firm" | "elsewhere", (person: Person) => Promise<unknown>]>([
    ["of a role", "observer", "entity", async (by) => getWorksheet(await world.as(by), sheet)],
    ["of the other company", "qsa", "firm", async (by) => decideDisposition(await world.as(by), row, { version: 1 })],
    ["of a stranger", "stranger", "elsewhere", async (by) => getWorksheet(await world.as(by), sheet)],
    ["of an id that nobody has", "stranger", "elsewhere", async (by) => getWorksheet(await world.as(by), HERE)],
    ["of a list", "stranger", "elsewhere", async (by) => readWorkbook(await world.as(by), engagementId)],
    [
      "for want of the password",
      "qsa",
      "firm",
      async (by) => signOff(await world.as(by), sheet, { kind: "refuse", digest: "", reason: "No." }),
    ],
    [
      "in one's own organisation",
      "lead",
      "entity",
      async (by) => invitePerson(await world.as(by), { email: "x@entity.example", name: "X", role: "admin" }),
    ],
  ])("%s changes nothing and leaves one event on the chain of whoever asked", async (_, person, chain, attempt) => {
    await world.as(person);
    const left = await world.eventsOf(async () => {
      await expect(attempt(person)).rejects.toMatchObject({ code: /^(forbidden|not_found|step_up_required)$/ });
    });
    expect(left).toMatchObject([
      { action: "access.denied", chain, by: person, changes: [], origin: { address: ADDRESS } },
    ]);
  });

  it("is not what a mistake is", async () => {
    const lead = await world.as("lead");
    const left = await world.eventsOf(async () => {
      const empty = decideDisposition(lead, row, { version: 1, disposition: "met" });
      await expect(empty).rejects.toMatchObject({ code: "invalid" });
      await expect(decideDisposition(lead, row, { version: 9 })).rejects.toMatchObject({ code: "stale" });
    });
    expect(left).toEqual([]);
  });
});

describe("the database", () => {
  const scoped = () => ({
    kind: "scoped" as const,
    userId: world.userId("lead"),
    organisationId: world.organisationId("entity"),
    engagementId,
  });
  const asApp = <T>(work: (client: pg.Client) => Promise<T>) =>
    withConnection(world.stored.appUrl, (client) => inStance(client, scoped(), () => work(client), "COMMIT"));
  /** Somebody for whom row-level security does not hold. */
  const asSuperuser = <T>(work: (client: pg.Client) => Promise<T>) => withConnection(world.stored.adminUrl, work);
  const change = () => `UPDATE disposition SET note = 'unseen' WHERE id = '${row}'`;

  it("refuses a change that no event of the same transaction tells the state of", async () => {
    const refused = { code: "CV002" };
    await expect(asApp((client) => client.query(change()))).rejects.toMatchObject(refused);
    await expect(asSuperuser((client) => client.query(change()))).rejects.toMatchObject(refused);
    const log = organisationLog(world.organisationId("entity"));
    const append = (client: pg.Client, tx: string, changes: unknown) => {
      const payload = JSON.stringify({ v: 1, at: world.now.toISOString(), action: "disposition.decided", tx, changes });
      return client.query("SELECT audit_append($1, $2)", [log, payload]);
    };
    type Told = { table: string; id: string; number?: number; state?: string | null };
    const states = async (client: pg.Client) =>
      (await client.query<Told>("SELECT table_name AS table, row_id AS id, number, state FROM audit_states()")).rows;
    const changeWith = (token: string, tell: ((pending: Told) => Told) | null, after = "") =>
      asApp(async (client) => {
        await client.query("SELECT set_config('countervail.tx_token', $1, true)", [token]);
        await client.query(change());
        const [pending] = await states(client);
        if (tell && pending) await append(client, token, [tell(pending)]);
        if (after) await client.query(after);
      });
    const fresh = () => crypto.randomUUID();
    const { payload, txToken } = await world.behind.prisma.auditEvent.findFirstOrThrow({
      where: { action: "disposition.added", engagementId, payload: { contains: row } },
    });
    const [earlier] = (JSON.parse(payload) as { changes: Told[] }).changes.filter(({ id }) => id === row);
    if (!earlier) throw new Error("The event does not name the row.");
    const cases: readonly [string, () => Promise<unknown>][] = [
      ["without a state", () => changeWith(fresh(), ({ table, id }) => ({ table, id }))],
      ["with the state of before", () => changeWith(fresh(), () => earlier)],
      ["as deleted", () => changeWith(fresh(), (pending) => ({ ...pending, state: null }))],
      ["with a number of before", () => changeWith(fresh(), (pending) => ({ ...pending, number: 1 }))],
      ["about another row", () => changeWith(fresh(), () => ({ table: "disposition", id: sheet }))],
      ["about another row with its state", () => changeWith(fresh(), (pending) => ({ ...pending, id: sheet }))],
      ["before a further change", () => changeWith(fresh(), (pending) => pending, `${change()} RETURNING id`)],
      [
        "before a deletion",
        () =>
          asSuperuser(async (client) => {
            await client.query("BEGIN");
            await client.query("SELECT set_config('countervail.tx_token', $1, true)", [
              "33333333-3333-4333-8333-333333333333",
            ]);
            await client.query(change());
            await append(client, "33333333-3333-4333-8333-333333333333", await states(client));
            await client.query(`DELETE FROM disposition WHERE id = '${row}'`);
            await client.query("COMMIT");
          }),
      ],
      // An event of an earlier transaction does not cover a later change, whether or not its token is used again.
      ["with the token of another transaction, and none of its own", () => changeWith(txToken, null)],
      ["with the token of another transaction", () => changeWith(txToken, (pending) => pending)],
    ];
    for (const [what, attempt] of cases) await expect(attempt(), what).rejects.toMatchObject(refused);
    const token = "11111111-1111-4111-8111-111111111111";
    await changeWith(token, (pending) => pending);
    await expect(changeWith(token, null)).rejects.toMatchObject(refused);
    // A token that was exchanged in the midst of a transaction hides no change of before.
    await expect(
      asApp(async (client) => {
        await client.query("SELECT set_config('countervail.tx_token', $1, true)", [fresh()]);
        await client.query(change());
        await client.query("SELECT set_config('countervail.tx_token', $1, true)", [fresh()]);
      }),
    ).rejects.toMatchObject(refused);
    expect(await world.behind.prisma.auditPending.count()).toBe(0);
  });

  it("refuses to change or forget what happened, and what was frozen", async () => {
    const denied = { code: "42501" };
    const asOwner = <T>(work: (client: pg.Client) => Promise<T>) => withConnection(world.stored.ownerUrl, work);
    const attempts = ["UPDATE audit_event SET payload = '{}'", "DELETE FROM audit_event", "TRUNCATE audit_event"];
    attempts.push("DELETE FROM audit_change");
    for (const sql of attempts) {
      await expect(
        asApp((client) => client.query(sql)),
        sql,
      ).rejects.toMatchObject(denied);
      await expect(
        asOwner((client) => client.query(sql)),
        sql,
      ).rejects.toMatchObject(denied);
      await expect(
        asSuperuser((client) => client.query(sql)),
        sql,
      ).rejects.toMatchObject(denied);
    }
    await expect(asApp((client) => client.query("UPDATE audit_head SET size = 0"))).rejects.toMatchObject(denied);
    const byHand = "INSERT INTO audit_event SELECT * FROM audit_event LIMIT 1";
    await expect(asApp((client) => client.query(byHand))).rejects.toMatchObject(denied);

    const rewrite = "UPDATE revision SET content = replace(content, 'five', 'six')";
    await expect(asApp((client) => client.query(rewrite))).rejects.toMatchObject(denied);
    await expect(asSuperuser((client) => client.query(rewrite))).rejects.toMatchObject({ code: "CV003" });
    const sealed = "UPDATE revision SET digest = encode(sha256('x'), 'hex')";
    await expect(asSuperuser((client) => client.query(sealed))).rejects.toMatchObject({ code: "CV003" });
    const copy = `INSERT INTO revision SELECT gen_random_uuid(), engagement_id, organisation_id, worksheet_id, 99, 'x',
      digest, catalogue_version, acting_user(), submitted_at, NULL FROM revision`;
    await expect(asApp((client) => client.query(copy))).rejects.toMatchObject({ code: "CV003" });
    await expect(asApp((client) => client.query("DELETE FROM revision"))).rejects.toMatchObject(denied);
    await expect(asSuperuser((client) => client.query("DELETE FROM revision"))).rejects.toMatchObject({
      code: "CV002",
    });
  });
});

describe("the chain", () => {
  it("verifies, and names the place where somebody who owns the server has been at it", async () => {
    const logId = organisationLog(world.organisationId("entity"));
    const verify = async () => verifyEngagementTrail(await world.as("lead"), engagementId);
    const whole = await verify();
    const counted = await world.behind.prisma.auditHead.findUniqueOrThrow({ where: { logId } });
    const nothing = { archived: 0, problem: null, checkpoint: null, gaps: [] };
    expect(whole).toEqual({ events: Number(counted.size), holds: true, ...nothing });
    // Read a few events at a time while others are appended, it comes to the same.
    const lead = await world.as("lead");
    const reads = Array.from({ length: 4 }, () => readEngagementTrail(lead, engagementId, { limit: 1 }));
    const [growing] = await Promise.all([verifyEngagementTrail(lead, engagementId, 3), ...reads]);
    expect(growing).toMatchObject({ holds: true, problem: null });
    expect(growing.events).toBeGreaterThanOrEqual(whole.events);
    const own = await verifyOrganisationTrail(await world.as("firmAdmin"));
    expect(own).toMatchObject({ holds: true, events: expect.any(Number) });

    const { size } = await world.behind.prisma.auditHead.findUniqueOrThrow({ where: { logId } });
    await withConnection(world.stored.adminUrl, async (client) => {
      await client.query("SET session_replication_role = replica");
      const keep = async (table: string) => client.query(`CREATE TEMP TABLE kept_${table} AS SELECT * FROM ${table}`);
      await keep("audit_event");
      await keep("audit_head");
      const restore = async (table: string) => {
        await client.query(`DELETE FROM ${table}`);
        await client.query(`INSERT INTO ${table} SELECT * FROM kept_${table}`);
      };
      const rehash = `entry_hash = sha256('\\x00'::bytea || int8send(seq) || prev_hash || sha256(convert_to('{}', 'UTF8')))`;
      const genesis = `sha256(convert_to('COUNTERVAIL-AUDIT-GENESIS:${logId}', 'UTF8'))`;
      const attacks = [
        ["UPDATE audit_event SET payload = '{}' WHERE seq = 5", "The content of event 5 is not what was recorded."],
        [`UPDATE audit_event SET payload = '{}', ${rehash} WHERE seq = 5`, "Event 6 does not follow"],
        ["DELETE FROM audit_event WHERE seq = 5", "Event 5 is missing"],
        [`DELETE FROM audit_event WHERE seq = ${size - 1n}`, "The trail should have"],
        ["UPDATE audit_event SET seq = -seq - 1 WHERE seq IN (0, 1)", "Event 0 is missing"],
        ["UPDATE audit_head SET head = sha256('x')", "The last event is not the one"],
        [`UPDATE audit_head SET size = 0, head = ${genesis}`, `The trail should have 0 events and has ${size}`],
        ["DELETE FROM audit_head", `There are ${size} events, and no record of where the trail ends`],
      ] as const;
      for (const [sql, problem] of attacks) {
        await client.query(`${sql}${sql.includes("WHERE") ? " AND" : " WHERE"} log_id = '${logId}'`);
        expect(await verify(), sql).toMatchObject({ holds: false, problem: expect.stringContaining(problem) });
        await restore("audit_event");
        await restore("audit_head");
      }
    });
    expect(await verify()).toMatchObject({ holds: true });
  });
});

describe("the trail's page", () => {
  const read = async (by: Person, query: Partial<Parameters<typeof readEngagementTrail>[2]> = {}) =>
    readEngagementTrail(await world.as(by), engagementId, { limit: 200, ...query });

  it("lists the newest first and goes on where the page before ended, whatever happens meanwhile", async () => {
    const all = (await read("lead")).items;
    expect(all.map(({ seq }) => seq)).toEqual(all.map(({ seq }) => seq).sort((a, b) => b - a));
    const pages: number[][] = [];
    let cursor: string | undefined;
    do {
      const page = await read("qsa", { limit: 7, cursor });
      pages.push(page.items.map(({ seq }) => seq));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(pages.slice(0, -1).every((page) => page.length === 7)).toBe(true);
    // The two views before the first of these pages are events themselves.
    expect(pages.flat().slice(1)).toEqual(all.map(({ seq }) => seq));
    await expect(read("lead", { cursor: "1; DROP TABLE" })).rejects.toMatchObject({ code: "malformed" });
  });

  it("says who did what to which worksheet, and finds it by each of them and by day", async () => {
    const submitted = await read("lead", { action: "worksheet.submitted" });
    expect(submitted.items).toMatchObject([
      { actor: { id: world.userId("lead") }, sentence: expect.stringMatching(/submitted revision 1 for 8\.3\.4\.$/) },
    ]);
    const byContributor = await read("lead", { actorId: world.userId("contributor") });
    expect(new Set(byContributor.items.map(({ action }) => action))).toEqual(
      new Set(["section.saved", "evidence.added"]),
    );
    const ofSheet = await read("lead", { worksheetId: sheet });
    expect(ofSheet.items.length).toBeGreaterThan(7);
    expect(ofSheet.items.every((event) => event.worksheetId === sheet)).toBe(true);
    const first = await read("lead", { to: "2026-11-24" });
    expect(first.items.at(-1)?.action).toBe("engagement.created");
    expect(first.items.every(({ at }) => at < "2026-11-25")).toBe(true);
    const second = await read("lead", { from: "2026-11-25", to: "2026-11-25" });
    expect(second.items.some(({ action }) => action === "worksheet.opened")).toBe(true);
    expect(second.items.every(({ at }) => at > "2026-11-25")).toBe(true);
    expect((await read("lead", { from: "2026-11-26" })).items).toEqual([]);
    expect((await read("lead", { action: "no.such" })).items).toEqual([]);
    expect((await read("lead")).items.some(({ action }) => action.startsWith("session."))).toBe(false);
  });

  it("tells network addresses to the administrators of an organisation, and nobody else in an engagement", async () => {
    const events = (await readOrganisationTrail(await world.as("admin"), { limit: 200 })).items;
    const told = events.find(({ action }) => action === "session.started");
    expect(told).toMatchObject({
      detail: { origin: { address: ADDRESS } },
      facts: expect.arrayContaining([{ term: "Network address", before: null, after: ADDRESS }]),
    });
    for (const person of ["lead", "qsa", "admin"] as const) {
      expect(JSON.stringify((await read(person)).items), person).not.toContain(ADDRESS);
    }
  });

  it("is for the lead, the reviewer, the administrator and the deciding side; each company's own is its admin's", async () => {
    for (const person of ["reviewer", "admin", "assistant"] as const) {
      expect((await read(person)).items.length).toBeGreaterThan(10);
    }
    for (const person of ["contributor", "observer", "firmAdmin"] as const) {
      await expect(read(person), person).rejects.toMatchObject({ code: "forbidden" });
      await expect(verifyEngagementTrail(await world.as(person), engagementId), person).rejects.toMatchObject({
        code: "forbidden",
      });
    }
    await expect(read("stranger")).rejects.toMatchObject({ code: "not_found" });
    const note = { section: null, itemId: null, visibility: "private", body: "Ours." } as const;
    await openThread(await world.as("qsa"), sheet, note);
    const query = { limit: 200 };
    const own = (await readOrganisationTrail(await world.as("firmAdmin"), query)).items;
    expect(own.some(({ action }) => action === "thread.opened")).toBe(true);
    expect(own.some(({ action }) => action === "worksheet.submitted")).toBe(false);
    const admin = await world.as("admin");
    expect((await readTrailEngagements(admin)).map(({ id }) => id)).toContain(engagementId);
    expect(await readTrailEngagements(await world.as("stranger"))).toEqual([]);
    const ofOne = (await readOrganisationTrail(admin, { ...query, engagementId })).items.map(({ action }) => action);
    expect(ofOne).toContain("worksheet.submitted");
    expect(ofOne.some((action) => action.startsWith("session."))).toBe(false);
    expect((await readOrganisationTrail(admin, { ...query, engagementId: sheet })).items).toEqual([]);
    const elsewhere = (await readOrganisationTrail(await world.as("stranger"), query)).items;
    expect(new Set(elsewhere.map(({ actor }) => actor?.id))).toEqual(new Set([world.userId("stranger")]));
    await expect(readOrganisationTrail(await world.as("lead"), query)).rejects.toMatchObject({ code: "forbidden" });
  });
});
