import type { TrailQuery } from "@/lib/contracts/trail";
import type { Prisma } from "@/lib/db/generated/client";
import type { OrganisationTx, ScopedTx } from "@/lib/db/kinds";
import type { ChainHead, ChainLink } from "@/lib/domain/audit/chain";
import type { WorksheetKind } from "@/lib/domain/records/kinds";

/** Where a list of events is read: a whole chain, or what of it belongs to one engagement. */
export interface TrailPlace {
  readonly logId: string;
  readonly engagementId?: string | undefined;
  /** Set for readers of another company: the entity's internal review is its own. */
  readonly fromOutside?: boolean;
}

/** Moves into an internal review, and back from it. A payload is canonical JSON, so no text in it looks like that. */
const INTERNAL_REVIEW: Prisma.AuditEventWhereInput = {
  OR: [
    { action: "worksheet.sent_back" },
    { action: "worksheet.submitted", payload: { contains: '"to":"internal_review"' } },
  ],
};

/** The events of a worksheet, and those of overviews that showed a part of it. A payload is canonical JSON. */
function ofWorksheet(id: string): Prisma.AuditEventWhereInput {
  const listed = { contains: `"worksheetId":${JSON.stringify(id)}` };
  return { OR: [{ worksheetId: id }, { action: "revision.viewed", worksheetId: null, payload: listed }] };
}

/** A page of events, newest first. */
export function listEvents(tx: ScopedTx | OrganisationTx, place: TrailPlace, query: TrailQuery, before: bigint | null) {
  const { action, actorId, worksheetId, from, to, limit } = query;
  const { fromOutside, ...where } = place;
  return tx.db.auditEvent.findMany({
    where: {
      ...where,
      ...(fromOutside ? { NOT: INTERNAL_REVIEW } : {}),
      ...(action ? { action } : {}),
      ...(actorId ? { actorId } : {}),
      ...(worksheetId ? ofWorksheet(worksheetId) : {}),
      ...(before === null ? {} : { seq: { lt: before } }),
      at: {
        ...(from ? { gte: new Date(`${from}T00:00:00Z`) } : {}),
        ...(to ? { lt: new Date(Date.parse(`${to}T00:00:00Z`) + 86_400_000) } : {}),
      },
    },
    orderBy: { seq: "desc" },
    take: limit + 1,
  });
}

/** The events of a place that come after one and before another, the oldest first: as they were stored. */
export function eventsBetween(
  tx: ScopedTx | OrganisationTx,
  place: TrailPlace,
  span: { readonly from: bigint; readonly until: bigint },
  count: number,
): Promise<{ seq: bigint; prevHash: Uint8Array; entryHash: Uint8Array; payload: string }[]> {
  const { fromOutside, ...where } = place;
  return tx.db.auditEvent.findMany({
    where: { ...where, ...(fromOutside ? { NOT: INTERNAL_REVIEW } : {}), seq: { gte: span.from, lt: span.until } },
    select: { seq: true, prevHash: true, entryHash: true, payload: true },
    orderBy: { seq: "asc" },
    take: count,
  });
}

/** How many events of a place there are before one, as {@link eventsBetween} gives them. */
export function countEvents(tx: ScopedTx | OrganisationTx, place: TrailPlace, until: bigint): Promise<number> {
  const { fromOutside, ...where } = place;
  return tx.db.auditEvent.count({
    where: { ...where, ...(fromOutside ? { NOT: INTERNAL_REVIEW } : {}), seq: { lt: until } },
  });
}

/**
 * A stretch of a chain in its order, for recomputing it: the hashes of the stored payloads, since a chain holds events
 * that not everybody may read who may verify it.
 */
export async function readChain(
  tx: ScopedTx | OrganisationTx,
  logId: string,
  from: bigint,
  count: number,
): Promise<ChainLink[]> {
  const rows = await tx.db.$queryRaw<
    { seq: bigint; prev_hash: Uint8Array; entry_hash: Uint8Array; payload_hash: Uint8Array }[]
  >`SELECT seq, prev_hash, entry_hash, payload_hash FROM audit_stretch(${logId}, ${from}, ${count})`;
  return rows.map((row) => ({
    seq: row.seq,
    prevHash: row.prev_hash,
    entryHash: row.entry_hash,
    payloadHash: row.payload_hash,
  }));
}

