import { Failure } from "@/lib/contracts/failure";
import type { StoredEvidence } from "@/lib/data/evidence";
import { storedBytes } from "@/lib/data/evidence-files";
import { findWorksheet } from "@/lib/data/worksheets";
import type { ScopedTx } from "@/lib/db/kinds";
import { type EvidencePlan, isSettled, MOST_CARRIED, writesOf } from "@/lib/domain/controls/plan-evidence";
import type { FileLimits } from "@/lib/domain/evidence/file-limits";
import { checkRoom } from "@/lib/domain/evidence/file-rules";

/** What is to be brought into a worksheet. */
interface Bringing extends Placed {
  readonly plan: EvidencePlan;
  /** All evidence that the worksheet has. */
  readonly rows: readonly StoredEvidence[];
}

/**
 * Refuses a change that would write more than one transaction has the time for.
 * @param newTexts the worksheets whose text changes too @throws Failure blocked
 */
export function requireBounded(plans: readonly Bringing[], newTexts: ReadonlySet<string>): void {
  const writes = plans
    .map(({ worksheetId, plan, rows }) => {
      const files = new Map(rows.map((row) => [row.id, row.files.length]));
      return writesOf(plan, files, newTexts.has(worksheetId));
    })
    .filter((count) => count > 0);
  const sum = writes.reduce((total, count) => total + count, 0);
  if (sum <= MOST_CARRIED) return;
  const advice = plans.every(({ plan }) => isSettled(plan))
    ? "Let some of the worksheets use another shared control."
    : "Change the text and the evidence one after the other, and fewer files at a time.";
  const message = `This would write ${sum.toLocaleString("en")} texts, entries and files of evidence and events of ${writes.length.toLocaleString("en")} worksheets at once, and at most ${MOST_CARRIED.toLocaleString("en")} can be. ${advice}`;
  throw new Failure("blocked", message, { blockers: [{ section: null, message }] });
}

/** A file, by the worksheet that has it or is to have it. */
interface Placed {
  readonly worksheetId: string;
}

/**
 * Refuses to bring files into worksheets that have no room for them. Their bytes are stored already, so the organisation
 * needs none. @param stored the evidence that the worksheets have @throws Failure file_refused, naming the requirement
 */
export async function requireRoom(
  tx: ScopedTx,
  stored: ReadonlyMap<string, readonly StoredEvidence[]>,
  added: readonly Placed[],
  dropped: readonly Placed[],
  limits: FileLimits,
): Promise<void> {
  if (added.length === 0) return;
  const organisationBytes = await storedBytes(tx);
  const count = (files: readonly Placed[], id: string) => files.filter(({ worksheetId }) => worksheetId === id).length;
  for (const id of new Set(added.map(({ worksheetId }) => worksheetId))) {
    const had = (stored.get(id) ?? []).reduce((sum, { files }) => sum + files.length, 0);
    const has = had + count(added, id) - count(dropped, id);
    // As when the last of them is added by itself.
    const room = checkRoom({ worksheetFiles: has - 1, organisationBytes }, 0, limits);
    if (room.ok) continue;
    const { rule, words } = room.error;
    const number = (await findWorksheet(tx, id))?.requirementNumber ?? "";
    const message = `${words} The one for ${number} would have ${has}.`;
    throw new Failure("file_refused", message, { rule, errors: [{ path: "evidence", message }] });
  }
}
