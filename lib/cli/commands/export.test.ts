import { createHash } from "node:crypto";
import { chmod, lstat, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { runCli } from "@/lib/cli/program";
import { atTerminal } from "@/test/cli-terminal";

const ENGAGEMENT = "5f0c1a3e-7f6b-4a57-9d7e-0a3a2b1c4d5e";

interface Job {
  readonly id: string;
  readonly key: string;
  state: "queued" | "running" | "done" | "failed";
}

let folder = "";
let server: Server | null = null;
let jobs: Job[] = [];
let finishedAt = "";
/** What happens on the person's disk while the file comes. */
let meanwhile = async () => {};

const output = () => join(folder, "pack.zip");
const note = () => `${output()}.job.json`;
const fileOf = ({ id }: Job) => `The pack of job ${id}.`;
const dtoOf = (job: Job) => ({
  ...{
    id: job.id,
    engagementId: ENGAGEMENT,
    kind: "pack",
    paper: null,
    conformance: null,
    state: job.state,
    step: null,
  },
  ...{ partsDone: 0, partsTotal: 0, note: "", requestedAt: "2026-11-27T08:00:00Z" },
  finishedAt: job.state === "done" ? finishedAt : null,
  file:
    job.state === "done"
      ? {
          ...{ name: "pack.zip", size: fileOf(job).length, removesAt: "2026-12-27T08:00:00Z" },
          sha256: createHash("sha256").update(fileOf(job)).digest("hex"),
        }
      : null,
});

/** A peer that keeps exports as a server does: one key, one job. */
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "cli-export-"));
  jobs = [];
  meanwhile = async () => {};
  // The person's clock stands at ten.
  finishedAt = "2026-11-27T09:30:00Z";
  server = createServer((request, response) => {
    const json = (body: unknown, status = 200) =>
      void response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    const path = (request.url ?? "").replace("/api/v1", "");
    const id = /^\/exports\/([^/]+)/.exec(path)?.[1];
    const job = jobs.find((one) => one.id === id);
    if (path === "/engagements?limit=50") {
      return json({
        items: [{ id: ENGAGEMENT, name: "Shop", standardVersion: "4.0.1", dueOn: null }],
        nextCursor: null,
      });
    }
    if (request.method === "POST") {
      const key = String(request.headers["idempotency-key"]);
      const known = jobs.find((one) => one.key === key);
      const taken: Job = known ?? { id: `job-${jobs.length + 1}`, key, state: "queued" };
      if (!known) jobs.push(taken);
      return json(dtoOf({ ...taken, state: "queued" }), 202);
    }
    if (!job)
      return json({ type: "x", title: "No", status: 404, code: "not_found", detail: "No.", requestId: "r" }, 404);
    if (path.endsWith("/file")) {
      return void meanwhile().then(() => response.writeHead(200).end(fileOf(job)));
    }
    const stands = dtoOf(job);
    // It comes one step further with each look.
    job.state = job.state === "queued" ? "running" : "done";
    return json(stands);
  });
  const listening = server;
  await new Promise<void>((done) => listening.listen(0, "127.0.0.1", done));
});
afterEach(async () => {
  server?.closeAllConnections();
  await new Promise<void>((done) => (server ? server.close(() => done()) : done()));
  await rm(folder, { recursive: true });
});

const urlOf = () => `http://127.0.0.1:${(server?.address() as AddressInfo | undefined)?.port}`;
const take = (...more: string[]) => {
  const url = urlOf();
  const env = { XDG_CONFIG_HOME: folder, COUNTERVAIL_URL: url, COUNTERVAIL_TOKEN: "cvt_x" };
  const words = ["export", "Shop", "--format", "pack", "-o", output(), ...more];
  return atTerminal((terminal) => runCli(words, terminal), { env });
};
it("is what the job made that the command began", async () => {
  expect(await take()).toMatchObject({ code: 0, out: output() });
  expect(await readFile(output(), "utf8")).toBe("The pack of job job-1.");
  expect(await readdir(folder)).toEqual(["pack.zip"]);
});

it("goes on with a job that is being made, and says so", async () => {
  await noteOf({ id: "job-1", key: "cli-earlier-key", state: "running" });
  expect(await take()).toMatchObject({ code: 0, notes: expect.stringContaining("Going on with the export") });
  expect([jobs.length, await readFile(output(), "utf8")]).toEqual([1, "The pack of job job-1."]);
});

it("does not hand an old file out as a new one", async () => {
  await noteOf({ id: "job-1", key: "cli-earlier-key", state: "done" });
  const ran = await take();
  expect(ran).toMatchObject({ code: 0, notes: expect.stringContaining("another is made") });
  expect([jobs.length, await readFile(output(), "utf8")]).toEqual([2, "The pack of job job-2."]);
});

