import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { withConnection } from "@/lib/db/connect";
import { readOwnEngagements } from "@/lib/services/account/own-engagements";
import { readMe } from "@/lib/services/account/read-me";
import { readWorkbook } from "@/lib/services/disposition/read-workbook";
import { createEngagement } from "@/lib/services/engagement/create-engagement";
import { readEngagements } from "@/lib/services/engagement/list-engagements";
import { saveScope } from "@/lib/services/scope/save-scope";
import { addRow, makeEngagement, openSheet, sign, submitSheet } from "@/test/engagement";
import { inStance } from "@/test/in-stance";
import { type Person, World } from "@/test/world";

let world: World;
let engagementId = "";
beforeAll(async () => {
  world = await World.make();
  engagementId = await makeEngagement(world);
});
afterAll(() => world.close());

const SETTINGS = {
  ...{ periodStart: "2026-01-01", periodEnd: "2026-12-31", dueOn: "2027-01-31", internalReview: false },
  ...{ standardVersion: "4.0.1", assessmentType: "ROC" as const },
};
const NOTHING = {
  ...{ total: 0, settled: 0, waitingForEntity: 0, waitingForAssessor: 0, undecided: 0, brokenSignOffs: 0 },
};

/** Makes engagements of the entity, one a minute. */
async function makeMany(names: readonly string[], standardVersion: "4.0.1" | "3.2.1" = "4.0.1"): Promise<void> {
  for (const name of names) {
    world.pass({ minutes: 1 });
    await createEngagement(await world.as("admin"), { ...SETTINGS, standardVersion, name });
  }
}

async function listed(person: Person, query = {}) {
  return readEngagements(await world.as(person), { limit: 50, ...query });
}

async function progressFor(person: Person) {
  return (await listed(person)).items.find(({ id }) => id === engagementId)?.progress;
}

/** Does something to the stored rows that no service does. */
async function behindTheBack(statement: string): Promise<void> {
  await world.behind.prisma.$transaction([
    world.behind.prisma.$executeRawUnsafe("SET LOCAL session_replication_role = replica"),
    world.behind.prisma.$executeRawUnsafe(statement),
  ]);
}

it("says of each workbook what the workbook says itself, and nothing to those who may not read it", async () => {
  const lead = await world.as("lead");
  const answers = { keyOptions: ["byok-workstation" as const], usesSdk: true };
  await saveScope(lead, engagementId, { version: 0, answers });
  await addRow(world, engagementId, "1.2.1");
  await openSheet(world, engagementId, "8.3.6");
  const signed = await submitSheet(world, engagementId, "8.3.4");
  const same = async () => {
    const { progress } = await readWorkbook(await world.as("lead"), engagementId);
    for (const person of ["lead", "observer", "qsa"] as const) expect(await progressFor(person)).toEqual(progress);
    for (const person of ["admin", "firmAdmin"] as const) expect(await progressFor(person)).toEqual(NOTHING);
    return progress;
  };
  expect(await same()).toMatchObject({ settled: 0, waitingForAssessor: 1, brokenSignOffs: 0 });
  await sign(world, signed);
  const before = await same();
  expect(before).toMatchObject({ settled: 1, brokenSignOffs: 0 });
  expect(before.total).toBeGreaterThan(3);

  // Rows that the scope brought go with what triggered them, as long as nobody has touched them.
  await saveScope(await world.as("lead"), engagementId, {
    version: 1,
    answers: { ...answers, keyOptions: ["aws-owned"] },
  });
  expect((await same()).total).toBeLessThan(before.total);
  // What was derived of a signature does not outlive what it was derived from.
  await behindTheBack(`UPDATE section SET narrative = '[]' WHERE worksheet_id = '${signed}' AND key = 'objective'`);
  expect(await same()).toMatchObject({ brokenSignOffs: 1 });
});

it("is told by the database of no workbook in which the person has no role, whatever is asked", async () => {
  const told = (person: Person, company: "entity" | "firm") =>
    withConnection(world.stored.adminUrl, (sql) => {
      const who = { userId: world.userId(person), organisationId: world.organisationId(company) };
      return inStance(sql, { kind: "scoped", ...who }, async () => {
        const { rowCount } = await sql.query("SELECT * FROM workbook_figures($1::uuid[])", [[engagementId]]);
        const { rows } = await sql.query("SELECT id FROM disposition");
        return [rowCount, rows.length];
      });
    });
  expect(await told("lead", "entity")).toEqual([1, 0]);
  expect(await told("qsa", "firm")).toEqual([1, 0]);
  for (const person of ["admin", "firmAdmin"] as const) {
    expect(await told(person, person === "admin" ? "entity" : "firm")).toEqual([0, 0]);
  }
});

it("goes through the list in pages, the newest first, and searches in all of it", async () => {
  await makeMany(["Shops 2024", "Shops 2025"], "3.2.1");
  await makeMany(["Warehouse 2026", "Shops 2026"]);
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listed("admin", { limit: 2, cursor });
    expect(page.items.length).toBeLessThanOrEqual(2);
    seen.push(...page.items.map(({ name }) => name));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  expect(seen).toEqual(["Shops 2026", "Warehouse 2026", "Shops 2025", "Shops 2024", "Assessment 2026"]);

  const named = async (person: Person, query: object) => (await listed(person, query)).items.map(({ name }) => name);
  expect(await named("admin", { q: "shops", limit: 1 })).toEqual(["Shops 2026"]);
  expect(await named("admin", { q: " SHOPS 20", version: "3.2.1" })).toEqual(["Shops 2025", "Shops 2024"]);
  expect(await named("admin", { q: "ledgerline" })).toEqual(["Assessment 2026"]);
  expect(await named("admin", { q: "100%" })).toEqual([]);
  // A search finds nothing of others.
  expect(await named("lead", { q: "shops" })).toEqual([]);
  expect(await named("stranger", {})).toEqual([]);
  await expect(listed("admin", { cursor: "tomorrow" })).rejects.toMatchObject({ code: "malformed" });
});

