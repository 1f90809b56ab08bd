import type { ServiceContext } from "@/lib/auth/context";
import { readScope } from "@/lib/auth/scope";
import type { LegacyReadingDto } from "@/lib/contracts/carry-over";
import { Failure, notFound } from "@/lib/contracts/failure";
import { catalogueOf } from "@/lib/data/requirements";
import type { ScopedTx } from "@/lib/db/kinds";
import { find } from "@/lib/domain/catalogue/tree";
import { frozenAnswers } from "@/lib/domain/worksheet/criteria-answers";
import { readAsLegacy } from "@/lib/domain/worksheet/legacy-reading";
import { carriedFrom } from "@/lib/services/carry-over/carried-over-dto";
import { recordView } from "@/lib/services/review/record-view";
import { requireCcwMaterial } from "@/lib/services/worksheet/material";
import { chosenContent, isCcwText, type ShownCcw } from "@/lib/services/worksheet/shown-content";

/**
 * Reads a worksheet of 4.0.1 in the shape of 3.2.1, which is retired: a revision, or without a number the newest text that
 * the person may read. Seeing a submitted one as the other company is an event.
 * @throws Failure not_found, invalid for a worksheet that is one of 3.2.1
 */
export async function getLegacyReading(
  context: ServiceContext,
  worksheetId: string,
  revision: number | undefined,
): Promise<LegacyReadingDto> {
  const reading = await readScope(context, "worksheet.read", { worksheetId }, async (tx, grant) => {
    const material = await requireCcwMaterial(tx, worksheetId);
    const shown = await chosenContent(tx, grant.permission.view, material, revision);
    if (!shown || !isCcwText(shown)) throw notFound();
    return describeReading(tx, worksheetId, shown);
  });
  if (reading.revision !== null) await recordView(context, worksheetId, reading.revision);
  return reading;
}

async function describeReading(
  tx: ScopedTx,
  worksheetId: string,
  { content, frozen }: ShownCcw,
): Promise<LegacyReadingDto> {
  const { header, sections, criteria, catalogueVersion } = content;
  if (header.standardVersion !== "4.0.1") {
    const message = "This worksheet is one of PCI DSS 3.2.1 already.";
    throw new Failure("invalid", message, { errors: [{ path: "worksheetId", message }] });
  }
  const catalogue = await catalogueOf(tx, catalogueVersion);
  const legacy = catalogue.requirements.filter(({ version }) => version === "3.2.1");
  const { standardVersion, requirementNumber } = header;
  const worksheet = { standardVersion, requirementNumber, sections, answers: criteria ?? [] };
  const { numbers, carried, notAsked } = readAsLegacy(worksheet, catalogue, await carriedFrom(tx, worksheetId));
  return {
    worksheetId,
    engagementId: tx.engagement.id,
    header,
    revision: frozen ? content.revision : null,
    numbers: numbers.map((number) => ({ number, title: find(legacy, number)?.title ?? "" })),
    sections: carried.worksheet.sections,
    answers: frozenAnswers(carried.worksheet.answers, "3.2.1"),
    notAsked,
    added: carried.added,
    references: carried.references,
  };
}
