import type { ServiceContext } from "@/lib/auth/context";
import { couldDo, type Grant, readScope } from "@/lib/auth/scope";
import type { ControlDetailDto, EvidenceOfferDto, RegisterDto } from "@/lib/contracts/controls";
import { notFound } from "@/lib/contracts/failure";
import { linkOf, loadEvidence } from "@/lib/data/evidence";
import type { ScopedTx } from "@/lib/db/kinds";
import { describeRegister } from "@/lib/services/controls/register-dto";
import { overviewOf, recordOverview } from "@/lib/services/review/record-view";

/**
 * The register of an engagement's shared controls, by title, with the worksheets that use each. What it shows of submitted
 * worksheets to the other company is an event, as in all of these.
 */
export async function readRegister(context: ServiceContext, engagementId: string): Promise<RegisterDto> {
  const read = await readScope(context, "control.read", { engagementId }, async (tx, grant) => {
    const items = await describeRegister(tx, grant);
    const register = { total: items.length, items, mayWrite: couldDo(grant, "control.write", null) };
    return overviewOf(
      tx,
      "register",
      register,
      items.flatMap(({ uses }) => uses),
    );
  });
  return recordOverview(context, { engagementId }, read);
}

/** One shared control, with the evidence that it could take over from worksheets. @throws Failure not_found */
export async function readControl(context: ServiceContext, controlRecordId: string): Promise<ControlDetailDto> {
  const read = await readScope(context, "control.read", { controlRecordId }, async (tx, grant) => {
    const detail = await describeControl(tx, grant, controlRecordId);
    return overviewOf(tx, "register", detail, detail.control.uses);
  });
  return recordOverview(context, { controlRecordId }, read);
}

/** The same within a transaction, and so the reply after a change. @throws Failure not_found */
export async function describeControl(tx: ScopedTx, grant: Grant, controlRecordId: string): Promise<ControlDetailDto> {
  const control = (await describeRegister(tx, grant)).find(({ id }) => id === controlRecordId);
  if (!control) throw notFound();
  const mayWrite = couldDo(grant, "control.write", null);
  if (!mayWrite) return { control, mayWrite, offers: [] };
  const rows = await loadEvidence(
    tx,
    control.uses.map(({ worksheetId }) => worksheetId),
  );
  const offers = control.uses.flatMap(({ worksheetId, itemId, requirementNumber }): EvidenceOfferDto[] =>
    (rows.get(worksheetId) ?? [])
      .filter((row) => row.controlRecordId === null && row.itemId === itemId)
      .map((row) => {
        const { id, title, url, shows, collectedOn, validUntil, files = [] } = linkOf(row);
        return { id, title, url, shows, collectedOn, validUntil, files, requirementNumber };
      }),
  );
  return { control, mayWrite, offers };
}
