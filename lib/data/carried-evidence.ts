import { fromDay } from "@/lib/data/days";
import type { EvidenceFields, Origin } from "@/lib/data/evidence";
import type { StoredBlob } from "@/lib/data/evidence-files";
import { ownerOf } from "@/lib/data/worksheets";
import type { ScopedTx } from "@/lib/db/kinds";

// A change of the register comes into many worksheets at once: whatever their number, each function here is one statement.

/** A row of evidence with the version that it is to have still. */
export interface Versioned {
  readonly id: string;
  readonly version: number;
}

/** Holds the evidence of some worksheets until the commit, so that what is planned from it stays so. */
export async function holdEvidence(tx: ScopedTx, worksheetIds: readonly string[]): Promise<void> {
  await tx.db.$queryRaw`SELECT 1 FROM evidence WHERE worksheet_id = ANY (${[...worksheetIds]}::uuid[])
    AND engagement_id = ${tx.engagement.id}::uuid AND removed_at IS NULL ORDER BY id FOR UPDATE`;
}

/** Stores evidence that comes with a shared control. @returns the new rows' ids, with where they are and which they are */
export async function insertCarried(
  tx: ScopedTx,
  rows: readonly { readonly worksheetId: string; readonly fields: EvidenceFields; readonly origin: Origin }[],
): Promise<{ id: string; worksheetId: string; recordEvidenceId: string | null }[]> {
  if (rows.length === 0) return [];
  return tx.db.evidence.createManyAndReturn({
    data: rows.map(({ worksheetId, fields, origin }) => ({
      ...{ worksheetId, ...ownerOf(tx), ...fields, ...origin },
      collectedOn: fromDay(fields.collectedOn),
      validUntil: fromDay(fields.validUntil),
      ...{ addedById: tx.actor.userId, addedAt: tx.now },
    })),
    select: { id: true, worksheetId: true, recordEvidenceId: true },
  });
}

/** Changes what evidence says. @returns whether every row still had its version; where one had not, the others changed */
export async function storeCarried(
  tx: ScopedTx,
  rows: readonly (Versioned & { readonly fields: EvidenceFields })[],
): Promise<boolean> {
  if (rows.length === 0) return true;
  const of = <T>(pick: (fields: EvidenceFields) => T) => rows.map(({ fields }) => pick(fields));
  const count = await tx.db.$executeRaw`UPDATE evidence e SET section = n.section, item_id = n.item_id, title = n.title,
      url = n.url, shows = n.shows, collected_on = n.collected_on, valid_until = n.valid_until, version = n.version + 1
    FROM unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ version }) => version)}::int[],
      ${of(({ section }) => section)}::text[], ${of(({ itemId }) => itemId)}::text[], ${of(({ title }) => title)}::text[],
      ${of(({ url }) => url)}::text[], ${of(({ shows }) => shows)}::text[],
      ${of(({ collectedOn }) => collectedOn)}::date[], ${of(({ validUntil }) => validUntil)}::date[])
      AS n (id, version, section, item_id, title, url, shows, collected_on, valid_until)
    WHERE e.id = n.id AND e.version = n.version AND e.engagement_id = ${tx.engagement.id}::uuid AND e.removed_at IS NULL`;
  return count === rows.length;
}

/** Says of rows which shared control they came from, or with null that they are the worksheet's own. @returns as `storeCarried` */
export async function storeOrigins(
  tx: ScopedTx,
  rows: readonly (Versioned & { readonly origin: Origin | null })[],
): Promise<boolean> {
  if (rows.length === 0) return true;
  const count = await tx.db.$executeRaw`UPDATE evidence e
    SET control_record_id = n.record, record_evidence_id = n.entry, version = n.version + 1
    FROM unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ version }) => version)}::int[],
      ${rows.map(({ origin }) => origin?.controlRecordId ?? null)}::uuid[],
      ${rows.map(({ origin }) => origin?.recordEvidenceId ?? null)}::uuid[]) AS n (id, version, record, entry)
    WHERE e.id = n.id AND e.version = n.version AND e.engagement_id = ${tx.engagement.id}::uuid AND e.removed_at IS NULL`;
  return count === rows.length;
}

