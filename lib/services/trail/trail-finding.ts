import { describeRowFinding, type RowFinding } from "@/lib/domain/audit/row-states";

/** Something that is not as it was recorded: on a chain at an event, in a row, or both. */
export interface TrailFinding {
  readonly logId: string | null;
  readonly seq: bigint | null;
  readonly table: string | null;
  readonly id: string | null;
  /** A sentence for the operator. */
  readonly words: string;
}

/** Something on a chain. */
export function onChain(logId: string | null, seq: bigint | null, words: string): TrailFinding {
  return { logId, seq, table: null, id: null, words };
}

/** Something in a row. */
export function ofRow(finding: RowFinding): TrailFinding {
  const { table, id, event } = finding;
  return { logId: event?.logId ?? null, seq: event?.seq ?? null, table, id, words: describeRowFinding(finding) };
}
