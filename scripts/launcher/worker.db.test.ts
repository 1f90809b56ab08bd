import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import { readConfig } from "@/lib/config";
import { isAlive, waitUntilGone } from "@/lib/db/embedded/processes";
import { requestExport } from "@/lib/services/export/request-export";
import { setAccountDisabled } from "@/lib/services/organisation/manage-accounts";
import { addRow, makeEngagement } from "@/test/engagement";
import { type Person, World } from "@/test/world";
import { Closers } from "./closers";
import { startWorker } from "./worker";

// Starting a process takes seconds where others work beside it.
vi.setConfig({ testTimeout: 120_000 });

let world: World;
let home: string;
let closers: Closers;
let engagementId = "";
beforeAll(async () => {
  world = await World.make();
  home = await mkdtemp(join(tmpdir(), "countervail-worker-"));
  engagementId = await makeEngagement(world);
  await addRow(world, engagementId, "8.3.4");
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await closers.close();
});
afterAll(async () => {
  await rm(home, { recursive: true });
  await world.close();
});

const settings = () => readConfig({ COUNTERVAIL_DATA: home, COUNTERVAIL_LOG: "silent" });
const children = () =>
  execFileSync("ps", ["-A", "-o", "pid=,ppid=,args="], { encoding: "utf8" })
    .split("\n")
    .map((line) => /^\s*(\d+)\s+(\d+)\s+.*scripts\/run\.mjs worker/.exec(line))
    .filter((match) => match?.[2] === String(process.pid))
    .map((match) => Number(match?.[1]));
/** An export of somebody whose account is gone before a worker comes to it, so that it fails at once. */
async function hopeless(by: Person): Promise<string> {
  const { id } = await requestExport(await world.as(by), engagementId, { kind: "workbook" });
  await setAccountDisabled(await world.steppedUp("admin"), world.userId(by), true);
  return id;
}
const untilFailed = (id: string) =>
  vi.waitFor(
    async () =>
      expect(await world.behind.prisma.exportJob.findUniqueOrThrow({ where: { id } })).toMatchObject({
        state: "failed",
      }),
    { timeout: 60_000, interval: 100 },
  );

it("takes what was asked for, is started again when it is killed, and ends with the launcher", async () => {
  closers = new Closers();
  const said = vi.spyOn(console, "error").mockImplementation(() => undefined);
  vi.stubEnv("UV_THREADPOOL_SIZE", "4");
  startWorker(settings(), world.stored.workerUrl, closers);
  await untilFailed(await hopeless("contributor"));
  const [first = 0] = children();
  // Names that nobody answers for would hold up everybody's webhooks, whatever the operator has set.
  if (process.platform === "linux") {
    expect(readFileSync(`/proc/${first}/environ`, "utf8").split("\0")).toContain("UV_THREADPOOL_SIZE=128");
  }
  process.kill(first, "SIGKILL");
  expect(await waitUntilGone(first, 10_000)).toBe(true);
  await untilFailed(await hopeless("observer"));
  expect(said.mock.calls.join()).toContain("The worker ended unexpectedly; it is started again");
  const [second = 0] = children();
  expect(second).not.toBe(first);
  await closers.close();
  expect(isAlive(second)).toBe(false);
  expect(children()).toEqual([]);
  said.mockRestore();
});

it("without a login of its own is said, and nothing ends by it", () => {
  closers = new Closers();
  const said = vi.spyOn(console, "error").mockImplementation(() => undefined);
  startWorker(settings(), undefined, closers);
  expect(said.mock.calls.join()).toMatch(
    /^There is no worker: set COUNTERVAIL_WORKER_DATABASE_URL .* exports and webhooks wait/,
  );
  expect(children()).toEqual([]);
  said.mockRestore();
});
