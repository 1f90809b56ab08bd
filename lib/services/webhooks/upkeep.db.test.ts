import { createHash } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { withConnection } from "@/lib/db/connect";
import { setThreadState } from "@/lib/services/review/answer-thread";
import { openThread } from "@/lib/services/review/open-thread";
import {
  changeWebhook,
  listWebhooks,
  makeWebhook,
  readWebhook,
  removeWebhook,
  rotateWebhookSecret,
} from "@/lib/services/webhooks/manage-webhooks";
import { signedHeaders } from "@/lib/services/webhooks/sign-message";
import { listWebhookDeliveries, replayWebhook, testWebhook } from "@/lib/services/webhooks/webhook-deliveries";
import { makeEngagement, openSheet } from "@/test/engagement";
import { whileHeld } from "@/test/held";
import { type Received, WebhookReceiver } from "@/test/webhook-receiver";
import { hookOf, putMessages, WebhookWorker } from "@/test/webhook-worker";
import { World } from "@/test/world";

let world: World;
let worker: WebhookWorker;
let receiver: WebhookReceiver;
let engagementId = "";
beforeAll(async () => {
  world = await World.make(new Date().toISOString());
  worker = new WebhookWorker(world);
  engagementId = await makeEngagement(world);
});
afterAll(async () => {
  await worker.close();
  await world.close();
});
beforeEach(async () => {
  receiver = await WebhookReceiver.start();
});
afterEach(async () => {
  worker.mails.length = 0;
  for (const { id } of (await listWebhooks(await world.as("admin"))).items) {
    await removeWebhook(await world.steppedUp("admin"), id);
  }
  world.pass({ minutes: 6 });
  await worker.sweep();
  await receiver.close();
});

const hook = () => hookOf(world, "admin", receiver.url);
const shown = async (id: string) => (await listWebhookDeliveries(await world.as("admin"), id, { limit: 50 })).items;
const stored = (endpointId: string) => world.behind.prisma.webhookMessage.count({ where: { endpointId } });
const rowOf = (id: string) => world.behind.prisma.webhookEndpoint.findUnique({ where: { id } });
const change = async (
  id: string,
  more: { readonly isOn?: boolean; readonly url?: string; readonly version?: number },
) => {
  const {
    url,
    description,
    eventTypes,
    engagementId: limit,
    isOn,
    version,
  } = await readWebhook(await world.as("admin"), id);
  const input = { url, description, eventTypes: [...eventTypes], engagementId: limit, isOn, version, ...more };
  return changeWebhook(await world.steppedUp("admin"), id, input);
};

it("shows a removed webhook to nobody and sends it nothing, and deletes what it was told and then its row", async () => {
  const { id } = await hook();
  await putMessages(
    world,
    id,
    Array.from({ length: 1_200 }, (_, index) => `of-${index}`),
  );
  await testWebhook(await world.steppedUp("admin"), id);
  const removed = await world.eventsOf(async () => removeWebhook(await world.steppedUp("admin"), id));
  expect(removed.filter(({ action }) => action === "webhook.removed")).toMatchObject([
    { by: "admin", detail: { webhookId: id } },
  ]);
  // With its secrets at once, and with its history later.
  expect(await rowOf(id)).toMatchObject({ secret: "", isOn: false });
  expect(await stored(id)).toBe(1_201);
  const person = await world.steppedUp("admin");
  expect((await listWebhooks(person)).items).toEqual([]);
  const notFound = { code: "not_found" };
  await expect(readWebhook(person, id)).rejects.toMatchObject(notFound);
  await expect(shown(id)).rejects.toMatchObject(notFound);
  await expect(testWebhook(person, id)).rejects.toMatchObject(notFound);
  await expect(removeWebhook(person, id)).rejects.toMatchObject(notFound);
  await expect(rotateWebhookSecret(person, id)).rejects.toMatchObject(notFound);
  await expect(replayWebhook(person, id, { since: "2026-01-01T00:00:00Z" })).rejects.toMatchObject(notFound);

  await openSheet(world, engagementId, "8.3.4");
  await worker.deliver();
  expect(receiver.received).toEqual([]);
  expect(await stored(id)).toBe(1_201);

  await worker.sweep();
  expect(await stored(id)).toBe(0);
  // Whoever saves by another machine's clock may still be at it.
  world.pass({ minutes: 3 });
  await worker.sweep();
  expect(await rowOf(id)).not.toBeNull();
  world.pass({ minutes: 3 });
  const swept = await world.eventsOf(() => worker.sweep());
  expect(swept.map(({ action, chain, by, detail }) => [action, chain, by, detail])).toEqual([
    ["webhook.erased", "entity", null, { webhookId: id }],
  ]);
  expect(await rowOf(id)).toBeNull();
  expect(await world.eventsOf(() => worker.sweep())).toEqual([]);
});

