import { Webhook } from "standardwebhooks";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { AdvisoryLocks } from "@/lib/db/advisory-locks";
import { withConnection } from "@/lib/db/connect";
import { openThread } from "@/lib/services/review/open-thread";
import {
  changeWebhook,
  listWebhooks,
  makeWebhook,
  readWebhook,
  removeWebhook,
  rotateWebhookSecret,
} from "@/lib/services/webhooks/manage-webhooks";
import { listWebhookDeliveries, replayWebhook, testWebhook } from "@/lib/services/webhooks/webhook-deliveries";
import { makeEngagement, openSheet, sign, submitSheet, write } from "@/test/engagement";
import { SAMPLE_SECTIONS } from "@/test/fixtures/sample-sections";
import { WebhookReceiver } from "@/test/webhook-receiver";
import { hookOf, WebhookWorker } from "@/test/webhook-worker";
import { type Person, World } from "@/test/world";

let world: World;
let receiver: WebhookReceiver;
let worker: WebhookWorker;
let engagementId = "";
beforeAll(async () => {
  world = await World.make(new Date().toISOString());
  await world.startSigner();
  worker = new WebhookWorker(world);
  engagementId = await makeEngagement(world);
});
afterAll(async () => {
  await worker.close();
  await world.close();
});
beforeEach(async () => {
  receiver = await WebhookReceiver.start();
  worker.mails.length = 0;
});
afterEach(async () => {
  for (const person of ["admin", "firmAdmin", "stranger"] as const) {
    for (const { id } of (await listWebhooks(await world.as(person))).items) {
      await removeWebhook(await world.steppedUp(person), id);
    }
  }
  await receiver.close();
});

const hook = (person: Person) => hookOf(world, person, receiver.url);
const deliver = () => worker.deliver();
const typesOf = () => receiver.received.map(({ json }) => json.type);
const states = async (person: Person, id: string) =>
  (await listWebhookDeliveries(await world.as(person), id, { limit: 50 })).items;

