import type { ServiceContext } from "@/lib/auth/context";
import { changeScope, type Grant, readScope, reasonAgainst } from "@/lib/auth/scope";
import type { CarryOverInput } from "@/lib/contracts/carry-over";
import { Failure, notFound } from "@/lib/contracts/failure";
import type { WorksheetDto } from "@/lib/contracts/worksheet";
import { insertDispositions, listDispositions } from "@/lib/data/dispositions";
import { storeOrigin } from "@/lib/data/origins";
import { catalogueOf } from "@/lib/data/requirements";
import { findSection, insertSections, storeSection } from "@/lib/data/sections";
import { chooseCompensatingControl, holdWorkbookRow, type WorkbookRow } from "@/lib/data/workbook-rows";
import { insertWorksheet } from "@/lib/data/worksheets";
import type { ScopedTx } from "@/lib/db/kinds";
import type { ChangedRow } from "@/lib/db/transactions";
import { type Successor, successorsOf } from "@/lib/domain/catalogue/successors";
import { textsIn } from "@/lib/domain/evidence/fresh-numbers";
import { type CarriedWorksheet, carryOver } from "@/lib/domain/worksheet/carry-over";
import { emptySections } from "@/lib/domain/worksheet/empty";
import type { SectionContent } from "@/lib/domain/worksheet/model";
import { EMPTY_NARRATIVE } from "@/lib/domain/worksheet/narrative";
import type { WorksheetOrigin } from "@/lib/domain/worksheet/origin";
import { CRITERIA_PART, type PartKey, SECTION_KEYS } from "@/lib/domain/worksheet/sections";
import { type CarrySource, readCarrySource } from "@/lib/services/carry-over/carry-source";
import { requireGate } from "@/lib/services/rigour/require-gate";
import { askAboutCardNumbers, textsInWorksheet } from "@/lib/services/worksheet/card-numbers";
import { requireNoWorksheet } from "@/lib/services/worksheet/open-worksheet";
import { seal } from "@/lib/services/worksheet/seal";
import { describeWorksheet } from "@/lib/services/worksheet/worksheet-dto";
import { recordWorksheetEvent } from "@/lib/services/worksheet/worksheet-event";

/**
 * Carries a worksheet of 3.2.1 over into an engagement of 4.0.1 of the same organisation: opens the worksheet of the chosen
 * number with its text, adding the row to the workbook where it is missing. Whoever does it is an author, since the words
 * stand there by their doing, and so is whoever wrote them. Evidence stays behind: it is to be of this assessment.
 * @throws Failure not_found, also for a worksheet of another organisation; forbidden; invalid for a number that did not take
 * the place of the worksheet's own; already_exists, wrong_state, blocked, card_number_suspected as for opening one
 */
export async function carryOverWorksheet(
  context: ServiceContext,
  engagementId: string,
  input: CarryOverInput,
): Promise<WorksheetDto> {
  // Asked first, so that nobody without the right here is told anything of the source.
  await readScope(context, "disposition.add", { engagementId }, async () => undefined);
  const source = await readCarrySource(context, input.worksheetId);
  return changeScope(context, "disposition.add", { engagementId }, "none", async (tx, grant) => {
    if (source.organisationId !== tx.engagement.organisationId) throw notFound();
    const place = await requirePlace(tx, source, input.requirementNumber);
    const row = await findOrAddRow(tx, place.number);
    requireRight(grant, row.ownerId);
    requireNoWorksheet(row);
    const { eligibility } = input;
    await requireGate(tx, row, eligibility);
    const acknowledged = await askAboutCardNumbers(
      [...textsIn(eligibility, "eligibility"), ...textsInWorksheet(source.worksheet)],
      async () => [],
      input.acknowledgeCardNumber === true,
    );
    const catalogue = await catalogueOf(tx, tx.engagement.catalogueVersion);
    const target = { standardVersion: "4.0.1", requirementNumber: place.number, changed: place.changed } as const;
    const carried = carryOver(source.worksheet, target, catalogue);
    const worksheetId = await insertWorksheet(tx, {
      ...{ dispositionId: row.id, requirementNumber: place.number, eligibility },
    });
    const parts = await storeText(tx, worksheetId, carried);
    await storeOrigin(tx, worksheetId, originOf(source, input.worksheetId, carried), source.authorIds);
    await chooseCompensatingControl(tx, row.id);
    const { requirementNumber, standardVersion } = source.worksheet;
    const { sections, answers } = carried.worksheet;
    recordWorksheetEvent(context, tx, {
      action: "worksheet.carried_over",
      worksheetId,
      detail: {
        ...{ requirementNumber: place.number, dispositionBefore: row.disposition, rowAdded: row.added },
        ...{ eligibilitySha256: seal(eligibility).digest, sha256: seal({ sections, answers }).digest },
        from: {
          ...{ engagementId: source.engagementId, worksheetId: input.worksheetId, revision: source.revision },
          ...{ requirementNumber, standardVersion },
        },
        ...(acknowledged ? { cardNumberAcknowledged: true } : {}),
      },
      changes: [
        { table: "worksheet", id: worksheetId },
        ...parts,
        { table: "worksheet_origin", id: worksheetId },
        { table: "disposition", id: row.id },
      ],
    });
    return describeWorksheet(tx, grant, worksheetId);
  });
}

