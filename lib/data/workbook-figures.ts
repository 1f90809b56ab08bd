import type { ListedTx } from "@/lib/db/kinds";
import type { WorksheetKind } from "@/lib/domain/records/kinds";
import type { ScopeAnswers } from "@/lib/domain/scope/answers";
import type { Disposition } from "@/lib/domain/workflow/dispositions";
import type { WorksheetState } from "@/lib/domain/workflow/states";

/** Rows of a workbook that are alike, and how many they are. */
export interface AlikeRows {
  readonly disposition: Disposition;
  /** How the documents of such a row stand, by kind. */
  readonly documents: Readonly<Partial<Record<WorksheetKind, WorksheetState>>>;
  /** The requirement of a row that the scope brought and nobody has touched; null for all others. */
  readonly loose: string | null;
  readonly count: number;
}

/** A document that was signed once. */
export interface SignedDocument {
  readonly worksheetId: string;
  readonly rowId: string;
  /** The same as long as nothing has changed that the validity of its signature is derived from, but for the day. */
  readonly mark: string;
}

/** What tells how far a workbook is. */
export interface WorkbookFacts {
  readonly engagementId: string;
  readonly answers: ScopeAnswers;
  readonly lines: readonly AlikeRows[];
  readonly signed: readonly SignedDocument[];
}

/** As many engagements as the database goes through in one statement, whose time is limited. */
const AT_ONCE = 20;

/** What tells how far the workbooks of the transaction's engagements are, in which the actor has a role. */
export async function readWorkbookFacts(tx: ListedTx): Promise<WorkbookFacts[]> {
  const facts: WorkbookFacts[] = [];
  for (let at = 0; at < tx.engagementIds.length; at += AT_ONCE) {
    const ids = tx.engagementIds.slice(at, at + AT_ONCE);
    const rows = await tx.db.$queryRaw<(Omit<WorkbookFacts, "answers"> & { readonly answers: ScopeAnswers | null })[]>`
      SELECT engagement_id AS "engagementId", answers, lines, signed FROM workbook_figures(${ids}::uuid[])`;
    facts.push(...rows.map((row) => ({ ...row, answers: row.answers ?? {} })));
  }
  return facts;
}
