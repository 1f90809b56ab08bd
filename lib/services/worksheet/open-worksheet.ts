import type { ServiceContext } from "@/lib/auth/context";
import { changeScope, couldDo, type Grant, type Inside } from "@/lib/auth/scope";
import { Failure, notFound } from "@/lib/contracts/failure";
import type { OpenWorksheetInput } from "@/lib/contracts/rigour";
import type { WorksheetDto } from "@/lib/contracts/worksheet";
import { listRequirements } from "@/lib/data/requirements";
import { insertSections } from "@/lib/data/sections";
import {
  chooseCompensatingControl,
  holdWorkbookRow,
  type WorkbookDocument,
  type WorkbookRow,
} from "@/lib/data/workbook-rows";
import { findWorksheet, insertWorksheet, recordAuthor } from "@/lib/data/worksheets";
import type { ScopedTx } from "@/lib/db/kinds";
import { worksheetTarget } from "@/lib/domain/catalogue/eligibility";
import { textsIn } from "@/lib/domain/evidence/fresh-numbers";
import { documentInTheWay } from "@/lib/domain/workflow/documents";
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
  requireNoWorksheet(row);
  await requireEligible(tx, row.requirementNumber);
  const { eligibility } = input;
  await requireGate(tx, row, eligibility);
  const acknowledged = await askAboutCardNumbers(
    textsIn(eligibility, "eligibility"),
    async () => [],
    input.acknowledgeCardNumber === true,
  );
  const { requirementNumber } = row;
  const worksheetId = await insertWorksheet(tx, { dispositionId, requirementNumber, eligibility });
  await recordAuthor(tx, worksheetId);
  const sectionIds = await insertSections(tx, worksheetId, emptySections());
  await chooseCompensatingControl(tx, dispositionId);
  const begun = await begin(tx, grant, worksheetId, input, source);
  recordWorksheetEvent(context, tx, {
    action: "worksheet.opened",
    worksheetId,
    detail: {
      ...{ requirementNumber, dispositionBefore: row.disposition, eligibilitySha256: seal(eligibility).digest },
      ...(acknowledged ? { cardNumberAcknowledged: true } : {}),
      ...(begun && { start: begun.detail }),
    },
    changes: [
      { table: "worksheet", id: worksheetId },
      ...sectionIds.map((id) => ({ table: "section", id })),
      { table: "disposition", id: dispositionId },
      ...(begun?.changes ?? []),
    ],
  });
  return worksheetId;
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
