import type { ServiceContext } from "@/lib/auth/context";
import { couldDo, type Grant, readScope } from "@/lib/auth/scope";
import type { DispositionDto, UpdateDispositionInput } from "@/lib/contracts/disposition";
import { Failure } from "@/lib/contracts/failure";
import { MOST_CHANGES, type SheetChangeDto, type SheetErrorDto, type SheetPreviewDto } from "@/lib/contracts/sheets";
import { type DispositionRow, listDispositions } from "@/lib/data/dispositions";
import { listCandidates } from "@/lib/data/engagements";
import type { ScopedTx } from "@/lib/db/kinds";
import { EDITABLE_COLUMNS } from "@/lib/domain/workbook-sheet/columns";
import { type BroughtChange, compareTable } from "@/lib/domain/workbook-sheet/compare";
import { judgeDecision } from "@/lib/services/disposition/decide-disposition";
import { readRows } from "@/lib/services/disposition/workbook-rows";
import { loadScope, type ScopeState } from "@/lib/services/scope/scope-facts";
import { columnOf, type PossibleOwner, readChange } from "@/lib/services/sheets/brought-changes";
import { readTable } from "@/lib/services/sheets/read-table";
import { editableCells } from "@/lib/services/sheets/workbook-table";

/** What the rows of a table are judged with. */
interface Judged {
  readonly tx: ScopedTx;
  readonly grant: Grant;
  readonly scope: ScopeState;
  readonly stored: ReadonlyMap<string, DispositionRow>;
  readonly shown: ReadonlyMap<string, DispositionDto>;
  readonly people: readonly PossibleOwner[];
}

/**
 * Says what a table of the workbook that was edited elsewhere would change, and what is wrong with which of its lines, to
 * those who may change a row at all. Nothing is changed. @throws Failure not_found, forbidden, invalid for a file that is no table of ours
 */
export async function previewSheet(
  context: ServiceContext,
  engagementId: string,
  bytes: Buffer,
): Promise<SheetPreviewDto> {
  const alone = { ...context, idempotency: undefined };
  // A file is read for nobody without the right, and while no transaction is open: it may take its time.
  await readScope(alone, "workbook.import", { engagementId }, async () => undefined);
  const table = await readTable(bytes);
  return readScope(alone, "workbook.import", { engagementId }, async (tx, grant) => {
    const rows = await readRows(tx, grant);
    const judged: Judged = {
      ...{ tx, grant, scope: await loadScope(tx) },
      stored: new Map((await listDispositions(tx)).map((row) => [row.id, row])),
      shown: new Map(rows.map((row) => [row.id, row])),
      people: await possibleOwners(tx),
    };
    const known = rows.map((row) => [row.id, { ...row, cells: editableCells(row) }] as const);
    const compared = compareTable(table, new Map(known));
    const changes: SheetChangeDto[] = [];
    const errors: SheetErrorDto[] = [...compared.errors];
    for (const brought of compared.changes) {
      const found = await judge(judged, brought);
      if (Array.isArray(found)) errors.push(...found);
      else changes.push(found);
    }
    if (changes.length > MOST_CHANGES) {
      const message = `The table changes ${changes.length} rows; at most ${MOST_CHANGES} are changed at once.`;
      errors.push({ line: 1, column: null, message });
    }
    return { changes, errors: errors.sort((a, b) => a.line - b.line), unchanged: compared.unchanged };
  });
}

/** Owners that a table names by their addresses are people of the entity; those addresses are its own people's to see. */
async function possibleOwners(tx: ScopedTx): Promise<readonly PossibleOwner[]> {
  const { organisationId } = tx.engagement;
  if (tx.actor.organisationId !== organisationId) return [];
  const all = await listCandidates(tx, organisationId);
  return all.flatMap(({ email, ...one }) => (email === null ? [] : [{ ...one, email }]));
}

async function judge(judged: Judged, brought: BroughtChange): Promise<SheetChangeDto | SheetErrorDto[]> {
  const { line, row, cells } = brought;
  const before = judged.stored.get(row.id);
  const shown = judged.shown.get(row.id);
  if (!before || !shown || !couldDo(judged.grant, "disposition.decide", { ownerId: before.ownerId })) {
    return [{ line, column: null, message: "You may not change this row." }];
  }
  const read = readChange(brought, judged.people);
  if ("errors" in read) return [...read.errors];
  const refused = await refusal(judged, before, read.input);
  if (refused) return refused.map(({ path, message }) => ({ line, column: columnOf(path), message }));
  return {
    line,
    requirementNumber: shown.requirementNumber,
    requirementTitle: shown.requirementTitle,
    cells: cells.map(({ field, ...texts }) => ({ column: EDITABLE_COLUMNS[field], ...texts })),
    change: { id: row.id, ...read.input },
  };
}

/** Why a row cannot be changed so, in words for each field; null when it can. */
async function refusal(
  { tx, grant, scope }: Judged,
  before: DispositionRow,
  input: UpdateDispositionInput,
): Promise<readonly { readonly path: string; readonly message: string }[] | null> {
  try {
    await judgeDecision(tx, grant, scope, before, input);
    return null;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const { errors = [] } = error.extras;
    return errors.length > 0 ? errors : [{ path: "disposition", message: error.message }];
  }
}
