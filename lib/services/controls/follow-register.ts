import { Failure } from "@/lib/contracts/failure";
import { holdRecords, type StoredRecord } from "@/lib/data/control-records";
import { holdRoom } from "@/lib/data/evidence-files";
import { recordAuthors } from "@/lib/data/worksheets";
import type { ScopedTx } from "@/lib/db/kinds";
import type { ChangedRow } from "@/lib/db/transactions";
import { judgeUses, type Refusal } from "@/lib/domain/controls/record";
import type { FileLimits } from "@/lib/domain/evidence/file-limits";
import { isSame } from "@/lib/domain/same";
import type { Control } from "@/lib/domain/worksheet/model";
import { carryEvidence, letGo } from "@/lib/services/controls/carry";

/** How a save changes which shared controls a worksheet uses. */
export interface Uses {
  /** The records that a control names which did not before, with that control. */
  readonly begun: readonly { readonly record: StoredRecord; readonly itemId: string }[];
  /** The ids of records that no control names any more. */
  readonly ended: readonly string[];
  readonly itemIds: ReadonlySet<string>;
}

const REFUSALS: Readonly<Record<Refusal, string>> = {
  unknown: "The register has no such control any more. Take it out of the register here to keep its text.",
  retired: "This shared control is retired, so no further worksheet uses it.",
  twice: "The worksheet uses this shared control already.",
  differs:
    "What a shared control says is changed in the register of controls. Take it out of the register to change it for this worksheet alone.",
};

/**
 * Judges the shared controls that a definition is about to use, holding them until the commit.
 * @returns null where neither text uses any @throws Failure invalid, naming the control
 */
export async function admitUses(
  tx: ScopedTx,
  before: readonly Control[],
  controls: readonly Control[],
): Promise<Uses | null> {
  const ids = recordsIn([...before, ...controls]);
  if (ids.length === 0) return null;
  // Evidence comes or goes with what is begun or ended, and whoever moves it holds the room before any record.
  if (changesUses(before, controls)) await holdRoom(tx);
  const records = new Map((await holdRecords(tx, ids)).map((record) => [record.id, record]));
  const refused = judgeUses(before, controls, records);
  if (refused.length > 0) {
    const errors = refused.map(({ index, refusal }) => ({
      path: `content.items.controls.${index}.title`,
      message: REFUSALS[refusal],
    }));
    throw new Failure("invalid", errors[0]?.message ?? "", { errors });
  }
  const begun = controls.flatMap(({ id, recordId }) => {
    const record = records.get(recordId ?? "");
    const known = before.some((was) => was.id === id && was.recordId === recordId);
    return record && !known ? [{ record, itemId: id }] : [];
  });
  const now = recordsIn(controls);
  const ended = recordsIn(before).filter((id) => !now.includes(id));
  return { begun, ended, itemIds: new Set(controls.map(({ id }) => id)) };
}

/**
 * Brings the evidence after the controls of a definition that was just stored. @returns the rows that changed
 * @throws Failure stale, file_refused where the worksheet would have too many files
 */
export async function followUses(
  tx: ScopedTx,
  worksheetId: string,
  uses: Uses,
  limits: FileLimits,
): Promise<ChangedRow[]> {
  const changes = uses.ended.length > 0 ? await letGo(tx, worksheetId, uses.ended, uses.itemIds) : [];
  for (const { record, itemId } of uses.begun) {
    const carried = await carryEvidence(tx, [{ worksheetId, itemId }], record, limits);
    changes.push(...(carried.get(worksheetId) ?? []));
    await recordAuthors(tx, worksheetId, record.authorIds);
  }
  return changes;
}

/** Whether a save of a definition changes which control uses which shared one: then evidence comes or goes with it. */
export function changesUses(before: readonly Control[], controls: readonly Control[]): boolean {
  return !isSame(usedIn(before), usedIn(controls));
}

/** Which control uses which record, whatever their order. */
function usedIn(controls: readonly Control[]): readonly string[] {
  return controls.flatMap(({ id, recordId }) => (recordId === undefined ? [] : `${id} ${recordId}`)).sort();
}

function recordsIn(controls: readonly Control[]): string[] {
  return [...new Set(controls.flatMap(({ recordId }) => recordId ?? []))];
}
