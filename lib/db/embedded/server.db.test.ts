import { randomBytes } from "node:crypto";
import { readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { withConnection } from "@/lib/db/connect";
import { choosePlace, type Place } from "./place";
import { isAlive, waitUntilGone } from "./processes";
import { loadSecrets } from "./secrets";
import { type EmbeddedServer, startServer } from "./server";

const folder = join(resolve(tmpdir()), `countervail-test-${process.pid}-${randomBytes(6).toString("hex")}`);
const password = randomBytes(24).toString("base64url");
let place: Place;
let server: EmbeddedServer;

beforeAll(async () => {
  place = await choosePlace(folder);
  server = await startServer({ place, password });
  await query("CREATE TABLE kept (text text)");
  await query("INSERT INTO kept VALUES ('still here')");
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
  if (place.notice !== undefined) await rm(dirname(place.cluster), { recursive: true, force: true });
});

function query(statement: string) {
  return withConnection(server.adminUrl("postgres"), async (client) => (await client.query(statement)).rows);
}

async function expectKept() {
  expect(await query("SELECT text FROM kept")).toEqual([{ text: "still here" }]);
}

test("it listens on loopback alone and asks for a password", async () => {
  expect(await query("SHOW listen_addresses")).toEqual([{ listen_addresses: "127.0.0.1" }]);
  const rules = "SELECT DISTINCT auth_method FROM pg_hba_file_rules";
  expect(await query(rules)).toEqual([{ auth_method: "scram-sha-256" }]);
  const wrong = server.adminUrl("postgres").replace(password, "wrong");
  await expect(withConnection(wrong, async () => undefined)).rejects.toThrow(/refuses the password/);
});

test("secrets are made once, in a file nobody else may read", async () => {
  const first = await loadSecrets(folder);
  expect(await loadSecrets(folder)).toEqual(first);
  expect((await stat(join(folder, "secrets.json"))).mode & 0o777).toBe(0o600);
});

test("a server whose launcher was killed is stopped and started again, data kept", async () => {
  const orphan = server.pid;
  server = await startServer({ place, password });
  expect(isAlive(orphan)).toBe(false);
  await expectKept();
});

test("after kill -9 of the server it recovers, also on the same port", async () => {
  const { pid, port } = server;
  process.kill(pid, "SIGKILL");
  await waitUntilGone(pid, 30_000);
  server = await startServer({ place, password, port });
  expect(server.port).toBe(port);
  await expectKept();
});

test("a stale postmaster.pid that names somebody else's process harms nobody", async () => {
  await server.stop();
  await writeFile(join(place.cluster, "postmaster.pid"), `${process.pid}\n${place.cluster}\n`);
  server = await startServer({ place, password });
  expect(await readFile(join(place.cluster, "postmaster.pid"), "utf8")).toMatch(new RegExp(`^${server.pid}\n`));
  await expectKept();
});
