import type { Readable } from "node:stream";
import type { SignedInContext } from "@/lib/auth/context";
import { noteExports } from "@/lib/auth/open";
import { type ExportRow, noteProgress } from "@/lib/data/exports";
import type { ExportStep } from "@/lib/domain/export/states";
import type { JobFolder, LaidFile } from "@/lib/storage/job-folder";

/** Thrown where an export ends because it is not wanted any more: its row says so already. */
export class NotWanted extends Error {
  override readonly name = "NotWanted";
}

/** Thrown where an export stops for now, because the worker is told to end. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
}

/**
 * An export that is being made. Each of its parts leaves an outcome in the job's folder, and a part whose outcome is
 * there is not made again: so it goes on where it was, whatever ended it.
 */
export class ExportRun {
  #done = 0;
  #total = 0;

  constructor(
    /** As whoever asked for it. */
    readonly context: SignedInContext,
    readonly row: ExportRow,
    readonly folder: JobFolder,
    readonly signal: AbortSignal,
  ) {}

  /** Says how many parts there are, as far as is known. */
  expect(total: number): void {
    this.#total = total;
  }

  /** A part whose outcome is plain data. @throws NotWanted, Interrupted; Failure storage_full; what the work throws */
  json<T>(step: ExportStep, name: string, make: () => Promise<T> | T): Promise<T> {
    return this.#part(step, name, () => this.folder.json(name, make));
  }

  /** As {@link json}, for bytes. */
  bytes(step: ExportStep, name: string, make: () => Promise<Uint8Array> | Uint8Array): Promise<Uint8Array> {
    return this.#part(step, name, () => this.folder.bytes(name, make));
  }

  /** As {@link json}, for bytes that are written as they come. */
  stream(step: ExportStep, name: string, make: () => Readable): Promise<LaidFile> {
    return this.#part(step, name, () => this.folder.stream(name, make));
  }

  /** Notes that a step begins which leaves its outcome elsewhere. */
  async begin(step: ExportStep): Promise<void> {
    if (this.signal.aborted) throw new Interrupted();
    const progress = { step, partsDone: this.#done, partsTotal: Math.max(this.#total, this.#done) };
    const runs = await noteExports(this.context, (tx) => noteProgress(tx, this.row.id, progress));
    if (!runs) throw new NotWanted();
  }

  async #part<T>(step: ExportStep, name: string, work: () => Promise<T>): Promise<T> {
    if (!(await this.folder.has(name))) await this.begin(step);
    const outcome = await work();
    this.#done += 1;
    return outcome;
  }
}