/**
 * The end of a chain: as it was recorded, null when it never was, and how far the stored events go. Both are of one
 * instant, so that an event that is appended meanwhile does not make them differ.
 */
export async function readEnd(
  tx: ScopedTx | OrganisationTx,
  logId: string,
): Promise<{ readonly head: ChainHead | null; readonly events: bigint }> {
  const [row] = await tx.db.$queryRaw<{ size: bigint | null; head: Uint8Array | null; events: bigint }[]>`
    SELECT size, head, events FROM audit_end(${logId})`;
  const { size = null, head = null, events = 0n } = row ?? {};
  return { head: size === null || head === null ? null : { size, head }, events };
}

/** How much of a chain is archived. */
export interface ArchivedPart {
  /** How many events, from the first. */
  readonly events: number;
  /** Of how many of them the files were given up. */
  readonly expired: number;
  /** When the first event that is at hand happened. */
  readonly atHandSince: Date | null;
}

/** How much of a chain is archived, and since when events are at hand. */
export async function readArchived(tx: ScopedTx | OrganisationTx, logId: string): Promise<ArchivedPart> {
  const [row] = await tx.db.$queryRaw<{ archived: bigint; expired: bigint; at_hand_since: Date | null }[]>`
    SELECT archived, expired, at_hand_since FROM audit_archived(${logId})`;
  const { archived = 0n, expired = 0n, at_hand_since: atHandSince = null } = row ?? {};
  return { events: Number(archived), expired: Number(expired), atHandSince };
}

/** Events by which signed statements entered the trail. */
const DECIDED = ["worksheet.signed", "worksheet.refused", "worksheet.revoked", "worksheet.reopened"];

/**
 * The engagement's events of signed statements, archived ones among them, the oldest first, with the exact bytes that were
 * hashed.
 */
export async function statementEvents(
  tx: ScopedTx,
  logId: string,
): Promise<
  {
    readonly seq: number;
    readonly payload: Uint8Array;
    readonly prevHash: Uint8Array;
    readonly statementSha256: string;
  }[]
> {
  const query = {
    where: {
      logId,
      engagementId: tx.engagement.id,
      action: { in: DECIDED },
      payload: { contains: '"statementSha256":"' },
    },
    select: { seq: true, payload: true, prevHash: true },
    orderBy: { seq: "asc" },
  } as const;
  const rows = [...(await tx.db.auditKept.findMany(query)), ...(await tx.db.auditEvent.findMany(query))];
  return rows.map(({ seq, payload, prevHash }) => ({
    seq: Number(seq),
    payload: new Uint8Array(Buffer.from(payload, "utf8")),
    prevHash: new Uint8Array(prevHash),
    statementSha256: (JSON.parse(payload) as { detail: { statementSha256: string } }).detail.statementSha256,
  }));
}

/** How far the trail had come in each pack of the engagement that was handed out, also long ago. */
export async function packedSizes(tx: ScopedTx): Promise<number[]> {
  const query = {
    where: { engagementId: tx.engagement.id, action: "pack.sealed" },
    select: { payload: true },
    orderBy: { seq: "asc" },
  } as const;
  const rows = [...(await tx.db.auditKept.findMany(query)), ...(await tx.db.auditEvent.findMany(query))];
  return rows.map(
    ({ payload }) => (JSON.parse(payload) as { detail: { checkpointSize: number } }).detail.checkpointSize,
  );
}

/** The requirement numbers and kinds of worksheets and records by id, as far as the reader's engagements or organisation hold them. */
export async function requirementsOfWorksheets(
  tx: ScopedTx | OrganisationTx,
  ids: readonly string[],
): Promise<ReadonlyMap<string, { readonly requirementNumber: string; readonly kind: WorksheetKind }>> {
  const place = "engagement" in tx ? { engagementId: tx.engagement.id } : { organisationId: tx.organisationId };
  const rows = await tx.db.worksheet.findMany({
    where: { id: { in: [...new Set(ids)] }, ...place },
    select: { id: true, requirementNumber: true, kind: true },
  });
  return new Map(
    rows.map(({ id, requirementNumber, kind }) => [id, { requirementNumber, kind: kind as WorksheetKind }]),
  );
}
