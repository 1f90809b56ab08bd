import type { ToldRow } from "@/lib/domain/audit/row-states";

/** What is stored of an event beside its payload, for looking it up: all of it comes from the payload. */
export interface EventRecord {
  readonly payload: string;
  readonly at: Date | null;
  readonly action: string | null;
  readonly actorId: string | null;
  readonly engagementId: string | null;
  readonly worksheetId: string | null;
  readonly txToken: string | null;
  /** The rows that are stored as named by it. */
  readonly rows: readonly ToldRow[];
}

/** What a payload tells of rows, or null when it is no event's. */
export function rowsTold(payload: string): readonly ToldRow[] | null {
  const { changes = [] } = parse(payload) ?? { changes: null };
  if (!Array.isArray(changes)) return null;
  const rows = changes.map((change: unknown) => {
    const { table, id, number, state } = asFields(change);
    if (typeof table !== "string" || typeof id !== "string") return null;
    return {
      table,
      id,
      number: Number.isInteger(number) ? Number(number) : null,
      state: typeof state === "string" ? state : null,
    };
  });
  return rows.every((row) => row !== null) ? rows : null;
}

/**
 * Which column of an event is not what its payload says, or null. Events of before transactions had a name in the
 * payload say nothing of the token, so that it is taken as it is there.
 */
export function strayColumn(record: EventRecord): string | null {
  const said = parse(record.payload);
  if (said === null) return "payload";
  const text = (value: unknown) => (typeof value === "string" ? value : null);
  if (record.at?.getTime() !== Date.parse(text(said.at) ?? "")) return "at";
  if (record.action !== text(said.action)) return "action";
  if (record.actorId !== text(said.actorId)) return "actor_id";
  if (record.engagementId !== text(said.engagementId)) return "engagement_id";
  if (record.worksheetId !== text(said.worksheetId)) return "worksheet_id";
  if (said.tx !== undefined && record.txToken !== said.tx) return "tx_token";
  return null;
}

/** The first row that is stored as named and that the payload does not tell so, or the other way round; null when none. */
export function strayRow(record: Pick<EventRecord, "payload" | "rows">): ToldRow | null {
  const told = new Map((rowsTold(record.payload) ?? []).map((row) => [wordsOf(row), row]));
  for (const row of record.rows) if (!told.delete(wordsOf(row))) return row;
  return told.values().next().value ?? null;
}

function wordsOf({ table, id, number, state }: ToldRow): string {
  return JSON.stringify([table, id, number, state]);
}

type Fields = Readonly<Record<string, unknown>>;

function parse(payload: string): Fields | null {
  try {
    const parsed: unknown = JSON.parse(payload);
    return typeof parsed === "object" && parsed !== null && !Array.isArray(parsed) ? (parsed as Fields) : null;
  } catch {
    return null;
  }
}

function asFields(value: unknown): Fields {
  return typeof value === "object" && value !== null ? (value as Fields) : {};
}
