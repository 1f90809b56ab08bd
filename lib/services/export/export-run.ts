import type { Readable } from "node:stream";
import type { SignedInContext } from "@/lib/auth/context";
import { noteExports } from "@/lib/auth/open";
import { type ExportRow, isRunning, noteProgress } from "@/lib/data/exports";
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

/** How often it is looked whether an export is still wanted, and how far it has come is noted (milliseconds). */
const LOOK_MS = 500;

/**
 * An export that is being made. Each of its parts leaves an outcome in the job's folder, and a part whose outcome is
 * there is not made again: so it goes on where it was, whatever ended it.
 */
export class ExportRun {
  #done = 0;
  #total = 0;
  /** How much of the part that is being made has come out, and what of it is noted. */
  #partial: { readonly step: ExportStep; readonly done: number } | null = null;
  readonly #unwanted = new AbortController();
  /** Aborted when the worker is told to end, and when nobody wants the export any more. */
  readonly signal: AbortSignal;

  constructor(
    /** As whoever asked for it. */
    readonly context: SignedInContext,
    readonly row: ExportRow,
    readonly folder: JobFolder,
    signal: AbortSignal,
  ) {
    this.signal = AbortSignal.any([signal, this.#unwanted.signal]);
  }

  /** Says how many parts there are, as far as is known. */
  expect(total: number): void {
    this.#total = total;
  }

  /**
   * A part whose outcome is plain data. @param parts as how many parts it counts, or what says so of its outcome
   * @throws NotWanted, Interrupted; Failure storage_full; what the work throws
   */
  json<T>(
    step: ExportStep,
    name: string,
    make: () => Promise<T> | T,
    parts: number | ((outcome: T) => number) = 1,
  ): Promise<T> {
    return this.#part(step, name, parts, () => this.folder.json(name, make));
  }

  /** As {@link json}, for bytes. */
  bytes(step: ExportStep, name: string, make: () => Promise<Uint8Array> | Uint8Array): Promise<Uint8Array> {
    return this.#part(step, name, 1, () => this.folder.bytes(name, make));
  }

  /** As {@link json}, for bytes that are written as they come. */
  stream(step: ExportStep, name: string, make: () => Readable | Promise<Readable>, parts = 1): Promise<LaidFile> {
    return this.#part(step, name, parts, () => this.folder.stream(name, make, this.signal));
  }

  /** As {@link json}, for a file that somebody else writes, who may say with {@link reach} how far that is. */
  file(step: ExportStep, name: string, write: (path: string) => Promise<void>, parts = 1): Promise<LaidFile> {
    return this.#part(step, name, parts, () => this.folder.file(name, write));
  }

  /** Says how many parts of the one that is being made have come out; it is noted now and then. */
  reach(step: ExportStep, done: number): void {
    this.#partial = { step, done };
  }

  /** Ends a part between two stretches of it. @throws NotWanted, Interrupted */
  requireWanted(): void {
    if (this.#unwanted.signal.aborted) throw new NotWanted();
    if (this.signal.aborted) throw new Interrupted();
  }

  /** Notes that a step begins which leaves its outcome elsewhere. */
  async begin(step: ExportStep): Promise<void> {
    this.requireWanted();
    const runs = await noteExports(this.context, (tx) => noteProgress(tx, this.row.id, this.#progress(step, 0), true));
    if (!runs) throw new NotWanted();
  }

  /** Does the work, and stops it soon after its asker has cancelled the export, also within a part. @throws as the work; NotWanted */
  async watched(work: () => Promise<void>): Promise<void> {
    let looking = false;
    const timer = setInterval(() => {
      if (looking) return;
      looking = true;
      void this.#look().finally(() => {
        looking = false;
      });
    }, LOOK_MS);
    try {
      await work();
    } catch (error) {
      throw this.#unwanted.signal.aborted ? new NotWanted() : error;
    } finally {
      clearInterval(timer);
    }
  }

  async #look(): Promise<void> {
    const partial = this.#partial;
    this.#partial = null;
    try {
      const runs = await noteExports(this.context, (tx) =>
        partial
          ? noteProgress(tx, this.row.id, this.#progress(partial.step, partial.done), false)
          : isRunning(tx, this.row.id),
      );
      if (!runs) this.#unwanted.abort(new NotWanted());
    } catch {
      // A database that is away is noticed by the part itself.
    }
  }

  #progress(step: ExportStep, done: number) {
    const partsDone = this.#done + done;
    return { step, partsDone, partsTotal: Math.max(this.#total, partsDone) };
  }

  async #part<T>(
    step: ExportStep,
    name: string,
    parts: number | ((outcome: T) => number),
    work: () => Promise<T>,
  ): Promise<T> {
    if (!(await this.folder.has(name))) await this.begin(step);
    const outcome = await work();
    this.#partial = null;
    this.#done += typeof parts === "number" ? parts : parts(outcome);
    return outcome;
  }
}
