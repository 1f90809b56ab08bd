import { organisationLog } from "@/lib/auth/events";
import { type Grant, permissionFor, readScope } from "@/lib/auth/scope";
import { Failure } from "@/lib/contracts/failure";
import { readServiceId } from "@/lib/data/checkpoints";
import { listStatementRefs, type StatementRef } from "@/lib/data/sign-offs";
import { packedSizes } from "@/lib/data/trail";
import { listWorksheets } from "@/lib/data/worksheets";
import type { Omission } from "@/lib/domain/pack/manifest";
import { KIND_NAMES } from "@/lib/domain/records/kinds";
import type { Logo } from "@/lib/render/pdf/view-model";
import type { ExportRun } from "@/lib/services/export/export-run";
import { readLogo } from "@/lib/services/export/logo";

/** What fixes a pack: read at one moment, and everything that it names is immutable. */
export interface PackPlan {
  /** Counts up when a plan of an earlier version of Countervail cannot be gone on with. */
  readonly version: typeof PLAN_VERSION;
  /** When the export began, ISO 8601. */
  readonly made: string;
  readonly logId: string;
  readonly service: string;
  readonly entityName: string;
  readonly engagementName: string;
  /** Worksheets that were decided on, with the digests of the statements, the oldest first. */
  readonly worksheets: readonly { readonly id: string; readonly statements: readonly string[] }[];
  readonly omissions: readonly Omission[];
  /** What stands on the first page of each PDF; null without one. */
  readonly logo: Logo | null;
  /** How far the trail had come in packs that were handed out before. */
  readonly earlier: readonly number[];
}

const PLAN_VERSION = 3;
const NOTHING_DECIDED = "Nothing was decided about it yet, so there is nothing to prove.";
const OF_ANOTHER_SERVICE = "It was decided on another service, and the packs of that service prove it.";
const OF_AN_EARLIER_VERSION = "It was decided on before decisions were signed statements.";

/** Why a pack is not for those who read signed pages alone, and what is said of such a worksheet. */
export const SIGNED_PAGES_ONLY = "Your role reads signed worksheets as pages and PDFs, not their history.";

/** Said where a pack would have nothing in it. */
export const NOTHING_IN_IT =
  "There is nothing to put into a pack for you yet: no worksheet was decided on whose history you may read.";

/**
 * Fixes what goes into the pack: which decisions, and what is left out and why.
 * @throws Failure blocked when nothing was decided; wrong_state for a plan of another version
 */
export async function planPack(run: ExportRun): Promise<PackPlan> {
  const { context, row } = run;
  const { engagementId } = row;
  const plan = await run.json("plan", "plan.json", () =>
    readScope(context, "workbook.export", { engagementId }, async (tx, grant): Promise<PackPlan> => {
      const decisions = await listStatementRefs(tx);
      const [service, earlier] = [await readServiceId(tx), await packedSizes(tx)];
      const omissions: Omission[] = [];
      const worksheets: PackPlan["worksheets"][number][] = [];
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
      return { version: PLAN_VERSION, made: tx.now.toISOString(), ...names, worksheets, omissions, logo, earlier };
    }),
  );
  if (plan.version !== PLAN_VERSION) {
    throw new Failure("wrong_state", "This export was begun by another version of Countervail. Ask for it again.");
  }
  return plan;
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