it("sends the newest twenty with the person, and all others in pages", async () => {
  await makeMany(Array.from({ length: 18 }, (_, n) => `Branch ${n + 1}`));
  const admin = await world.as("admin");
  const me = await readMe(admin);
  expect([me.engagements.length, me.moreEngagements]).toEqual([20, true]);
  expect(me.engagements[0]).toMatchObject({ name: "Branch 18", roles: ["lead"] });
  const first = await readOwnEngagements(admin, { limit: 20 });
  expect(first.items).toEqual(me.engagements);
  const rest = await readOwnEngagements(admin, { limit: 20, cursor: first.nextCursor ?? "" });
  expect(rest.items.map(({ name }) => name)).toEqual(["Shops 2025", "Shops 2024"]);
  expect(rest.nextCursor).toBeNull();
  expect((await readOwnEngagements(admin, { limit: 20, q: "shops 2024" })).items).toHaveLength(1);
  expect(await readMe(await world.as("lead"))).toMatchObject({ engagements: [{}], moreEngagements: false });
});

/** How many statements a list costs that was read before, and how many it shows. */
async function costOf(person: Person, limit = 20) {
  const context = await world.as(person);
  const read = () => readEngagements(context, { limit });
  await read();
  const asked = vi.spyOn(pg.Client.prototype, "query");
  const { items } = await read();
  const count = asked.mock.calls.length;
  asked.mockRestore();
  return { items: items.length, count };
}

it("asks no more of the database for many engagements than for one, and once more for twenty others", async () => {
  const one = await costOf("lead");
  expect(one.items).toBe(1);
  expect(await costOf("admin")).toEqual({ items: 20, count: one.count });
  expect(await costOf("admin", 50)).toEqual({ items: 23, count: one.count + 1 });
});

it("asks no more where somebody sees one of many", async () => {
  const names = (await listed("admin")).items.map(({ name, id }) => ({ name, id }));
  // Beside an assessor company an ISA decides nothing, and has nothing to see.
  const [entity, isa, firm] = [world.organisationId("entity"), world.userId("isa"), world.organisationId("firm")];
  for (const { id } of names.filter(({ name }) => name !== "Shops 2024")) {
    await behindTheBack(`UPDATE engagement SET assessor_organisation_id = '${firm}' WHERE id = '${id}'`);
  }
  for (const { id } of names) {
    await behindTheBack(`INSERT INTO engagement_member (id, engagement_id, organisation_id, user_id, role)
      VALUES (gen_random_uuid(), '${id}', '${entity}', '${isa}', 'isa')`);
  }
  expect((await listed("isa")).items.map(({ name }) => name)).toEqual(["Shops 2024"]);
  expect(await costOf("isa", 1)).toEqual(await costOf("isa", 50));
});

it("knows a document again by a mark that tells apart whatever a signature goes by", async () => {
  const blob = randomUUID();
  const [entity, at] = [world.organisationId("entity"), "2026-01-01T10:00:00Z"];
  const mark = async (change: string) => {
    await behindTheBack(change);
    const who = { kind: "scoped", userId: world.userId("lead"), organisationId: entity } as const;
    const { rows } = await withConnection(world.stored.adminUrl, (sql) =>
      inStance(sql, who, () => sql.query("SELECT signed FROM workbook_figures($1::uuid[])", [[engagementId]])),
    );
    return String(rows[0].signed[0].mark);
  };
  const set = (columns: string) => mark(`UPDATE blob SET ${columns} WHERE id = '${blob}'`);
  const marks = [
    await mark("SELECT 1"),
    await mark(`INSERT INTO blob (id, engagement_id, organisation_id, sha256, size, type, key, stored_at, scan)
      VALUES ('${blob}', '${engagementId}', '${entity}', '${"a".repeat(64)}', 1, 'text/plain', 'x', now(), 'off')`),
    await set(`damaged_at = '${at}'`),
    await set(`damaged_at = NULL, removed_at = '${at}'`),
  ];
  expect(new Set(marks).size).toBe(4);
  expect(await set("removed_at = NULL")).toBe(marks[1]);
});

it("shows a token that is limited to some engagements those alone", async () => {
  const admin = await world.as("admin");
  const ids = (await readOwnEngagements(admin, { limit: 50 })).items.map(({ id }) => id);
  const reached = ids.slice(-2);
  const token = { id: engagementId, scope: "read" as const, engagementIds: reached };
  const program = { ...admin, actor: { ...admin.actor, token } };
  const idsOf = ({ items }: { readonly items: readonly { readonly id: string }[] }) => items.map(({ id }) => id);
  expect(idsOf(await readOwnEngagements(program, { limit: 50 }))).toEqual(reached);
  expect(idsOf({ items: (await readMe(program)).engagements })).toEqual(reached);
  expect(idsOf(await readEngagements(program, { limit: 1 }))).toEqual(reached.slice(0, 1));
  expect((await readEngagements(program, { limit: 50 })).items).toHaveLength(2);
});
