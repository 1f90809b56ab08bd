import { chmod, readFile, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type SegmentDocument, segmentPath } from "@/lib/domain/audit/segment";
import { ensurePrivateFolder, hasCode, syncFolder, writeDurably } from "@/lib/durable";

/** A segment's name. */
export type SegmentName = Pick<SegmentDocument, "chain" | "from" | "to">;

/** The folder of archive segments: `<chain>/<from>-<to>.jsonl` with the events, `….dsse.json` with what was signed. */
export class SegmentFiles {
  constructor(private readonly folder: string) {}

  /** The path of a segment's events. */
  eventsFile(name: SegmentName): string {
    return join(this.folder, `${segmentPath(name)}.jsonl`);
  }

  #documentFile(name: SegmentName): string {
    return join(this.folder, `${segmentPath(name)}.dsse.json`);
  }

  /** Writes both files, forced onto the disk. What an interrupted attempt left is written over. */
  async write(name: SegmentName, events: string, envelope: string): Promise<void> {
    await ensurePrivateFolder(this.folder);
    await ensurePrivateFolder(dirname(this.eventsFile(name)));
    await syncFolder(this.folder);
    await syncFolder(dirname(this.folder));
    for (const [path, content] of [
      [this.eventsFile(name), events],
      [this.#documentFile(name), envelope],
    ] as const) {
      await writeDurably(path, content);
      // Nobody changes a segment; to give it up, it is removed.
      await chmod(path, 0o400);
    }
  }

  /** A segment's events as they lie there, or null when they do not. */
  async readEvents(name: SegmentName): Promise<Uint8Array | null> {
    return readIfThere(this.eventsFile(name));
  }

  /** Its signed document as it lies there, or null when it does not. */
  async readDocument(name: SegmentName): Promise<Uint8Array | null> {
    return readIfThere(this.#documentFile(name));
  }

  /** Removes a segment's events for good; the signed document stays. @returns whether they were there */
  async removeEvents(name: SegmentName): Promise<boolean> {
    const path = this.eventsFile(name);
    if ((await this.readEvents(name)) === null) return false;
    await rm(path);
    await syncFolder(dirname(path));
    return true;
  }
}

async function readIfThere(path: string): Promise<Uint8Array | null> {
  try {
    return new Uint8Array(await readFile(path));
  } catch (error) {
    if (hasCode(error, "ENOENT")) return null;
    throw error;
  }
}