it("fetches a file again that broke off on its way, for a few minutes", async () => {
  const broken = { id: "job-1", key: "cli-earlier-key", state: "done" } as const;
  for (const [at, made] of [
    ["2026-11-27T09:55:00Z", "job-1"],
    ["2026-11-27T09:45:00Z", "job-2"],
  ] as const) {
    finishedAt = at;
    await noteOf({ ...broken }, "job-1", { fetching: true });
    expect(await take("--force")).toMatchObject({ code: 0, notes: expect.stringContaining("27 November 2026") });
    expect(await readFile(output(), "utf8"), at).toBe(`The pack of job ${made}.`);
  }
});

it("finds the job again whose reply was lost, and takes it only while it is being made", async () => {
  for (const [state, made] of [
    ["running", "job-1"],
    ["done", "job-2"],
  ] as const) {
    await noteOf({ id: "job-1", key: "cli-earlier-key", state }, null);
    expect(await take("--force")).toMatchObject({ code: 0 });
    expect(await readFile(output(), "utf8"), state).toBe(`The pack of job ${made}.`);
  }
});

it("begins anew where the noted job is gone, or was for something else", async () => {
  await noteOf({ id: "job-1", key: "cli-earlier-key", state: "running" });
  jobs = [];
  expect(await take()).toMatchObject({ code: 0 });
  await noteOf({ id: "job-1", key: "cli-earlier-key", state: "running" }, "job-1", { paper: "Letter" });
  expect(await take("--force")).toMatchObject({ code: 0 });
  expect(await readFile(output(), "utf8")).toBe("The pack of job job-2.");
});

it("writes over no file of the person's that has the note's name", async () => {
  for (const own of ['{"my":"notes"}', "no JSON at all"]) {
    await writeFile(note(), own);
    expect(await take()).toMatchObject({ code: 1, notes: expect.stringContaining("is a file of yours") });
    expect([jobs.length, await readFile(note(), "utf8")]).toEqual([0, own]);
  }
});

it("writes over nothing that came while it waited, and says where the file is", async () => {
  const own = "Somebody else's.";
  meanwhile = () => writeFile(output(), own);
  const ran = await take();
  expect(ran.code).toBe(1);
  const kept = (await readdir(folder)).filter((name) => name !== "pack.zip");
  expect(kept).toEqual([expect.stringMatching(/^pack\.zip\.[0-9a-f]{8}\.part$/)]);
  expect(ran.notes).toContain(`${output()} was made by somebody else meanwhile`);
  expect(ran.notes).toContain(join(folder, String(kept[0])));
  expect(await readFile(output(), "utf8")).toBe(own);
  expect(await readFile(join(folder, String(kept[0])), "utf8")).toBe("The pack of job job-1.");
});

it("leaves a file that is there with --force alone until it is replaced, whose rights stay", async () => {
  await writeFile(output(), "before", { mode: 0o600 });
  await chmod(output(), 0o640);
  expect(await take()).toMatchObject({ code: 1, notes: expect.stringContaining("is there already") });
  expect([jobs.length, await readFile(output(), "utf8")]).toEqual([0, "before"]);
  expect(await take("--force")).toMatchObject({ code: 0 });
  expect(await readFile(output(), "utf8")).toBe("The pack of job job-1.");
  expect((await lstat(output())).mode & 0o777).toBe(0o640);
});

it("says of a folder that it is one, before anything is asked for", async () => {
  await mkdir(output());
  for (const more of [[], ["--force"]]) {
    expect(await take(...more)).toMatchObject({ code: 1, notes: expect.stringContaining("pack.zip is a folder") });
  }
  expect(jobs).toEqual([]);
});

it("writes through a link, which stays one, and refuses one that leads nowhere", async () => {
  const [kept, link] = [join(folder, "kept.zip"), output()];
  await symlink("kept.zip", link);
  expect(await take()).toMatchObject({ code: 1, notes: expect.stringContaining("leads nowhere") });
  await writeFile(kept, "before");
  expect(await take("--force")).toMatchObject({ code: 0 });
  expect((await lstat(link)).isSymbolicLink()).toBe(true);
  expect(await readFile(kept, "utf8")).toMatch(/^The pack of job/);
});

/** What a command that was interrupted left: a note, and a job on the server. */
async function noteOf(job: Job, id: string | null = job.id, more: object = {}): Promise<void> {
  jobs = [job];
  const asked = { server: urlOf(), engagement: ENGAGEMENT, kind: "pack", paper: null, ...more };
  await writeFile(note(), JSON.stringify({ ...asked, key: job.key, job: id }));
}
