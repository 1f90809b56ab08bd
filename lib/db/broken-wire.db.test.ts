import { randomUUID } from "node:crypto";
import { connect, createServer, type Server, type Socket } from "node:net";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { makeTestDatabase, type TestDatabase } from "@/test/database";
import { withConnection } from "./connect";
import { type Database, openDatabase } from "./database";
import { isUnavailable } from "./errors";
import { ReplayedReply, runTransaction } from "./transactions";

/** What a wire does to what one side says: pass it on, possibly changed, or cut the connection. */
type Meddling = (bytes: Buffer, from: "server" | "client") => Buffer | "cut";

let stored: TestDatabase;
let database: Database | undefined;
let wire: Server | undefined;

beforeAll(async () => {
  stored = await makeTestDatabase();
});
afterEach(async () => {
  await database?.close();
  wire?.close();
  database = undefined;
  wire = undefined;
});
afterAll(() => stored.drop());

/** Opens the database over a wire of ours. */
async function over(meddle: Meddling): Promise<Database> {
  const real = new URL(stored.appUrl);
  wire = createServer((client) => {
    const server = connect(Number(real.port), real.hostname);
    const end = (...sockets: Socket[]) => sockets.forEach((socket) => void socket.destroy());
    for (const socket of [client, server]) socket.on("error", () => undefined).on("close", () => end(client, server));
    const pass = (from: "server" | "client", to: Socket) => (bytes: Buffer) => {
      const passed = meddle(bytes, from);
      if (passed === "cut") end(client, server);
      else to.write(passed);
    };
    client.on("data", pass("client", server));
    server.on("data", pass("server", client));
  });
  const listening = wire;
  await new Promise<void>((resolve) => listening.listen(0, "127.0.0.1", resolve));
  const address = listening.address();
  const url = new URL(stored.appUrl);
  url.host = `127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  database = openDatabase(url.href);
  return database;
}

function change(target: Database, idempotency: { userId: string; key: string; requestHash: string }) {
  return runTransaction(
    target,
    {
      now: new Date("2026-11-24T09:00:00Z"),
      idempotency: { ...idempotency, status: 201 },
      as: { kind: "identity", userId: idempotency.userId },
    },
    async (base) => {
      const made = { id: randomUUID(), text: "Łódź → Київ", list: [1, { nothing: null }] };
      base.record({
        logId: "system",
        payload: { at: base.now.toISOString(), action: "test", made: made.id },
        changes: [],
      });
      return made;
    },
  );
}

const thrown = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );
const eventsOf = (id: string) =>
  withConnection(stored.adminUrl, async (sql) => {
    const { rows } = await sql.query("SELECT 1 FROM audit_event WHERE payload::jsonb->>'made' = $1", [id]);
    return rows.length;
  });

it("answers with the first reply when the connection broke after the commit, before its word came back", async () => {
  let cut = false;
  const target = await over((bytes, from) => {
    if (cut || from === "client" || !bytes.includes("COMMIT")) return bytes;
    cut = true;
    return "cut";
  });
  const key = { userId: randomUUID(), key: "once-and-no-more", requestHash: "hash" };

  const broken = await thrown(change(target, key));
  expect(cut).toBe(true);
  expect(isUnavailable(broken), String(broken)).toBe(true);

  const again = await thrown(change(target, key));
  expect(again).toBeInstanceOf(ReplayedReply);
  const { status, reply } = again as ReplayedReply;
  expect(status).toBe(201);
  expect(reply).toEqual({ id: expect.any(String), text: "Łódź → Київ", list: [1, { nothing: null }] });
  expect(await eventsOf((reply as { id: string }).id)).toBe(1);
});

it("does the work when the connection broke before the commit reached the server", async () => {
  let cut = false;
  const target = await over((bytes, from) => {
    if (cut || from === "server" || !bytes.includes("COMMIT")) return bytes;
    cut = true;
    return "cut";
  });
  const key = { userId: randomUUID(), key: "not-done-at-first", requestHash: "hash" };
  expect(isUnavailable(await thrown(change(target, key)))).toBe(true);
  const made = await change(target, key);
  expect(await eventsOf(made.id)).toBe(1);
});

it("sends the commit together with the event before it, so that nobody waits for an answer in between", async () => {
  const written: string[] = [];
  const target = await over((bytes, from) => {
    if (from === "client") written.push(bytes.toString("latin1"));
    return bytes;
  });
  const made = await change(target, { userId: randomUUID(), key: "written-together", requestHash: "hash" });
  const [last] = written.filter((one) => one.includes("audit_append"));
  expect(last).toContain("COMMIT");
  expect(await eventsOf(made.id)).toBe(1);
});

it("survives a server that shuts down in the same breath in which it is ready", async () => {
  const target = await over((bytes, from) => {
    const isReady =
      from === "server" && bytes.length >= 6 && bytes.subarray(-6, -1).equals(Buffer.from([0x5a, 0, 0, 0, 5]));
    return isReady ? Buffer.concat([bytes, SHUTDOWN]) : bytes;
  });
  const escaped: unknown[] = [];
  const note = (error: unknown) => void escaped.push(error);
  process.on("uncaughtException", note);
  try {
    const error = await thrown(
      runTransaction(target, { now: new Date(), readOnly: true, as: { kind: "public" } }, async () => undefined),
    );
    expect(isUnavailable(error), String(error)).toBe(true);
    expect(escaped).toEqual([]);
  } finally {
    process.off("uncaughtException", note);
  }
});

/** FATAL 57P01 in the words of the protocol. */
const SHUTDOWN = errorMessage("SFATAL", "VFATAL", "C57P01", "Mterminating connection due to administrator command");

function errorMessage(...fields: string[]): Buffer {
  const body = Buffer.from(`${fields.join("\0")}\0\0`);
  const head = Buffer.alloc(5);
  head.write("E");
  head.writeUInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}
