import { ACTING } from "@/lib/data/engagements";
import { WORKSHEET_FACTS, type WorksheetTarget, worksheetTarget } from "@/lib/data/facts";
import { asJson } from "@/lib/data/json";
import { ownerOfActingService } from "@/lib/data/service-accounts";
import type { ScopedTx } from "@/lib/db/kinds";
import { compareNumbers } from "@/lib/domain/catalogue/requirement-number";
import { type RecordKind, WORKSHEET_KINDS, type WorksheetKind } from "@/lib/domain/records/kinds";
import type { WorksheetState } from "@/lib/domain/workflow/states";
import type { EligibilityAnswers, WarningReason } from "@/lib/domain/worksheet/answers";

/** A worksheet of the engagement with the facts that decisions about it need, or null. */
export async function findWorksheet(tx: ScopedTx, id: string): Promise<WorksheetTarget | null> {
  const row = await tx.db.worksheet.findFirst({
    where: { id, engagementId: tx.engagement.id },
    include: WORKSHEET_FACTS,
  });
  return row && worksheetTarget(row);
}

/** The compensating controls worksheets of the engagement, or of those named, in the order of their requirements. */
export async function listCcws(tx: ScopedTx, ids?: readonly string[]): Promise<WorksheetTarget[]> {
  return (await listWorksheets(tx, ids)).filter(({ kind }) => kind === "ccw");
}

/** All worksheets and records of the engagement, or those named, in the order of their requirements. */
export async function listWorksheets(tx: ScopedTx, ids?: readonly string[]): Promise<WorksheetTarget[]> {
  const rows = await tx.db.worksheet.findMany({
    where: { engagementId: tx.engagement.id, ...(ids ? { id: { in: [...ids] } } : {}) },
    include: WORKSHEET_FACTS,
  });
  const order = (kind: WorksheetKind) => WORKSHEET_KINDS.indexOf(kind);
  return rows
    .map(worksheetTarget)
    .sort((a, b) => compareNumbers(a.requirementNumber, b.requirementNumber) || order(a.kind) - order(b.kind));
}

/** Holds worksheets until the commit, always in the same order, so that two who hold some of the same never wait for each other. */
export async function holdWorksheets(tx: ScopedTx, ids: readonly string[]): Promise<void> {
  await tx.db.$queryRaw`SELECT 1 FROM worksheet WHERE id = ANY(${[...ids]}::uuid[]) ORDER BY id FOR UPDATE`;
}

/** A worksheet that is opened, with the answers that the gate let through. */
export interface NewWorksheet {
  readonly dispositionId: string;
  readonly requirementNumber: string;
  readonly eligibility: EligibilityAnswers;
}

/** Stores a new worksheet in draft. @returns its id */
export async function insertWorksheet(tx: ScopedTx, worksheet: NewWorksheet): Promise<string> {
  const id = (await insertWorksheets(tx, [worksheet])).get(worksheet.dispositionId);
  if (!id) throw new Error("A worksheet was not stored.");
  return id;
}

