import type { ServerResponse } from "node:http";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { withConnection } from "@/lib/db/connect";
import { changeWebhook, readWebhook, removeWebhook } from "@/lib/services/webhooks/manage-webhooks";
import { listWebhookDeliveries } from "@/lib/services/webhooks/webhook-deliveries";
import { WebhookReceiver } from "@/test/webhook-receiver";
import { hookOf, putMessages, WebhookWorker } from "@/test/webhook-worker";
import { World } from "@/test/world";

let world: World;
let worker: WebhookWorker;
let receiver: WebhookReceiver;
const hooks: string[] = [];
beforeAll(async () => {
  world = await World.make(new Date().toISOString());
  worker = new WebhookWorker(world);
});
afterAll(async () => {
  await worker.close();
  await world.close();
});
beforeEach(async () => {
  receiver = await WebhookReceiver.start();
});
afterEach(async () => {
  for (const id of hooks.splice(0)) await removeWebhook(await world.steppedUp("admin"), id);
  world.pass({ minutes: 6 });
  await worker.sweep();
  await receiver.close();
});

async function hook(url = receiver.url) {
  const made = await hookOf(world, "admin", url);
  hooks.push(made.id);
  return made;
}
const subjects = (from = receiver) => from.received.map(({ json }) => json.data.subject);
const shown = async (id: string) => (await listWebhookDeliveries(await world.as("admin"), id, { limit: 50 })).items;
const behind = (sql: string) => withConnection(world.stored.adminUrl, (client) => client.query(sql));

it("sends once what cannot be noted, and not again until a pause is over", async () => {
  const { id } = await hook();
  await putMessages(world, id, ["a", "a"]);
  await behind("REVOKE INSERT ON webhook_attempt FROM countervail_deliveries");
  const deliveries = worker.deliveries();
  try {
    expect(await deliveries.begin()).toBe(true);
    await deliveries.ended();
    for (let turn = 0; turn < 5; turn += 1) {
      expect(await deliveries.begin()).toBe(false);
      await deliveries.ended();
    }
    expect(receiver.received).toHaveLength(1);
  } finally {
    await behind("GRANT INSERT ON webhook_attempt TO countervail_deliveries");
  }
  // A worker that starts anew remembers nothing, and can note it.
  await worker.deliver();
  const [first, again, next] = receiver.received.map((one) => one.id);
  expect(again).toBe(first);
  expect(next).not.toBe(first);
  expect((await shown(id)).map(({ state, attempts }) => [state, attempts.length])).toEqual([
    ["delivered", 1],
    ["delivered", 1],
  ]);
});

it("tries again what was refused when its time has come, however many others wait longer", async () => {
  const { id } = await hook();
  const others = Array.from({ length: 40 }, (_, index) => `other-${index}`);
  await putMessages(world, id, [...others, ...others, ...others]);
  await putMessages(world, id, ["refused", "refused"], { at: world.now, attempts: 1, nextAt: world.now });
  await worker.deliver(worker.deliveries(0));
  const order = subjects();
  expect(order).toHaveLength(122);
  // Four are under way to one endpoint at a time.
  expect(order.indexOf("refused")).toBeLessThan(4);
  // What stands behind it is new, and has its turn as others have.
  expect(new Set(order)).toEqual(new Set([...others, "refused"]));
});

it("lets others go on, however many were refused", async () => {
  const { id } = await hook();
  const refused = Array.from({ length: 40 }, (_, index) => `refused-${index}`);
  const past = new Date(world.now.getTime() - 7_200_000);
  await putMessages(world, id, refused, { at: past, attempts: 3, nextAt: past });
  await putMessages(world, id, ["new"], { at: world.now });
  await worker.deliver();
  expect(subjects().indexOf("new")).toBeLessThan(4);
});