async function requirePlace(tx: ScopedTx, { worksheet }: CarrySource, number: string): Promise<Successor> {
  const refuse = (path: string, message: string) => new Failure("invalid", message, { errors: [{ path, message }] });
  if (tx.engagement.standardVersion !== "4.0.1") {
    throw refuse("worksheetId", "A worksheet of PCI DSS 3.2.1 is carried over into an engagement of 4.0.1.");
  }
  const places = successorsOf(await catalogueOf(tx, tx.engagement.catalogueVersion), worksheet.requirementNumber);
  const place = places.find((one) => one.number === number);
  if (place) return place;
  const from = worksheet.requirementNumber;
  const choices = places.map((one) => one.number).join(", ");
  throw refuse(
    "requirementNumber",
    choices === ""
      ? `Nothing in PCI DSS 4.0.1 took the place of ${from}.`
      : `${number} did not take the place of ${from}. Choose among ${choices}.`,
  );
}

/** The row that the worksheet goes to, held until the commit. */
async function findOrAddRow(
  tx: ScopedTx,
  number: string,
): Promise<WorkbookRow & { readonly ownerId: string | null; readonly added: boolean }> {
  const [added] = await insertDispositions(tx, [number], "added");
  const stored = (await listDispositions(tx)).find((row) => row.requirementNumber === number);
  const row = stored && (await holdWorkbookRow(tx, stored.id));
  if (!stored || !row) throw notFound();
  return { ...row, ownerId: stored.ownerId, added: added !== undefined };
}

/** Adding a row is one right and opening its worksheet another. */
function requireRight(grant: Grant, ownerId: string | null): void {
  const reason = reasonAgainst(grant, "worksheet.create", { ownerId });
  if (reason !== null) throw new Failure("forbidden", reason);
}

/** Stores what was carried as the first version of each part that has any text. */
async function storeText(tx: ScopedTx, worksheetId: string, { worksheet }: CarriedWorksheet): Promise<ChangedRow[]> {
  const ids = await insertSections(tx, worksheetId, emptySections());
  const store = (key: PartKey, content: SectionContent<PartKey>) => storeSection(tx, worksheetId, key, 0, content);
  for (const key of SECTION_KEYS) await store(key, worksheet.sections[key]);
  if (worksheet.answers.length > 0) {
    await store(CRITERIA_PART, { narrative: EMPTY_NARRATIVE, items: { answers: worksheet.answers } });
    const stored = await findSection(tx, worksheetId, CRITERIA_PART);
    if (stored?.id) ids.push(stored.id);
  }
  return ids.map((id) => ({ table: "section", id }));
}

function originOf(
  { worksheet, engagementName, revision, evidence }: CarrySource,
  worksheetId: string,
  { worksheet: carried, references }: CarriedWorksheet,
): WorksheetOrigin {
  const { standardVersion, requirementNumber } = worksheet;
  return {
    kind: "carried_over",
    title: `${requirementNumber} of PCI DSS ${standardVersion} in ${engagementName}, ${revision === null ? "draft" : `revision ${revision}`}`,
    source: { worksheetId, engagementName, requirementNumber, revision, evidence, standardVersion, references },
    sections: carried.sections,
    answers: carried.answers,
  };
}
