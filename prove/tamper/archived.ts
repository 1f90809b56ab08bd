import { chmod, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type pg from "pg";
import { segmentPath } from "@/lib/domain/audit/segment";
import type { KeyRecord } from "@/lib/domain/proof/keys";
import { archiveTrail, expireTrail } from "@/lib/keeper/archive";
import { SegmentFiles } from "@/lib/keeper/segment-files";
import { type KnownSegment, openKeeperStore } from "@/lib/keeper/store";
import type { TrailFinding } from "@/lib/services/trail/trail-finding";
import type { SegmentSource } from "@/lib/services/trail/verify-segments";
import { startTestSigner } from "@/test/signer";
import type { ProtectedTable } from "../support/protected-tables";
import type { Random } from "../support/random";
import { unguarded } from "../support/sql";
import { type About, tell } from "../support/told-rows";

const DAY = 86_400_000;

/** How long ago (days) what is archived happened: the first is given up, which takes more than a year. */
const TIMES = { expired: 420, archived: 200, last: 150 };

/** Events that stay at hand when they are archived. */
const KEPT = ["worksheet.signed", "pack.sealed"];

/** The addresses of a database that archiving takes. */
export interface ArchiveLogins {
  readonly signerUrl: string;
  readonly keeperUrl: string;
}

/** A trail of which a part is archived, and of that a part given up. */
export interface ArchivedTrail {
  readonly source: SegmentSource;
  readonly segments: readonly KnownSegment[];
  readonly folder: string;
}

/** An event of so many days ago. */
export function ago(days: number, action = "test"): About {
  return { at: new Date(Date.now() - days * DAY).toISOString(), action };
}

/** The events that everything begins with are of that time. */
export const FIRST = ago(TIMES.expired);

/**
 * Archives all that is there and is of {@link FIRST}, gives it up, and archives twice more what happens after that.
 * @param happen what happens before each of the two
 */
export async function archiveSome(
  sql: pg.Client,
  { signerUrl, keeperUrl }: ArchiveLogins,
  folder: string,
  target: ProtectedTable,
  happen: (about: About) => Promise<void>,
): Promise<ArchivedTrail> {
  let days = TIMES.expired;
  const clock = () => new Date(Date.now() - days * DAY);
  const signer = await startTestSigner({ signerUrl }, clock);
  const store = openKeeperStore(keeperUrl);
  const files = new SegmentFiles(folder);
  const { rows: logs } = await sql.query<{ log_id: string }>("SELECT log_id FROM audit_head");
  const archive = async () => {
    for (const { log_id: logId } of logs) {
      // The last one of a chain is not archived.
      for (const action of [...KEPT, "test"]) await tell(sql, logId, target, [], undefined, ago(days, action));
    }
    await signer.look();
    // The rows put down here say that data were put back, and over such the signer signs nothing.
    await unguarded(sql, () => sql.query("UPDATE service_gap SET recorded_at = now()"));
    await archiveTrail({ store, files, signer: signer.client, clock }, 3);
    await unguarded(sql, () => sql.query("UPDATE service_gap SET recorded_at = NULL"));
  };
  try {
    await archive();
    days = TIMES.archived;
    await expireTrail({ store, files, clock }, 1);
    await happen(ago(days));
    await archive();
    days = TIMES.last;
    await happen(ago(days));
    await archive();
    const { keys } = await signer.keySet();
    return { source: sourceOf(files, keys), segments: await store.segments(), folder };
  } finally {
    await store.close();
    await signer.remove();
  }
}

function sourceOf(files: SegmentFiles, keys: readonly KeyRecord[]): SegmentSource {
  return { readEvents: (name) => files.readEvents(name), readDocument: (name) => files.readDocument(name), keys };
}

/** A change of the files of archived segments, and how a finding names what was changed. */
export interface FileMutation {
  readonly kind: string;
  readonly what: string;
  /** Makes the change. @returns what undoes it */
  readonly work: () => Promise<() => Promise<void>>;
  readonly isNamedBy: (finding: TrailFinding) => boolean;
}

/** Every file of every segment: bits flipped, a byte less and one more, emptied, removed, and put in another's place. */
export function fileMutations({ segments, folder }: ArchivedTrail, flips: number, random: Random): FileMutation[] {
  return segments.flatMap((segment, at) => {
    const others = segments.filter(({ expired }, index) => index !== at && !expired);
    return (segment.expired ? [".dsse.json"] : [".dsse.json", ".jsonl"]).flatMap((end): FileMutation[] => {
      const what = `${segmentPath(segment)}${end}`;
      const isNamedBy = ({ logId, seq }: TrailFinding) =>
        logId === segment.chain && seq !== null && seq >= BigInt(segment.from) && seq < BigInt(segment.to);
      const change = (kind: string, changed: (bytes: Buffer) => Buffer | null | Promise<Buffer>): FileMutation => ({
        kind: `${kind} of a file`,
        what,
        isNamedBy,
        work: () => changeFile(join(folder, what), changed),
      });
      const another = `${segmentPath(random.pick(others))}${end}`;
      return [
        ...Array.from({ length: flips }, () => change("flip", (bytes) => flipped(bytes, random))),
        change("a byte less", (bytes) => bytes.subarray(0, -1)),
        change("a byte more", (bytes) => Buffer.concat([bytes, Buffer.from("\n")])),
        change("emptying", () => Buffer.alloc(0)),
        change("removal", () => null),
        change("exchange", () => readFile(join(folder, another))),
      ];
    });
  });
}

function flipped(bytes: Buffer, random: Random): Buffer {
  const changed = Buffer.from(bytes);
  const place = random.int(bytes.length);
  changed[place] = (changed[place] ?? 0) ^ (1 << random.int(8));
  return changed;
}

async function changeFile(
  path: string,
  changed: (bytes: Buffer) => Buffer | null | Promise<Buffer>,
): Promise<() => Promise<void>> {
  const bytes = await readFile(path);
  const other = await changed(bytes);
  const put = async (content: Buffer) => {
    await rm(path, { force: true });
    await writeFile(path, content);
    await chmod(path, 0o400);
  };
  await (other === null ? rm(path) : put(other));
  return () => put(bytes);
}
