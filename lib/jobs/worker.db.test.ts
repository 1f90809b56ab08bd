import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { withConnection } from "@/lib/db/connect";
import { openDatabase } from "@/lib/db/database";
import { startWorker } from "@/lib/jobs/worker";
import { listOwnExports, readExport } from "@/lib/services/export/own-exports";
import { requestExport } from "@/lib/services/export/request-export";
import { buildPdfWorker } from "@/scripts/build-worker";
import { addRow, makeEngagement } from "@/test/engagement";
import { makeTestFiles, type TestFiles } from "@/test/evidence-files";
import { makeWorkshop, type TestWorkshop } from "@/test/exports";
import { World } from "@/test/world";

const home = process.cwd();
let folder = "";
let world: World;
let files: TestFiles;
let workshop: TestWorkshop;
let engagementId = "";
beforeAll(async () => {
  // Inside the project, because the bundle looks for pdfkit and the fonts from where it lies.
  folder = mkdtempSync(join(home, "node_modules", ".worker-"));
  await buildPdfWorker(join(folder, "dist"));
  world = await World.make();
  files = await makeTestFiles();
  workshop = await makeWorkshop(world, files.store);
  engagementId = await makeEngagement(world);
  await addRow(world, engagementId, "8.3.4");
  process.chdir(folder);
});
afterAll(async () => {
  process.chdir(home);
  await world.close();
  await files.remove();
  await workshop.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** Starts a worker as its process does, under its own login. */
function start() {
  const databaseUrl = world.stored.workerUrl;
  const database = openDatabase(databaseUrl);
  const worker = startWorker({ databaseUrl, context: { ...world.alone(), database }, workshop });
  return {
    stop: async () => {
      await worker.stop();
      await database.close();
    },
  };
}
const until = (look: () => Promise<void>) => vi.waitFor(look, { timeout: 20_000, interval: 50 });

it("makes what is asked for, each once, with two workers beside each other, and nothing is lost with the queue", async () => {
  const asked = await Promise.all(
    (["lead", "qsa", "observer"] as const).map(async (person) => {
      const { id } = await requestExport(await world.as(person), engagementId, { kind: "workbook" });
      return { person, id };
    }),
  );
  await world.behind.prisma.$executeRaw`DELETE FROM pgboss.job`;
  const left = await world.eventsOf(async () => {
    const workers = [start(), start()];
    try {
      await until(async () => {
        for (const { person, id } of asked)
          expect(await readExport(await world.as(person), id)).toMatchObject({ state: "done" });
      });
      // Asked for while they run: the ticket itself is enough.
      const { id } = await requestExport(await world.as("lead"), engagementId, { kind: "workbook", paper: "Letter" });
      await until(async () => expect(await readExport(await world.as("lead"), id)).toMatchObject({ state: "done" }));
    } finally {
      for (const worker of workers) await worker.stop();
    }
  });
  const made = left.filter(({ action }) => action === "export.made");
  expect(made.map(({ by }) => by).sort()).toEqual(["lead", "lead", "observer", "qsa"]);
  expect(left.filter(({ action }) => action === "export.failed")).toEqual([]);
  expect((await listOwnExports(await world.as("lead"), engagementId)).items).toHaveLength(2);
});

it("has no right by its login alone but on the queue, and cannot change that", async () => {
  await withConnection(world.stored.workerUrl, async (client) => {
    for (const statement of [
      "SELECT * FROM export_job",
      "SELECT * FROM credential",
      "SET ROLE countervail_organisation",
      "SET ROLE countervail_rw",
      "SELECT enqueue_export(gen_random_uuid())",
      "SELECT pgboss.create_queue('mine', '{}')",
      "CREATE TABLE pgboss.mine (id int)",
    ]) {
      await expect(client.query(statement), statement).rejects.toMatchObject({ code: "42501" });
    }
  });
  await withConnection(world.stored.appUrl, async (client) => {
    await expect(client.query("SELECT * FROM pgboss.job")).rejects.toMatchObject({ code: "42501" });
  });
});