/** Stores new worksheets in draft, in one statement. @returns their ids by the row's id */
export async function insertWorksheets(
  tx: ScopedTx,
  worksheets: readonly NewWorksheet[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.db.worksheet.createManyAndReturn({
    data: worksheets.map(({ eligibility, dispositionId, requirementNumber }) => ({
      ...{ dispositionId, requirementNumber, eligibility: asJson(eligibility), eligibilityVersion: 1 },
      ...{ ...ownerOf(tx), createdById: tx.actor.userId, createdAt: tx.now },
    })),
    select: { id: true, dispositionId: true },
  });
  return new Map(rows.map(({ id, dispositionId }) => [dispositionId, id]));
}

/** Stores a new record in draft. @returns its id */
export async function insertRecord(
  tx: ScopedTx,
  record: { readonly dispositionId: string; readonly requirementNumber: string; readonly kind: RecordKind },
): Promise<string> {
  const { id } = await tx.db.worksheet.create({
    data: { ...record, ...ownerOf(tx), createdById: tx.actor.userId, createdAt: tx.now },
    select: { id: true },
  });
  return id;
}

/** Stores where a move has brought a worksheet. */
export async function storeMove(
  tx: ScopedTx,
  id: string,
  to: { readonly state: WorksheetState; readonly revisionNumber: number },
): Promise<void> {
  await tx.db.worksheet.updateMany({
    where: { id, engagementId: tx.engagement.id },
    data: { ...to, version: { increment: 1 } },
  });
}

/**
 * Stores the answers of the eligibility gate over the version that they were written on. @returns the new version, or null
 * when somebody else answered first: then nothing is changed
 */
export async function storeEligibility(
  tx: ScopedTx,
  id: string,
  baseVersion: number,
  eligibility: EligibilityAnswers,
): Promise<number | null> {
  const { count } = await tx.db.worksheet.updateMany({
    where: { id, engagementId: tx.engagement.id, eligibilityVersion: baseVersion },
    data: {
      eligibility: asJson(eligibility),
      eligibilityVersion: { increment: 1 },
      version: { increment: 1 },
    },
  });
  return count === 1 ? baseVersion + 1 : null;
}

/** Stores the reasons given for warnings, all of them anew. */
export async function storeWarningReasons(
  tx: ScopedTx,
  id: string,
  warningReasons: readonly WarningReason[],
): Promise<void> {
  await tx.db.worksheet.updateMany({
    where: { id, engagementId: tx.engagement.id },
    data: { warningReasons: asJson(warningReasons), version: { increment: 1 } },
  });
}

/**
 * Notes for good that the actor wrote part of a worksheet: whoever did never decides over it. What a service account writes
 * is its owner's too, so that nobody decides over what a program of theirs wrote.
 */
export function recordAuthor(tx: ScopedTx, worksheetId: string): Promise<void> {
  return recordAuthorsOf(tx, [worksheetId], [tx.actor.userId]);
}

/** The same for everybody who wrote a shared control that the worksheet uses, whoever brought it there. */
export function recordAuthors(tx: ScopedTx, worksheetId: string, userIds: readonly string[]): Promise<void> {
  return recordAuthorsOf(tx, [worksheetId], userIds);
}

/** The same for several worksheets at once. */
export async function recordAuthorsOf(
  tx: ScopedTx,
  worksheetIds: readonly string[],
  userIds: readonly string[],
): Promise<void> {
  const owner = userIds.includes(tx.actor.userId) ? await ownerOfActingService(tx) : null;
  const authors = owner === null ? userIds : [...userIds, owner];
  await tx.db.worksheetAuthor.createMany({
    data: worksheetIds.flatMap((worksheetId) =>
      authors.map((userId) => ({ worksheetId, userId, ...ownerOf(tx), firstAt: tx.now })),
    ),
    skipDuplicates: true,
  });
}

/** Who wrote in a worksheet, and when for the first time. */
export interface AuthorRow {
  readonly worksheetId: string;
  readonly userId: string;
  readonly firstAt: Date;
}

/** The authors of some worksheets by history, in the order in which they came to them. */
export async function listAuthors(tx: ScopedTx, worksheetIds: readonly string[]): Promise<AuthorRow[]> {
  return tx.db.worksheetAuthor.findMany({
    where: { worksheetId: { in: [...worksheetIds] }, engagementId: tx.engagement.id },
    orderBy: [{ firstAt: "asc" }, { userId: "asc" }],
    select: { worksheetId: true, userId: true, firstAt: true },
  });
}

/** Gives a worksheet to exactly these contributors. @returns the ids of the rows that came or went */
export async function replaceAssignees(
  tx: ScopedTx,
  worksheetId: string,
  userIds: readonly string[],
): Promise<string[]> {
  const where = { worksheetId, engagementId: tx.engagement.id };
  const rows = await tx.db.worksheetAssignee.findMany({ where });
  const leaving = rows.filter((row) => !userIds.includes(row.userId)).map((row) => row.id);
  await tx.db.worksheetAssignee.deleteMany({ where: { ...where, id: { in: leaving } } });
  const present = new Set(rows.map((row) => row.userId));
  const coming = await tx.db.worksheetAssignee.createManyAndReturn({
    data: userIds.filter((id) => !present.has(id)).map((userId) => ({ worksheetId, userId, ...ownerOf(tx) })),
    select: { id: true },
  });
  return [...leaving, ...coming.map((row) => row.id)];
}

/** The people among these who may be given a worksheet: the engagement's contributors who act here, or have it already. */
export async function assignableAmong(
  tx: ScopedTx,
  worksheetId: string,
  userIds: readonly string[],
): Promise<string[]> {
  const engagementId = tx.engagement.id;
  const has = await tx.db.worksheetAssignee.findMany({
    where: { worksheetId, engagementId },
    select: { userId: true },
  });
  const rows = await tx.db.engagementMember.findMany({
    where: {
      ...{ engagementId, role: "contributor", userId: { in: [...userIds] } },
      OR: [{ user: ACTING }, { userId: { in: has.map(({ userId }) => userId) } }],
    },
    select: { userId: true },
  });
  return rows.map((row) => row.userId);
}

/** The columns that say where a row belongs. */
export function ownerOf(tx: ScopedTx): { readonly engagementId: string; readonly organisationId: string } {
  return { engagementId: tx.engagement.id, organisationId: tx.engagement.organisationId };
}