it("ends the turn of a lane whose endpoint answers slowly", async () => {
  const { id } = await hook();
  await putMessages(world, id, ["long", "long", "long", "long"]);
  const deliveries = worker.deliveries(0);
  await deliveries.begin();
  await deliveries.ended();
  expect(subjects()).toEqual(["long"]);
  await worker.deliver();
  expect(subjects()).toEqual(["long", "long", "long", "long"]);
});

it("sends to a corrected address at once what waited for its next attempt, in order", async () => {
  const { id } = await hook();
  receiver.answer = () => 500;
  await putMessages(world, id, ["a", "a", "b"]);
  await worker.deliver();
  world.pass({ seconds: 10 });
  await worker.deliver();
  expect(subjects().sort()).toEqual(["a", "a", "b", "b"]);
  const ids = new Set(receiver.received.map((one) => one.id));
  const elsewhere = await WebhookReceiver.start();
  try {
    await correct(id, elsewhere.url);
    await worker.deliver();
    expect(subjects(elsewhere).filter((subject) => subject === "a")).toHaveLength(2);
    const ofA = elsewhere.received.filter(({ json }) => json.data.subject === "a").map((one) => one.id);
    expect(ids.has(ofA[0] ?? "")).toBe(true);
    expect(ids.has(ofA[1] ?? "")).toBe(false);
    expect(subjects(elsewhere)).toContain("b");
    expect((await shown(id)).every(({ state }) => state === "delivered")).toBe(true);
  } finally {
    await elsewhere.close();
  }
});

it("takes what the former address answers for no word on the corrected one", async () => {
  const { id } = await hook();
  const asked = new Promise<ServerResponse>((done) => {
    receiver.answer = () => done;
  });
  await putMessages(world, id, ["a"]);
  const deliveries = worker.deliveries();
  await deliveries.begin();
  const reply = await asked;
  const elsewhere = await WebhookReceiver.start();
  try {
    await correct(id, elsewhere.url);
    reply.writeHead(410).end();
    await deliveries.ended();
    expect(await readWebhook(await world.as("admin"), id)).toMatchObject({ isOn: true, failed: 0 });
    await worker.deliver();
    expect(subjects(elsewhere)).toEqual(["a"]);
    expect(worker.mails).toEqual([]);
  } finally {
    await elsewhere.close();
  }
});

it("sends nothing while older data are back and nobody has recorded the gap", async () => {
  const { id } = await hook();
  await putMessages(world, id, ["a"]);
  await behind(
    "SET session_replication_role = replica; INSERT INTO service_gap (id, opened_at) VALUES (gen_random_uuid(), now())",
  );
  try {
    await worker.deliver();
    expect(receiver.received).toEqual([]);
  } finally {
    await behind("SET session_replication_role = replica; DELETE FROM service_gap");
  }
  await worker.deliver();
  expect(subjects()).toEqual(["a"]);
});

it("sends nothing more of a lane that is under way once older data are back", async () => {
  const { id } = await hook();
  await putMessages(world, id, ["a", "a", "a"]);
  receiver.answer = () => (reply) =>
    void behind(
      "SET session_replication_role = replica; INSERT INTO service_gap (id, opened_at) VALUES (gen_random_uuid(), now())",
    ).then(() => reply.writeHead(204).end());
  // What was found out before it was restored still stands for a while; each message asks anew all the same.
  const deliveries = worker.deliveries(undefined, 3_600_000);
  try {
    await worker.deliver(deliveries);
    expect(subjects()).toEqual(["a"]);
  } finally {
    await behind("SET session_replication_role = replica; DELETE FROM service_gap");
  }
  receiver.answer = () => 204;
  await worker.deliver(deliveries);
  expect(subjects()).toEqual(["a", "a", "a"]);
});

async function correct(id: string, url: string): Promise<void> {
  const { description, eventTypes, engagementId, isOn, version } = await readWebhook(await world.as("admin"), id);
  const input = { url, description, eventTypes: [...eventTypes], engagementId, isOn, version };
  await changeWebhook(await world.steppedUp("admin"), id, input);
}
