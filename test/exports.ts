import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ExportDto, ExportRequest } from "@/lib/contracts/export";
import { readExport } from "@/lib/services/export/own-exports";
import { requestExport } from "@/lib/services/export/request-export";
import { runExport, type Workshop } from "@/lib/services/export/run-export";
import type { BlobStore } from "@/lib/storage/blob-store";
import type { Person, World } from "@/test/world";

/** A folder for exports of a test's own, and the making of them as a worker would. */
export interface TestWorkshop extends Workshop {
  /** Asks for an export and has it made. @returns how it stands then */
  readonly make: (by: Person, engagementId: string, wanted: ExportRequest) => Promise<ExportDto>;
  /** Has a worker make or go on with an export. */
  readonly run: (exportId: string, signal?: AbortSignal) => Promise<unknown>;
  /** Where the finished file lies. */
  readonly fileOf: (exportId: string) => string;
  readonly remove: () => Promise<void>;
}

/** Makes a workshop. */
export async function makeWorkshop(world: World, store: BlobStore): Promise<TestWorkshop> {
  const folder = await mkdtemp(join(tmpdir(), "countervail-exports-"));
  const workshop: Workshop = { exports: { folder, keptHours: 24 }, store };
  const run = (exportId: string, signal = new AbortController().signal) =>
    runExport({ ...world.alone(), requestId: exportId }, workshop, exportId, signal);
  return {
    ...workshop,
    run,
    make: async (by, engagementId, wanted) => {
      const { id } = await requestExport(await world.as(by), engagementId, wanted);
      await run(id);
      return readExport(await world.as(by), id);
    },
    fileOf: (exportId) => join(folder, exportId, "file"),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
