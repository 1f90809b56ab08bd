import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onBehalfOf } from "@/lib/auth/on-behalf";
import { noteExports } from "@/lib/auth/open";
import type { ExportDto, ExportRequest } from "@/lib/contracts/export";
import { beginExport } from "@/lib/data/exports";
import { ExportRun } from "@/lib/services/export/export-run";
import { folderOf } from "@/lib/services/export/finished-file";
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
  readonly run: (exportId: string, ending?: AbortSignal) => Promise<unknown>;
  /** Asks for an export and begins it as a worker does, so that it can be stopped between two of its steps. */
  readonly begin: (by: Person, engagementId: string, wanted: ExportRequest) => Promise<ExportRun>;
  /** Where the finished file lies. */
  readonly fileOf: (exportId: string) => string;
  readonly remove: () => Promise<void>;
}

/** A gathering with something that happens when its plan is made, and nothing has been gathered yet. */
export function meanwhile<G extends { readonly plan: (...by: never[]) => Promise<unknown> }>(
  gathering: G,
  happens: () => Promise<unknown>,
): G {
  return {
    ...gathering,
    plan: async (...by: never[]) => {
      const plan = await gathering.plan(...by);
      await happens();
      return plan;
    },
  };
}

/** Makes a workshop. */
export async function makeWorkshop(world: World, store: BlobStore): Promise<TestWorkshop> {
  const folder = await mkdtemp(join(tmpdir(), "countervail-exports-"));
  const workshop: Workshop = { exports: { folder, keptHours: 24 }, store };
  const held = { lost: new AbortController().signal, settled: async () => undefined };
  const run = (exportId: string, ending = new AbortController().signal) =>
    runExport({ ...world.alone(), requestId: exportId }, workshop, exportId, ending, held);
  return {
    ...workshop,
    run,
    make: async (by, engagementId, wanted) => {
      const { id } = await requestExport(await world.as(by), engagementId, wanted);
      await run(id);
      return readExport(await world.as(by), id);
    },
    begin: async (by, engagementId, wanted) => {
      const { id } = await requestExport(await world.as(by), engagementId, wanted);
      const row = await noteExports(world.alone(), (tx) => beginExport(tx, id));
      const context = await onBehalfOf(world.alone(), world.userId(by), null);
      if (!row || !context) throw new Error("The export cannot be begun.");
      return new ExportRun(context, row, folderOf(folder, id), new AbortController().signal);
    },
    fileOf: (exportId) => join(folder, exportId, "file"),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
