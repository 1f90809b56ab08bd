import { Failure } from "@/lib/contracts/failure";
import type { StoredEvidence } from "@/lib/data/evidence";
import { storedBytes } from "@/lib/data/evidence-files";
import { findWorksheet } from "@/lib/data/worksheets";
import type { ScopedTx } from "@/lib/db/kinds";
import { type EvidencePlan, MOST_CARRIED, rowsOf } from "@/lib/domain/controls/plan-evidence";
import type { FileLimits } from "@/lib/domain/evidence/file-limits";
import { checkRoom } from "@/lib/domain/evidence/file-rules";

/** Refuses a change that would write more rows than one transaction has the time for. @throws Failure blocked */
export function requireBounded(
  plans: readonly { readonly plan: EvidencePlan; readonly rows: readonly StoredEvidence[] }[],
): void {
  const rows = plans.reduce(
    (sum, { plan, rows: stored }) => sum + rowsOf(plan, new Map(stored.map(({ id, files }) => [id, files.length]))),
    0,
  );
  if (rows <= MOST_CARRIED) return;
  const message = `This would change ${rows.toLocaleString("en")} entries and files of evidence in ${plans.length} worksheets at once, and at most ${MOST_CARRIED.toLocaleString("en")} can be. Add or remove fewer files at a time.`;
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