it("tells of what happened, signed as the standard says, and of nothing that came to nothing", async () => {
  const { id, secret } = await hook("admin");
  const sheet = await openSheet(world, engagementId, "8.3.4");
  await expect(openSheet(world, engagementId, "8.3.4")).rejects.toThrow();
  await write(world, sheet, SAMPLE_SECTIONS);
  await deliver();
  const types = typesOf();
  expect(types.filter((type) => type === "worksheet.created")).toHaveLength(1);
  expect(types).toContain("worksheet.section_saved");
  const peer = new Webhook(secret);
  for (const { body, headers, json } of receiver.received) {
    expect(peer.verify(body, headers)).toEqual(json);
    expect(json.data.url).toMatch(/^http:\/\/localhost:4999\/api\/v1\//);
    expect(body).not.toMatch(/The lead of|Quayside|password/);
  }
  const saved = receiver.received.filter(({ json }) => json.type === "worksheet.section_saved");
  expect(saved[0]?.json.data).toMatchObject({ worksheetId: sheet, engagementId, actorId: world.userId("contributor") });
  expect(() => peer.verify(`${saved[0]?.body} `, saved[0]?.headers ?? {})).toThrow();
  expect((await states("admin", id)).every(({ state }) => state === "delivered")).toBe(true);
  const shown = await readWebhook(await world.as("admin"), id);
  expect(JSON.stringify(shown)).not.toContain(secret);
});

it("tells the assessor company only of what its people may see", async () => {
  const own = await hook("firmAdmin");
  const foreign = await hook("stranger");
  const sheet = await openSheet(world, engagementId, "8.3.9");
  await write(world, sheet, SAMPLE_SECTIONS);
  const anchor = { section: null, itemId: null, body: "For us alone." } as const;
  await openThread(await world.as("lead"), sheet, { ...anchor, visibility: "private" });
  await openThread(await world.as("lead"), sheet, { ...anchor, visibility: "shared" });
  expect(await states("firmAdmin", own.id)).toEqual([]);
  await sign(world, await submitSheet(world, engagementId, "8.3.10"));
  await openThread(await world.as("qsa"), sheet, { ...anchor, visibility: "shared" }).catch(() => undefined);
  const told = (await states("firmAdmin", own.id)).map(({ type }) => type).reverse();
  expect(told.filter((type) => type !== "criterion.decided")).toEqual(["worksheet.submitted", "worksheet.signed"]);
  expect(await states("stranger", foreign.id)).toEqual([]);
});

it("signs with both secrets for a day after one was replaced", async () => {
  const { id, secret } = await hook("admin");
  const fresh = await rotateWebhookSecret(await world.steppedUp("admin"), id);
  await testWebhook(await world.steppedUp("admin"), id);
  await deliver();
  world.pass({ hours: 25 });
  await testWebhook(await world.steppedUp("admin"), id);
  await deliver();
  const [both, one] = receiver.received;
  expect(both?.headers["webhook-signature"]?.split(" ")).toHaveLength(2);
  for (const known of [secret, fresh.secret])
    expect(new Webhook(known).verify(both?.body ?? "", both?.headers ?? {})).toBeDefined();
  expect(one?.headers["webhook-signature"]?.split(" ")).toHaveLength(1);
  expect(one?.json.type).toBe("webhook.test");
});

it("keeps the order of a worksheet while it is tried again, and lets others go on", async () => {
  const { id } = await hook("admin");
  const slow = await openSheet(world, engagementId, "8.3.1");
  receiver.answer = ({ json }) => (json.data.worksheetId === slow ? 500 : 204);
  await write(world, slow, SAMPLE_SECTIONS);
  const other = await openSheet(world, engagementId, "8.3.2");
  await deliver();
  const of = (sheet: string) => receiver.received.filter(({ json }) => json.data.worksheetId === sheet);
  expect(of(slow).map(({ json }) => json.type)).toEqual(["worksheet.created"]);
  expect(of(other).length).toBeGreaterThan(0);
  await deliver();
  expect(of(slow)).toHaveLength(1);
  world.pass({ seconds: 7 });
  receiver.answer = () => 200;
  await deliver();
  const [first, again, ...rest] = of(slow);
  expect(again?.id).toBe(first?.id);
  expect(again?.headers["webhook-timestamp"]).not.toBe(first?.headers["webhook-timestamp"]);
  expect(rest.length).toBeGreaterThan(1);
  const [last] = (await states("admin", id)).filter(
    ({ subject, type }) => subject === slow && type === "worksheet.created",
  );
  expect(last?.attempts.map(({ status, trouble }) => [status, trouble])).toEqual([
    [200, ""],
    [500, "It answered with status 500."],
  ]);
});

it("switches off who took nothing for three days, and tells the administrators", async () => {
  const { id } = await hook("admin");
  receiver.answer = () => 503;
  await openSheet(world, engagementId, "8.3.5");
  const left = await world.eventsOf(async () => {
    for (let turn = 0; turn < 12; turn += 1) {
      await deliver();
      world.pass({ hours: 33 });
    }
  });
  expect(left.filter(({ action }) => action === "webhook.switched_off")).toMatchObject([
    { chain: "entity", by: null, detail: { webhookId: id, reason: "failing" } },
  ]);
  expect(await readWebhook(await world.as("admin"), id)).toMatchObject({
    isOn: false,
    offReason: "failing",
    waiting: 0,
  });
  expect(worker.mails.map(({ to }) => to)).toEqual(["admin@entity.example"]);
  const before = receiver.received.length;
  await openSheet(world, engagementId, "8.3.6");
  await deliver();
  expect(receiver.received).toHaveLength(before);
});

it("stays on when attempts fail that lie far apart, until a message is given up", async () => {
  const { id } = await hook("admin");
  receiver.answer = () => 503;
  await testWebhook(await world.steppedUp("admin"), id);
  await deliver();
  world.pass({ hours: 100 });
  await deliver();
  expect(receiver.received).toHaveLength(2);
  expect(await readWebhook(await world.as("admin"), id)).toMatchObject({ isOn: true, waiting: 1 });
});

it("lets an organisation with many slow endpoints not keep others waiting", async () => {
  const slow = [await hook("admin"), await hook("admin"), await hook("admin")];
  for (const { id } of slow) {
    for (let turn = 0; turn < 5; turn += 1) await testWebhook(await world.steppedUp("admin"), id);
    await expect(testWebhook(await world.steppedUp("admin"), id)).rejects.toMatchObject({ code: "blocked" });
  }
  const other = await hook("firmAdmin");
  const { messageId } = await testWebhook(await world.steppedUp("firmAdmin"), other.id);
  // Nobody of the first organisation is answered before the second has its message.
  const held: (() => void)[] = [];
  let most = 0;
  const taken = new Promise<void>((done) => {
    receiver.answer = ({ json }) => {
      if (json.data.webhookId === other.id) {
        done();
        return 204;
      }
      return (reply) => {
        held.push(() => reply.writeHead(204).end());
        most = Math.max(most, held.length);
      };
    };
  });
  const delivering = deliver();
  await taken;
  receiver.answer = () => 204;
  for (const release of held) release();
  await delivering;
  expect(most).toBeLessThanOrEqual(6);
  expect((await states("firmAdmin", other.id)).map(({ id, state }) => [id, state])).toEqual([[messageId, "delivered"]]);
  for (const { id } of slow) expect((await states("admin", id)).every(({ state }) => state === "delivered")).toBe(true);
});

it("leaves alone what another worker is at", async () => {
  const { id } = await hook("admin");
  await testWebhook(await world.steppedUp("admin"), id);
  const [message] = await states("admin", id);
  const others = new AdvisoryLocks(world.stored.workerUrl);
  const lock = await others.take(`countervail-webhook:${id}:${message?.subject}`);
  try {
    const idle = worker.deliveries();
    expect(await idle.begin()).toBe(true);
    await idle.ended();
    expect(await idle.begin()).toBe(false);
    expect(receiver.received).toEqual([]);
  } finally {
    await lock?.release();
    await others.close();
  }
  await deliver();
  expect(receiver.received).toHaveLength(1);
});

it("gives a message up after its last attempt and goes on with the next", async () => {
  const { id } = await hook("admin");
  const sheet = await openSheet(world, engagementId, "8.3.3");
  await write(world, sheet, SAMPLE_SECTIONS);
  receiver.answer = ({ json }) => (json.type === "worksheet.created" ? 500 : 204);
  for (let turn = 0; turn < 10; turn += 1) {
    await testWebhook(await world.steppedUp("admin"), id);
    await deliver();
    world.pass({ hours: 33 });
  }
  await deliver();
  const all = (await states("admin", id)).filter(({ subject }) => subject === sheet);
  const [opened, ...others] = all.reverse();
  expect(opened).toMatchObject({ type: "worksheet.created", state: "failed" });
  expect(opened?.attempts).toHaveLength(10);
  expect(others.map(({ state }) => state)).toEqual(others.map(() => "delivered"));
  expect(await readWebhook(await world.as("admin"), id)).toMatchObject({ isOn: true, failed: 1 });
});

it("switches an endpoint off that answers 410, and sends what it missed when asked to", async () => {
  const { id, url, description, eventTypes } = await hook("admin");
  receiver.answer = () => 410;
  const since = world.now.toISOString();
  await openSheet(world, engagementId, "8.3.7");
  await deliver();
  const off = await readWebhook(await world.as("admin"), id);
  expect(off).toMatchObject({ isOn: false, offReason: "gone" });
  await openSheet(world, engagementId, "8.3.8");
  await expect(replayWebhook(await world.steppedUp("admin"), id, { since })).rejects.toMatchObject({
    code: "blocked",
    message: expect.stringContaining("Switch it on first"),
  });
  receiver.answer = () => 204;
  const ids = new Set(receiver.received.map((one) => one.id));
  const input = { url, description, eventTypes: [...eventTypes], engagementId: null, isOn: true, version: off.version };
  await changeWebhook(await world.steppedUp("admin"), id, input);
  await deliver();
  const all = await states("admin", id);
  expect(all.length).toBeGreaterThan(1);
  const left = await world.eventsOf(async () => {
    const { count } = await replayWebhook(await world.steppedUp("admin"), id, { since });
    expect(count).toBe(all.length);
  });
  expect(left.filter(({ action }) => action === "webhook.replayed")).toMatchObject([{ detail: { count: all.length } }]);
  await deliver();
  expect((await states("admin", id)).map(({ state }) => state)).not.toContain("skipped");
  expect(receiver.received.filter((one) => ids.has(one.id)).length).toBeGreaterThan(ids.size);
  const one = { messageId: all[0]?.id ?? "" };
  await expect(replayWebhook(await world.steppedUp("admin"), id, one)).resolves.toEqual({ count: 1 });
});

it("takes no address that leads inside, and tells no other company of an endpoint", async () => {
  const { id } = await hook("admin");
  const attempt = async (url: string) =>
    makeWebhook(await world.steppedUp("admin"), {
      url,
      description: "",
      eventTypes: ["worksheet.signed"],
      engagementId: null,
    });
  for (const url of [
    "http://example.com/",
    "https://10.0.0.1/",
    "https://[fd00::1]:9/",
    "https://169.254.169.254/",
    "ftp://x/",
    "https://a:b@example.com/",
  ]) {
    await expect(attempt(url), url).rejects.toMatchObject({ code: "invalid" });
  }
  await expect(readWebhook(await world.as("firmAdmin"), id)).rejects.toMatchObject({ code: "not_found" });
  await expect(removeWebhook(await world.steppedUp("stranger"), id)).rejects.toMatchObject({ code: "not_found" });
  await expect(
    replayWebhook(await world.steppedUp("stranger"), id, { since: world.now.toISOString() }),
  ).rejects.toMatchObject({
    code: "not_found",
  });
  await expect(listWebhooks(await world.as("lead"))).rejects.toMatchObject({ code: "forbidden" });
  await expect(hook("lead")).rejects.toMatchObject({ code: "forbidden" });
});

it("removes after 30 days what was told, and lets the worker's books do no more than they are for", async () => {
  const { id } = await hook("admin");
  await openSheet(world, engagementId, "8.4.1").catch(() => openSheet(world, engagementId, "8.3.11"));
  await deliver();
  expect(await states("admin", id)).not.toEqual([]);
  world.pass({ days: 31 });
  await worker.sweep();
  expect(await states("admin", id)).toEqual([]);
  await withConnection(world.stored.workerUrl, async (client) => {
    await client.query("SET ROLE countervail_deliveries");
    for (const statement of [
      "SELECT * FROM section",
      "SELECT * FROM totp_factor",
      "UPDATE webhook_endpoint SET url = 'https://example.com'",
      "INSERT INTO webhook_endpoint (id) VALUES (gen_random_uuid())",
      "INSERT INTO webhook_message (id) VALUES (gen_random_uuid())",
      "SELECT announce_event('system', 0, 'worksheet.signed', 'both', '', '{}')",
      "SELECT password_hash FROM app_user",
    ]) {
      await expect(client.query(statement), statement).rejects.toMatchObject({
        code: expect.stringMatching(/^42(501|703)$/),
      });
    }
    const keys = await client.query("SELECT purpose FROM data_key");
    expect(keys.rows.every(({ purpose }) => purpose.startsWith("webhook_endpoint."))).toBe(true);
    expect((await client.query("SELECT FROM app_user")).rowCount).toBe(0);
  });
});
