import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { withConnection } from "@/lib/db/connect";
import type { TestSigner } from "@/test/signer";
import { WebhookReceiver } from "@/test/webhook-receiver";
import { hookOf, putMessages, WebhookWorker } from "@/test/webhook-worker";
import { World } from "@/test/world";

let world: World;
let worker: WebhookWorker;
let signer: TestSigner;
let receiver: WebhookReceiver;
let id = "";
beforeAll(async () => {
  world = await World.make(new Date().toISOString());
  worker = new WebhookWorker(world);
  receiver = await WebhookReceiver.start();
  ({ id } = await hookOf(world, "admin", receiver.url));
  signer = await world.startSigner();
  await signer.look();
});
afterAll(async () => {
  await receiver.close();
  await worker.close();
  await world.close();
});
beforeEach(() => {
  receiver.received.length = 0;
  receiver.answer = () => 204;
});
afterEach(() => signer.restart());

const subjects = () => receiver.received.map(({ json }) => json.data.subject);
/** Deliveries that ask before every message. */
const deliveries = () => worker.deliveries(undefined, 0);
const behind = (sql: string) =>
  withConnection(world.stored.adminUrl, (client) => client.query(`SET session_replication_role = replica; ${sql}`));

/** The chain of a company as it was before its last event, while something is done; the signer has noticed it. */
async function whileOlder(work: () => Promise<void>): Promise<void> {
  const log = `org:${world.organisationId("entity")}`;
  await behind(`CREATE TABLE kept AS SELECT * FROM audit_head WHERE log_id = '${log}';
    UPDATE audit_head SET size = size - 1,
      head = (SELECT prev_hash FROM audit_event e WHERE e.log_id = '${log}' AND e.seq = audit_head.size - 1)
    WHERE log_id = '${log}'`);
  try {
    await signer.look();
    await work();
  } finally {
    await behind(`UPDATE audit_head h SET size = k.size, head = k.head FROM kept k WHERE h.log_id = k.log_id;
      DROP TABLE kept`);
    await signer.forgetRefusals();
  }
}

it("sends nothing until the signer has answered once, and goes on without it then", async () => {
  await putMessages(world, id, ["a"]);
  await signer.stop();
  const own = deliveries();
  await worker.deliver(own);
  expect(subjects()).toEqual([]);
  await signer.restart();
  await worker.deliver(own);
  expect(subjects()).toEqual(["a"]);
  await signer.stop();
  await putMessages(world, id, ["b"]);
  await worker.deliver(own);
  expect(subjects()).toEqual(["a", "b"]);
});

it("stops within a lane when the signer finds older data, and stays so while it is away", async () => {
  await putMessages(world, id, ["c", "c", "c"]);
  const own = deliveries();
  await whileOlder(async () => {
    await worker.deliver(own);
    expect(subjects()).toEqual([]);
    await signer.stop();
    await worker.deliver(own);
    expect(subjects()).toEqual([]);
  });
  await signer.restart();
  let found: Promise<void> | undefined;
  let put = () => {};
  receiver.answer = () => (reply) => {
    found ??= whileOlder(async () => {
      const back = new Promise<void>((done) => {
        put = done;
      });
      reply.writeHead(204).end();
      await back;
    });
    if (reply.writableEnded === false && receiver.received.length > 1) reply.writeHead(204).end();
  };
  await worker.deliver(own);
  expect(subjects()).toEqual(["c"]);
  put();
  await found;
  await worker.deliver(own);
  expect(subjects()).toEqual(["c", "c", "c"]);
});