it("is removed without holding up who saves at that moment, and without waiting for them", async () => {
  const { id } = await hook();
  const chain = `countervail-audit:org:${world.organisationId("entity")}`;
  // A save has its chain, and puts what it tells in line while the removal waits for the same chain.
  const admin = await world.steppedUp("admin");
  let removing: Promise<void> | undefined;
  await whileHeld(
    world,
    async (db) => {
      await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${chain}, 0))`;
      await db.$executeRaw`SET LOCAL lock_timeout = '1s'`;
      removing = removeWebhook(admin, id);
      await untilOneWaits();
      await db.$executeRaw`SELECT id FROM webhook_endpoint WHERE id = ${id}::uuid FOR KEY SHARE`;
    },
    async () => undefined,
  );
  await removing;
  await expect(readWebhook(admin, id)).rejects.toMatchObject({ code: "not_found" });

  // And the other way round: what a save holds of the row does not stop a removal.
  const other = await hook();
  await whileHeld(
    world,
    (db) => db.$executeRaw`SELECT id FROM webhook_endpoint WHERE id = ${other.id}::uuid FOR KEY SHARE`,
    async () => removeWebhook(await world.steppedUp("admin"), other.id),
  );
  expect((await rowOf(other.id))?.removedAt).not.toBeNull();
});

/** Resolves once somebody waits for a lock. */
async function untilOneWaits(): Promise<void> {
  const asked = () => world.behind.prisma.$queryRaw<object[]>`SELECT FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  const until = performance.now() + 20_000;
  while ((await asked()).length === 0) expect(performance.now()).toBeLessThan(until);
}

it("deletes what a removed webhook was told around what somebody is at", async () => {
  const { id } = await hook();
  await putMessages(world, id, ["a", "b", "c"]);
  await removeWebhook(await world.steppedUp("admin"), id);
  world.pass({ minutes: 6 });
  await whileHeld(
    world,
    (db) => db.$executeRaw`SELECT id FROM webhook_message WHERE endpoint_id = ${id}::uuid AND subject = 'b' FOR UPDATE`,
    () => worker.sweep(),
  );
  expect(await stored(id)).toBe(1);
  expect(await rowOf(id)).not.toBeNull();
  await worker.sweep();
  expect(await rowOf(id)).toBeNull();
});

/** Two webhooks that were removed long enough ago, in the order in which they are swept. */
async function twoRemoved(): Promise<[string, string]> {
  const [one = "", other = ""] = [(await hook()).id, (await hook()).id].sort();
  for (const id of [one, other]) await removeWebhook(await world.steppedUp("admin"), id);
  world.pass({ minutes: 6 });
  return [one, other];
}

it("erases other removed webhooks when one fails, and old messages too, and that one once it can", async () => {
  const kept = await hook();
  const past = new Date(world.now.getTime() - 31 * 24 * 3_600_000);
  await putMessages(world, kept.id, ["old"], { at: past });
  await world.behind.prisma.webhookMessage.updateMany({ where: { endpointId: kept.id }, data: { state: "delivered" } });
  const [fails, other] = await twoRemoved();
  const behind = (sql: string) => withConnection(world.stored.adminUrl, (client) => client.query(sql));
  await behind(`CREATE FUNCTION always_fails() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'not this one'; END $$;
    CREATE TRIGGER always_fails BEFORE DELETE ON webhook_endpoint FOR EACH ROW WHEN (OLD.id = '${fails}')
    EXECUTE FUNCTION always_fails()`);
  try {
    await worker.sweep();
    expect(await rowOf(fails)).not.toBeNull();
    expect(await rowOf(other)).toBeNull();
    expect(await stored(kept.id)).toBe(0);
  } finally {
    await behind("DROP FUNCTION always_fails CASCADE");
  }
  await worker.sweep();
  expect(await rowOf(fails)).toBeNull();
});

it("deletes after a month what is in line for a webhook that is off, and not what waits for one that is on", async () => {
  const { id } = await hook();
  const past = new Date(world.now.getTime() - 31 * 24 * 3_600_000);
  await change(id, { isOn: false });
  // It came in line as the webhook was switched off, by a save that had seen it on.
  await putMessages(world, id, ["late"], { at: past });
  const other = await hook();
  await putMessages(world, other.id, ["waits"], { at: past });
  await worker.sweep();
  expect([await stored(id), await stored(other.id)]).toEqual([0, 1]);
});

it("erases removed webhooks however many there are", async () => {
  await whileHeld(
    world,
    (
      db,
    ) => db.$executeRaw`INSERT INTO webhook_endpoint (id, organisation_id, url, description, is_on, off_reason, on_since,
        secret, created_by_id, created_at, removed_at)
      SELECT gen_random_uuid(), ${world.organisationId("entity")}::uuid, 'https://hooks.example.com', '', false, 'person', d.at,
        '', ${world.userId("admin")}::uuid, d.at, d.at
      FROM generate_series(1, 101), (SELECT ${world.now}::timestamptz - interval '1 hour' AS at) d`,
    async () => undefined,
  );
  const removed = () => world.behind.prisma.webhookEndpoint.count({ where: { removedAt: { not: null } } });
  expect(await removed()).toBe(101);
  await worker.sweep();
  expect(await removed()).toBe(0);
});

it("goes on with no other webhook once the worker is to stop", async () => {
  const [first, second] = await twoRemoved();
  const ending = new AbortController();
  let sweeping: Promise<void> | undefined;
  await whileHeld(
    world,
    (db) => db.$executeRaw`SELECT id FROM webhook_endpoint WHERE id = ${first}::uuid FOR KEY SHARE`,
    async ({ waiting }) => {
      sweeping = worker.sweep(ending.signal);
      await waiting(1);
      ending.abort();
    },
  );
  await sweeping;
  expect(await rowOf(first)).toBeNull();
  expect(await rowOf(second)).not.toBeNull();
});

it("switches a webhook off whose secret cannot be opened, says so, and works again once it is replaced", async () => {
  const { id } = await hook();
  const since = world.now.toISOString();
  await whileHeld(
    world,
    // Another place's seal does not open here.
    (db) =>
      db.$executeRaw`UPDATE webhook_endpoint SET secret = (SELECT secret FROM totp_factor LIMIT 1) WHERE id = ${id}::uuid`,
    async () => undefined,
  );
  await openSheet(world, engagementId, "8.3.5");
  const left = await world.eventsOf(() => worker.deliver());
  expect(left).toMatchObject([
    { action: "webhook.switched_off", chain: "entity", by: null, detail: { webhookId: id, reason: "secret" } },
  ]);
  expect(await readWebhook(await world.as("admin"), id)).toMatchObject({
    isOn: false,
    offReason: "secret",
    waiting: 0,
  });
  expect(worker.mails.map(({ to, text }) => [to, text])).toEqual([
    ["admin@entity.example", expect.stringContaining("Replace its secret here")],
  ]);
  expect((await shown(id)).some(({ attempts }) => attempts[0]?.trouble.includes("cannot be opened"))).toBe(true);
  // A test says why it does not go, once.
  await testWebhook(await world.steppedUp("admin"), id);
  await worker.deliver();
  world.pass({ hours: 1 });
  await worker.deliver();
  const [test] = await shown(id);
  expect(test).toMatchObject({ type: "webhook.test", state: "failed" });
  expect(test?.attempts).toHaveLength(1);
  expect(worker.mails).toHaveLength(1);
  expect(receiver.received).toEqual([]);
  await expect(change(id, { isOn: true })).rejects.toMatchObject({
    code: "blocked",
    message: expect.stringContaining("Replace the secret"),
  });

  let secret = "";
  const rotated = await world.eventsOf(async () => {
    ({ secret } = await rotateWebhookSecret(await world.steppedUp("admin"), id));
  });
  expect(rotated.filter(({ chain }) => chain === "entity")).toMatchObject([
    { action: "webhook.secret_rotated", detail: { formerUntil: null, isOn: true } },
  ]);
  expect(await readWebhook(await world.as("admin"), id)).toMatchObject({ isOn: true, offReason: null });
  await replayWebhook(await world.steppedUp("admin"), id, { since });
  await worker.deliver();
  expect(receiver.received.map(({ json }) => json.type)).toContain("worksheet.created");
  for (const one of receiver.received) expect(one.headers).toMatchObject(signedBy(secret, one));
});

/** The headers of a message that this secret alone signed, at the world's time. */
function signedBy(secret: string, { id, headers, body }: Received): Record<string, string> {
  return signedHeaders({ id, at: new Date(Number(headers["webhook-timestamp"]) * 1_000), body }, [secret]);
}

it("signs by the newest secret alone when the former one cannot be opened", async () => {
  const { id } = await hook();
  const { secret } = await rotateWebhookSecret(await world.steppedUp("admin"), id);
  await whileHeld(
    world,
    (db) => db.$executeRaw`UPDATE webhook_endpoint SET former_secret = secret WHERE id = ${id}::uuid`,
    async () => undefined,
  );
  await testWebhook(await world.steppedUp("admin"), id);
  await worker.deliver();
  const [taken] = receiver.received;
  expect(taken?.headers).toMatchObject(taken ? signedBy(secret, taken) : {});
});

it("deletes a former secret once its day is over, with an event", async () => {
  const { id } = await hook();
  const { version } = await rotateWebhookSecret(await world.steppedUp("admin"), id);
  world.pass({ hours: 23 });
  expect(await world.eventsOf(() => worker.sweep())).toEqual([]);
  expect((await rowOf(id))?.formerSecret).not.toBeNull();
  world.pass({ hours: 2 });
  expect(await world.eventsOf(() => worker.sweep())).toMatchObject([
    { action: "webhook.former_secret_erased", chain: "entity", by: null, detail: { webhookId: id } },
  ]);
  expect(await rowOf(id)).toMatchObject({ formerSecret: null, formerUntil: null });
  // Whoever has the form open is not in anybody's way.
  await expect(change(id, { version, isOn: false })).resolves.toMatchObject({ isOn: false });
});

it("tells the trail where a webhook is without path and query, which can hold a secret", async () => {
  const url = "https://hooks.example.com/services/T0AAAA/B0BBBB/sEcReTsEcReT?key=oThErSeCrEt";
  const moved = url.replace("B0BBBB", "B0CCCC");
  const digestOf = (text: string) => createHash("sha256").update(text).digest("hex");
  const origin = "https://hooks.example.com";
  const left = await world.eventsOf(async () => {
    const { id } = await hookOf(world, "admin", url);
    await change(id, { url: moved });
    await change(id, { isOn: false });
    await removeWebhook(await world.steppedUp("admin"), id);
  });
  const own = left.filter(({ chain, action }) => chain === "entity" && action.startsWith("webhook."));
  expect(own).toMatchObject([
    { action: "webhook.made", detail: { origin, addressDigest: digestOf(url) } },
    { action: "webhook.changed", detail: { addressDigest: digestOf(moved), before: { addressDigest: digestOf(url) } } },
    { action: "webhook.changed", detail: { isOn: false, before: { isOn: true } } },
    { action: "webhook.removed", detail: { origin, addressDigest: digestOf(moved) } },
  ]);
  expect(Object.keys(own[1]?.detail ?? {}).sort()).toEqual(["addressDigest", "before", "webhookId"]);
  expect(JSON.stringify(left)).not.toMatch(/sEcReT|oThEr|services/);
  const wrong = makeWebhook(await world.steppedUp("admin"), {
    ...{ url: url.replace("https:", "http:"), description: "", eventTypes: ["worksheet.signed"], engagementId: null },
  });
  const refusal = await wrong.catch((error: unknown) => JSON.stringify([error, String(error)]));
  expect(refusal).toContain("invalid");
  expect(refusal).not.toMatch(/sEcReT|oThEr/);
});

it("tells of discussions in one shape, and of what did not change nothing", async () => {
  const { id } = await hook();
  const sheet = await openSheet(world, engagementId, "8.3.6");
  const anchor = { section: "definition", itemId: null, body: "Which?", visibility: "shared" } as const;
  const thread = await openThread(await world.as("lead"), sheet, anchor);
  for (const resolved of [true, true, false]) await setThreadState(await world.as("lead"), thread.id, resolved);
  const told = (await shown(id)).filter(({ type }) => type.startsWith("thread.")).reverse();
  expect(told.map(({ type, body }) => [type, JSON.parse(body).data])).toMatchObject(
    ["thread.opened", "thread.resolved", "thread.reopened"].map((type) => [
      type,
      { threadId: thread.id, section: "definition", worksheetId: sheet },
    ]),
  );
});
