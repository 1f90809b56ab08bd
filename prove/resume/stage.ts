import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startTemporaryServer } from "@/lib/db/embedded/temporary";
import { FILE_LIMITS } from "@/lib/domain/evidence/file-limits";
import { activeKey } from "@/lib/domain/proof/key-set";
import { uploadFile } from "@/lib/services/evidence/upload-file";
import { makeMove } from "@/lib/services/review/make-move";
import { addEvidence } from "@/lib/services/worksheet/add-evidence";
import { openEvidenceFiles } from "@/lib/storage/evidence-files";
import { loadCatalogue } from "@/prisma/seed/catalogue";
import { makeEngagement, openSheet, sign, submitSheet, write } from "@/test/engagement";
import { bodyOf } from "@/test/evidence-files";
import { SAMPLE_SECTIONS } from "@/test/fixtures/sample-sections";
import { World } from "@/test/world";
import { startWorkerProcess, type WorkerProcess } from "./worker-process";

/** A service with an engagement that was decided on, and a data folder that a worker works in. */
export interface Stage {
  readonly world: World;
  readonly engagementId: string;
  readonly dataFolder: string;
  /** The fingerprint that whoever verifies knows. */
  readonly root: string;
  readonly startWorker: () => WorkerProcess;
  readonly remove: () => Promise<void>;
}

/** Large enough that one can see the archive being written, and be there. */
const EVIDENCE_BYTES = 12_000_000;

/** Makes one, on a database server and with a signer of its own. */
export async function makeStage(): Promise<Stage> {
  const temporary = await startTemporaryServer();
  const dataFolder = await mkdtemp(join(tmpdir(), "countervail-resume-"));
  const addresses = await temporary.makeMigrated("resume");
  await loadCatalogue(addresses.ownerUrl);
  const adminUrl = temporary.server.adminUrl("resume");
  const stored = { ...addresses, adminUrl, drop: async () => undefined };
  const world = await World.make(new Date().toISOString(), { stored });
  // The worker goes by the machine's clock, and so does this world with its signer.
  const clock = setInterval(() => {
    world.now = new Date();
  }, 500);
  const signer = await world.startSigner();
  const engagementId = await makeEngagement(world);
  await decide(world, engagementId, dataFolder);
  return {
    world,
    engagementId,
    dataFolder,
    root: activeKey(await signer.keySet(), "root")?.id ?? "",
    startWorker: () =>
      startWorkerProcess({
        COUNTERVAIL_WORKER_DATABASE_URL: addresses.workerUrl,
        COUNTERVAIL_DATA: dataFolder,
        COUNTERVAIL_SIGNER: signer.socketPath,
      }),
    remove: async () => {
      clearInterval(clock);
      await world.close();
      await temporary.remove();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

async function decide(world: World, engagementId: string, dataFolder: string): Promise<void> {
  const sheet = await openSheet(world, engagementId, "8.3.4");
  await write(world, sheet, SAMPLE_SECTIONS);
  const by = await world.as("contributor");
  const { id } = await addEvidence(by, sheet, {
    section: "validation",
    itemId: null,
    title: "Log of the drill",
    url: "",
    shows: "",
    collectedOn: "2026-11-20",
    validUntil: null,
  });
  const files = openEvidenceFiles(dataFolder, {
    s3: undefined,
    limits: FILE_LIMITS,
    scanner: undefined,
    linkCheck: false,
  });
  const text = randomBytes(EVIDENCE_BYTES / 2)
    .toString("hex")
    .replace(/[0-9]/g, "x");
  await uploadFile(by, files, id, {
    name: "drill.log",
    body: bodyOf(text),
    announced: null,
    acknowledgeCardNumber: false,
  });
  await makeMove(await world.as("lead"), sheet, { move: "submit", reason: "" });
  await sign(world, sheet);
  await sign(world, await submitSheet(world, engagementId, "8.3.9"));
}