/** Leaves tombstones in the place of evidence. @returns as `storeCarried` */
export async function buryAll(tx: ScopedTx, rows: readonly Versioned[]): Promise<boolean> {
  if (rows.length === 0) return true;
  const count = await tx.db
    .$executeRaw`UPDATE evidence e SET removed_at = ${tx.now}::timestamptz, version = n.version + 1
    FROM unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ version }) => version)}::int[]) AS n (id, version)
    WHERE e.id = n.id AND e.version = n.version AND e.engagement_id = ${tx.engagement.id}::uuid AND e.removed_at IS NULL`;
  return count === rows.length;
}

/** Adds files to evidence, those of each row behind the ones that it has, in the given order. @returns the new rows */
export async function insertFiles(
  tx: ScopedTx,
  files: readonly {
    readonly evidenceId: string;
    readonly worksheetId: string;
    readonly blob: StoredBlob;
    readonly name: string;
  }[],
): Promise<{ id: string; worksheetId: string }[]> {
  if (files.length === 0) return [];
  const last = new Map<string, number>();
  const stored = await tx.db.evidenceFile.groupBy({
    by: ["evidenceId"],
    where: { evidenceId: { in: files.map(({ evidenceId }) => evidenceId) }, engagementId: tx.engagement.id },
    _max: { position: true },
  });
  for (const { evidenceId, _max } of stored) last.set(evidenceId, _max.position ?? 0);
  return tx.db.evidenceFile.createManyAndReturn({
    data: files.map(({ evidenceId, worksheetId, blob, name }) => {
      const position = (last.get(evidenceId) ?? 0) + 1;
      last.set(evidenceId, position);
      const by = { uploadedById: tx.actor.userId, uploadedAt: tx.now };
      return { ...ownerOf(tx), worksheetId, evidenceId, blobId: blob.id, name, position, ...by };
    }),
    select: { id: true, worksheetId: true },
  });
}

/** Who put files with these bytes into evidence of the engagement, and whoever that evidence is from. */
export async function whoBrought(tx: ScopedTx, digests: readonly string[]): Promise<string[]> {
  if (digests.length === 0) return [];
  const rows = await tx.db.$queryRaw<
    { id: string }[]
  >`SELECT DISTINCT unnest(ARRAY[f.uploaded_by_id, e.added_by_id]) AS id
    FROM evidence_file f JOIN blob b ON b.id = f.blob_id JOIN evidence e ON e.id = f.evidence_id
    WHERE f.engagement_id = ${tx.engagement.id}::uuid AND b.sha256 = ANY (${[...digests]}::text[])`;
  return rows.map(({ id }) => id);
}

/** Everybody who wrote in a worksheet whose own evidence says these things to the letter; who changed a row is not kept with it. */
export async function whoWrote(
  tx: ScopedTx,
  said: readonly {
    readonly title: string;
    readonly url: string;
    readonly shows: string;
    readonly collectedOn: string;
  }[],
): Promise<string[]> {
  if (said.length === 0) return [];
  const rows = await tx.db.$queryRaw<{ id: string }[]>`SELECT DISTINCT a.user_id AS id
    FROM unnest(${said.map(({ title }) => title)}::text[], ${said.map(({ url }) => url)}::text[],
      ${said.map(({ shows }) => shows)}::text[], ${said.map(({ collectedOn }) => collectedOn)}::date[])
      AS n (title, url, shows, collected_on)
    JOIN evidence e ON (e.title, e.url, e.shows, e.collected_on) = (n.title, n.url, n.shows, n.collected_on)
      AND e.engagement_id = ${tx.engagement.id}::uuid AND e.removed_at IS NULL AND e.control_record_id IS NULL
    JOIN worksheet_author a ON a.worksheet_id = e.worksheet_id AND a.engagement_id = e.engagement_id`;
  return rows.map(({ id }) => id);
}
