import { eachOnce, type RecordEvidence } from "@/lib/domain/controls/record";
import { isSame } from "@/lib/domain/same";
import type { EvidenceLink } from "@/lib/domain/worksheet/model";

/** Evidence of a worksheet, with the shared control that it came from, if it did. */
export type CarriedEvidence = EvidenceLink & {
  readonly controlRecordId: string | null;
  readonly recordEvidenceId: string | null;
};

/** What has to be done to the evidence of a worksheet, so that it has that of a shared control. */
export interface EvidencePlan {
  readonly add: readonly RecordEvidence[];
  /** Rows that came from the register, and what they have to say now. */
  readonly change: readonly { readonly rowId: string; readonly evidence: RecordEvidence }[];
  /** The worksheet's own rows that say the same already: they become the register's. */
  readonly adopt: readonly { readonly rowId: string; readonly evidence: RecordEvidence }[];
  /** Rows that came from the register, which has them no more. */
  readonly remove: readonly string[];
}

/**
 * The most rows of evidence and files that one change of the register writes. Each is noted for the trail, which takes
 * about a millisecond and a half on a small machine, and a transaction has fifteen seconds.
 */
export const MOST_CARRIED = 4_000;

/** How many rows a plan writes at most, with those of files. @param files how many each row of the worksheet has */
export function rowsOf(plan: EvidencePlan, files: ReadonlyMap<string, number>): number {
  const had = (id: string) => files.get(id) ?? 0;
  const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);
  return (
    plan.adopt.length +
    sum(plan.add.map((one) => 1 + one.files.length)) +
    sum(plan.change.map(({ rowId, evidence }) => 1 + had(rowId) + evidence.files.length)) +
    sum(plan.remove.map((rowId) => 1 + had(rowId)))
  );
}

/** Whether nothing has to be done. */
export function isSettled({ add, change, adopt, remove }: EvidencePlan): boolean {
  return add.length + change.length + adopt.length + remove.length === 0;
}

/**
 * Plans how the evidence of a worksheet's control comes to be that of the shared control. The worksheet's own evidence is
 * never touched, but for a row on the same control that says the same.
 * @param rows all evidence of the worksheet
 */
export function planEvidence(
  recordId: string,
  itemId: string,
  wanted: readonly RecordEvidence[],
  rows: readonly CarriedEvidence[],
): EvidencePlan {
  const carried = rows.filter(({ controlRecordId }) => controlRecordId === recordId);
  const own = rows.filter((row) => row.controlRecordId === null && row.itemId === itemId);
  const taken = new Set<string>();
  const add: RecordEvidence[] = [];
  const change: EvidencePlan["change"][number][] = [];
  const adopt: EvidencePlan["adopt"][number][] = [];
  for (const evidence of wanted) {
    const row = carried.find(({ recordEvidenceId }) => recordEvidenceId === evidence.id);
    const alike = own.find((one) => !taken.has(one.id) && isSame(contentOf(one), contentOf(evidence)));
    if (row) {
      if (row.itemId !== itemId || !isSame(contentOf(row), contentOf(evidence)))
        change.push({ rowId: row.id, evidence });
    } else if (alike) {
      taken.add(alike.id);
      adopt.push({ rowId: alike.id, evidence });
    } else add.push(evidence);
  }
  const remove = carried.filter((row) => !wanted.some(({ id }) => id === row.recordEvidenceId)).map(({ id }) => id);
  return { add, change, adopt, remove };
}

/** What a piece of evidence says and shows. Its files are a set: their order, or one named twice, says nothing more. */
function contentOf({ title, url, shows, collectedOn, validUntil, files = [] }: EvidenceLink | RecordEvidence) {
  return {
    ...{ title, url, shows, collectedOn, validUntil },
    files: eachOnce(files)
      .map(({ name, size, type, sha256 }) => ({ name, size, type, sha256 }))
      .sort((a, b) => (`${a.sha256} ${a.name}` < `${b.sha256} ${b.name}` ? -1 : 1)),
  };
}
