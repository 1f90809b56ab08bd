import type { ServiceContext } from "@/lib/auth/context";
import { changeScope, couldDo, type Grant, type Inside } from "@/lib/auth/scope";
import { Failure, notFound } from "@/lib/contracts/failure";
import type { OpenWorksheetInput } from "@/lib/contracts/rigour";
import type { WorksheetDto } from "@/lib/contracts/worksheet";
import { listRequirements } from "@/lib/data/requirements";
import { insertSectionsOf } from "@/lib/data/sections";
import { chooseDisposition, holdWorkbookRow, type WorkbookDocument, type WorkbookRow } from "@/lib/data/workbook-rows";
import { findWorksheet, insertWorksheets, recordAuthorsOf } from "@/lib/data/worksheets";
import type { ScopedTx } from "@/lib/db/kinds";
import { worksheetTarget } from "@/lib/domain/catalogue/eligibility";
import { textsIn } from "@/lib/domain/evidence/fresh-numbers";
import { documentInTheWay } from "@/lib/domain/workflow/documents";
import type { EligibilityAnswers } from "@/lib/domain/worksheet/answers";
import { emptySections } from "@/lib/domain/worksheet/empty";
import { requireGate } from "@/lib/services/rigour/require-gate";
import { type Begun, beginDraft } from "@/lib/services/start/begin-draft";
import { readSource, type SourceText } from "@/lib/services/start/source-text";
import { askAboutCardNumbers } from "@/lib/services/worksheet/card-numbers";
import { seal } from "@/lib/services/worksheet/seal";
import { describeWorksheet } from "@/lib/services/worksheet/worksheet-dto";
import { recordWorksheetEvent } from "@/lib/services/worksheet/worksheet-event";

/**
 * Opens the worksheet of a requirement and makes it the answer to it, once the eligibility gate lets it through; with
 * `start`, the draft begins as a sample or as another worksheet. Whoever answers the gate is an author of it.
 * @throws Failure blocked for a number that takes no worksheet, with each question at which the gate stops, and for a start
 * that it may not begin as; already_exists with the worksheet's id in `current`, wrong_state when it has one that was
 * withdrawn, card_number_suspected
 */
export async function openWorksheet(
  context: ServiceContext,
  dispositionId: string,
  input: OpenWorksheetInput,
): Promise<WorksheetDto> {
  const source = await readSource(context, input.start);
  return changeScope(context, "worksheet.create", { dispositionId }, "none", async (tx, grant) => {
    const worksheetId = await openWorksheetWithin({ context, tx, grant }, dispositionId, input, source);
    return describeWorksheet(tx, grant, worksheetId);
  });
}

/** The same within a transaction, for somebody who may open the worksheet of the row. @returns its id */
export async function openWorksheetWithin(
  { context, tx, grant }: Inside,
  dispositionId: string,
  input: OpenWorksheetInput,
  source: SourceText | null,
): Promise<string> {
  const row = await holdWorkbookRow(tx, dispositionId);
  if (!row) throw notFound();
  const opening = await judgeOpening(tx, row, input);
  const [opened] = await storeOpenings(tx, [opening]);
  if (!opened) throw new Error("A worksheet was not opened.");
  const begun = await begin(tx, grant, opened.worksheetId, input, source);
  recordOpened(context, tx, opened, begun);
  return opened.worksheetId;
}

/** A worksheet that may be opened. */
export interface Opening {
  readonly row: WorkbookRow;
  readonly eligibility: EligibilityAnswers;
  /** Whether the answers hold what looks like card numbers, and the person has said that they are none. */
  readonly acknowledged: boolean;
}

/** Whether the worksheet of a row, which is held, may be opened with these answers. @throws Failure as opening it does */
export async function judgeOpening(
  tx: ScopedTx,
  row: WorkbookRow,
  { eligibility, acknowledgeCardNumber }: Pick<OpenWorksheetInput, "eligibility" | "acknowledgeCardNumber">,
): Promise<Opening> {
  requireNoWorksheet(row);
  await requireEligible(tx, row.requirementNumber);
  await requireGate(tx, row, eligibility);
  const acknowledged = await askAboutCardNumbers(
    textsIn(eligibility, "eligibility"),
    async () => [],
    acknowledgeCardNumber === true,
  );
  return { row, eligibility, acknowledged };
}

/** A worksheet that was opened, and is empty. */
interface Opened extends Opening {
  readonly worksheetId: string;
  readonly sectionIds: readonly string[];
}

