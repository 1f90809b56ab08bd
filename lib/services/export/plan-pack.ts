import { organisationLog } from "@/lib/auth/events";
import { type Grant, permissionFor } from "@/lib/auth/scope";
import { Failure } from "@/lib/contracts/failure";
import { readServiceId } from "@/lib/data/checkpoints";
import { listStatementRefs, type StatementRef } from "@/lib/data/sign-offs";
import { packedSizes } from "@/lib/data/trail";
import { listWorksheets } from "@/lib/data/worksheets";
import type { ScopedTx } from "@/lib/db/kinds";
import type { Omission } from "@/lib/domain/pack/manifest";
import { KIND_NAMES } from "@/lib/domain/records/kinds";
import type { Logo } from "@/lib/render/pdf/view-model";
import { readLogo } from "@/lib/services/export/logo";

/** A worksheet that was decided on, with the digests of the statements, the oldest first. */
export interface PlannedDecisions {
  readonly id: string;
  readonly statements: readonly string[];
}

/** What fixes a pack: everything that it names is immutable. */
export interface PackPlan {
  /** When the export began, ISO 8601. */
  readonly made: string;
  readonly logId: string;
  readonly service: string;
  readonly entityName: string;
  readonly engagementName: string;
  readonly worksheets: readonly PlannedDecisions[];
  readonly omissions: readonly Omission[];
  /** What stands on the first page of each PDF; null without one. */
  readonly logo: Logo | null;
  /** How far the trail had come in packs that were handed out before. */
  readonly earlier: readonly number[];
}

const NOTHING_DECIDED = "Nothing was decided about it yet, so there is nothing to prove.";
const OF_ANOTHER_SERVICE = "It was decided on another service, and the packs of that service prove it.";
const OF_AN_EARLIER_VERSION = "It was decided on before decisions were signed statements.";

/** Why a pack is not for those who read signed pages alone, and what is said of such a worksheet. */
export const SIGNED_PAGES_ONLY = "Your role reads signed worksheets as pages and PDFs, not their history.";

/** Said where a pack would have nothing in it. */
export const NOTHING_IN_IT =
  "There is nothing to put into a pack for you yet: no worksheet was decided on whose history you may read.";

/** Plans what goes into a pack: which decisions, and what is left out and why. @throws Failure blocked when nothing was decided */
export async function planPack(tx: ScopedTx, grant: Grant): Promise<PackPlan> {
  const decisions = await listStatementRefs(tx);
  const [service, earlier] = [await readServiceId(tx), await packedSizes(tx)];
  const omissions: Omission[] = [];
  const worksheets: PlannedDecisions[] = [];
  for (const { id, kind, requirementNumber, facts } of await listWorksheets(tx)) {
    const own = decisions.filter(({ worksheetId }) => worksheetId === id);
    const reason = reasonToLeaveOut(grant, facts, own, service);
    if (reason === null) worksheets.push({ id, statements: own.flatMap((one) => one.statementSha256 ?? []) });
    else omissions.push({ what: `${KIND_NAMES[kind]} for ${requirementNumber} (${id})`, reason });
  }
  if (worksheets.length === 0) throw new Failure("blocked", NOTHING_IN_IT);
  const { entityName, name: engagementName, organisationId } = tx.engagement;
  const names = { logId: organisationLog(organisationId), service, entityName, engagementName };
  const logo = (await readLogo(tx)) ?? null;
  return { made: tx.now.toISOString(), ...names, worksheets, omissions, logo, earlier };
}

function reasonToLeaveOut(
  grant: Grant,
  facts: Parameters<typeof permissionFor<"worksheet.export">>[2],
  own: readonly StatementRef[],
  here: string,
): string | null {
  const permission = permissionFor(grant, "worksheet.export", facts);
  if (permission?.view === "signed") return SIGNED_PAGES_ONLY;
  if (!permission || own.length === 0) return NOTHING_DECIDED;
  if (own.some(({ statementSha256 }) => statementSha256 === null)) return OF_AN_EARLIER_VERSION;
  // The trail here tells nothing of how it came about, and the keys here did not sign it.
  return own.some(({ service }) => service !== here) ? OF_ANOTHER_SERVICE : null;
}
