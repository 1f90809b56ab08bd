import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { withConnection } from "@/lib/db/connect";
import { openDatabase } from "@/lib/db/database";
import { startWorker } from "@/lib/jobs/worker";
import { listOwnExports, readExport } from "@/lib/services/export/own-exports";
import { requestExport } from "@/lib/services/export/request-export";
import type { Workshop } from "@/lib/services/export/run-export";
import { removeWebhook } from "@/lib/services/webhooks/manage-webhooks";
import { type BundleFolder, makeBundleFolder } from "@/test/bundle-folder";
import { addRow, makeEngagement, sign, submitSheet } from "@/test/engagement";
import { makeTestFiles, type TestFiles } from "@/test/evidence-files";
import { makeWorkshop, type TestWorkshop } from "@/test/exports";
import { hookOf } from "@/test/webhook-worker";
import { World } from "@/test/world";

let bundles: BundleFolder;
let world: World;
let files: TestFiles;
let workshop: TestWorkshop;
let engagementId = "";
beforeAll(async () => {
  world = await World.make();
  files = await makeTestFiles();
  workshop = await makeWorkshop(world, files.store);
  engagementId = await makeEngagement(world);
  await addRow(world, engagementId, "8.3.4");
  bundles = await makeBundleFolder();
});
afterAll(async () => {
  await world.close();
  await files.remove();
  await workshop.remove();
  await bundles.remove();
});

/** Starts a worker as its process does, under its own login. */
function start(signer = world.signer, { exports, store }: Workshop = workshop) {
  const databaseUrl = world.stored.workerUrl;
  const database = openDatabase(databaseUrl);
  const context = { ...world.alone(), signer, database };
  const worker = startWorker({ databaseUrl, context, workshop: { exports, store } });
  return {
    stop: async () => {
      await worker.stop();
      await database.close();
    },
  };
}
const until = (look: () => Promise<void>) => vi.waitFor(look, { timeout: 50_000, interval: 50 });

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

it("leaves an export to whoever holds its lock once its own connection is gone", async () => {
  await world.startSigner();
  await sign(world, await submitSheet(world, engagementId, "8.3.9"));
  const real = world.signer;
  const gates = new EventTarget();
  const [asked, opened] = [new Set<string>(), (name: string) => once(gates, name)];
  let statements = 0;
  const first = start({
    ...real,
    checkpoint: async (logId) => {
      asked.add("first");
      await opened("first");
      return real.checkpoint(logId);
    },
    statement: (...about) => {
      statements += 1;
      return real.statement(...about);
    },
  });
  const { id } = await requestExport(await world.as("lead"), engagementId, { kind: "pack" });
  await until(async () => expect(asked).toContain("first"));
  await withConnection(world.stored.adminUrl, (client) =>
    client.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'countervail-locks' AND datname = current_database()",
    ),
  );
  const second = start({
    ...real,
    statement: async (...about) => {
      asked.add("second");
      await opened("second");
      return real.statement(...about);
    },
  });
  await until(async () => expect(asked).toContain("second"));
  const left = await world.eventsOf(async () => {
    gates.dispatchEvent(new Event("first"));
    await until(async () => {
      const tickets = await world.behind.prisma.$queryRaw`
        SELECT id FROM pgboss.job WHERE state = 'completed' AND data->>'exportId' = ${id}`;
      expect(tickets).not.toEqual([]);
    });
    // It stopped after the part that it was at, before the manifest is signed, and took nothing from who goes on.
    expect(statements).toBe(0);
    expect(await readExport(await world.as("lead"), id)).toMatchObject({ state: "running" });
    gates.dispatchEvent(new Event("second"));
    await until(async () => expect(await readExport(await world.as("lead"), id)).toMatchObject({ state: "done" }));
  });
  await first.stop();
  await second.stop();
  expect(left.filter(({ action }) => action === "pack.sealed")).toHaveLength(1);
});

it("erases what removed webhooks were told though the folder of exports cannot be read", async () => {
  const { id } = await hookOf(world, "admin", "https://hooks.example.com");
  await removeWebhook(await world.steppedUp("admin"), id);
  world.pass({ minutes: 6 });
  const folder = fileURLToPath(import.meta.url);
  const worker = start(world.signer, { ...workshop, exports: { ...workshop.exports, folder } });
  try {
    await until(async () => expect(await world.behind.prisma.webhookEndpoint.count({ where: { id } })).toBe(0));
  } finally {
    await worker.stop();
  }
});

it("has no right by its login alone but on the queue, and cannot change that", async () => {
  await withConnection(world.stored.workerUrl, async (client) => {
    for (const statement of [
      "SELECT * FROM export_job",
      "SELECT * FROM credential",
      "SET ROLE countervail_organisation",
      "SET ROLE countervail_system",
      "SET ROLE countervail_rw",
      "SELECT enqueue_export(gen_random_uuid())",
      "SELECT pgboss.create_queue('mine', '{}')",
      "CREATE TABLE pgboss.mine (id int)",
    ]) {
      await expect(client.query(statement), statement).rejects.toMatchObject({ code: "42501" });
    }
  });
  // Its books are of exports and of nothing else: it makes no account and reads none.
  await withConnection(world.stored.workerUrl, async (client) => {
    await client.query("SET ROLE countervail_exports");
    await expect(client.query("SELECT * FROM export_job")).resolves.toBeDefined();
    for (const statement of [
      "SELECT * FROM app_user",
      "INSERT INTO credential (user_id) VALUES (gen_random_uuid())",
      "SELECT * FROM signing_key_set",
      "SELECT * FROM service_gap",
      "UPDATE export_job SET sha256 = repeat('0', 64)",
    ]) {
      await expect(client.query(statement), statement).rejects.toMatchObject({ code: "42501" });
    }
  });
  await withConnection(world.stored.appUrl, async (client) => {
    await expect(client.query("SELECT * FROM pgboss.job")).rejects.toMatchObject({ code: "42501" });
  });
});