/** Opens worksheets that were judged, all of them in as many statements as one. @returns their ids by the row's id */
export async function openJudged(
  { context, tx }: Pick<Inside, "context" | "tx">,
  openings: readonly Opening[],
): Promise<ReadonlyMap<string, string>> {
  const opened = await storeOpenings(tx, openings);
  for (const one of opened) recordOpened(context, tx, one, null);
  return new Map(opened.map(({ row, worksheetId }) => [row.id, worksheetId]));
}

async function storeOpenings(tx: ScopedTx, openings: readonly Opening[]): Promise<readonly Opened[]> {
  if (openings.length === 0) return [];
  const ids = await insertWorksheets(
    tx,
    openings.map(({ row: { id: dispositionId, requirementNumber }, eligibility }) => ({
      ...{ dispositionId, requirementNumber, eligibility },
    })),
  );
  await recordAuthorsOf(tx, [...ids.values()], [tx.actor.userId]);
  const sections = await insertSectionsOf(tx, [...ids.values()], emptySections());
  await chooseDisposition(tx, [...ids.keys()], "compensating_control");
  const byWorksheet = new Map<string, string[]>([...ids.values()].map((id) => [id, []]));
  for (const { id, worksheetId } of sections) byWorksheet.get(worksheetId)?.push(id);
  return openings.map((opening) => {
    const worksheetId = ids.get(opening.row.id);
    if (!worksheetId) throw new Error("A worksheet was not stored.");
    return { ...opening, worksheetId, sectionIds: byWorksheet.get(worksheetId) ?? [] };
  });
}

function recordOpened(context: ServiceContext, tx: ScopedTx, opened: Opened, begun: Begun | null): void {
  const { row, eligibility, acknowledged, worksheetId, sectionIds } = opened;
  recordWorksheetEvent(context, tx, {
    action: "worksheet.opened",
    worksheetId,
    detail: {
      ...{ requirementNumber: row.requirementNumber, dispositionBefore: row.disposition },
      eligibilitySha256: seal(eligibility).digest,
      ...(acknowledged ? { cardNumberAcknowledged: true } : {}),
      ...(begun && { start: begun.detail }),
    },
    changes: [
      { table: "worksheet", id: worksheetId },
      ...sectionIds.map((id) => ({ table: "section", id })),
      { table: "disposition", id: row.id },
      ...(begun?.changes ?? []),
    ],
  });
}

/**
 * A requirement has one worksheet, and none beside a record of the customized approach or of a legal exception.
 * @throws Failure already_exists with its id in `current`, wrong_state when it was withdrawn, blocked by a record
 */
export function requireNoWorksheet({ documents }: WorkbookRow): void {
  const worksheet = documents.find(({ kind }) => kind === "ccw");
  if (worksheet) throw exists(worksheet);
  const message = documentInTheWay("compensating_control", documents);
  if (message) throw new Failure("blocked", message, { blockers: [{ section: null, message }] });
}

/** Whoever opens a worksheet need not be somebody to whom it is given to write. */
async function begin(
  tx: ScopedTx,
  grant: Grant,
  worksheetId: string,
  { start, acknowledgeCardNumber = false }: OpenWorksheetInput,
  source: SourceText | null,
): Promise<Begun | null> {
  if (!start) return null;
  const worksheet = await findWorksheet(tx, worksheetId);
  if (!worksheet || !couldDo(grant, "worksheet.edit", worksheet.facts)) {
    throw new Failure(
      "forbidden",
      "Open it empty: the lead gives it to you to write before it begins as another text.",
    );
  }
  return beginDraft(tx, grant, worksheet, start, source, acknowledgeCardNumber);
}

function exists({ id, state }: WorkbookDocument): Failure {
  const current = { id, state };
  return state === "withdrawn"
    ? new Failure("wrong_state", "This requirement's worksheet was withdrawn. Reopen it to go on with its text.", {
        current,
      })
    : new Failure("already_exists", "This requirement has a worksheet already.", { current });
}

/** Refuses a requirement that takes no worksheet. @throws Failure blocked */
export async function requireEligible(tx: ScopedTx, number: string): Promise<void> {
  const target = worksheetTarget(await listRequirements(tx, tx.engagement), number);
  const blocked = (messages: readonly string[], detail: string) =>
    new Failure("blocked", detail, { blockers: messages.map((message) => ({ section: null, message })) });
  switch (target.kind) {
    case "ok":
      return;
    case "grouping":
      throw blocked(
        target.leaves.map((leaf) => `${leaf.number} ${leaf.title}`),
        `${number} only groups others. Open the worksheet for the requirement below it that cannot be met.`,
      );
    case "refused":
      throw blocked([target.reason], target.reason);
    case "unknown":
      throw blocked([], `The catalogue of this version has no requirement ${number}.`);
  }
}
