/** A row as an event names it. */
export interface ToldRow {
  readonly table: string;
  readonly id: string;
  /** The how-manieth recorded change of the row this was; null where the event tells no state of it. */
  readonly number: number | null;
  /** The state that the row came to; null where it was deleted, or where the event tells none. */
  readonly state: string | null;
}

/** Where an event is. */
export interface EventPlace {
  readonly logId: string;
  readonly seq: bigint;
}

/** A protected row as it is stored now, with its state in every shape of its table. */
export interface StoredRow {
  readonly table: string;
  readonly id: string | null;
  readonly states: readonly string[];
}

/** In which way rows and events do not agree. */
export type RowProblem = "differs" | "unrecorded" | "missing" | "returned" | "twice" | "contradicted" | "untold";

/** A row that is not as the events tell, with the last event that tells its state. */
export interface RowFinding {
  readonly problem: RowProblem;
  readonly table: string;
  readonly id: string | null;
  readonly event: EventPlace | null;
}

/** How many rows were compared, and how many of each table have events of before states were kept alone. */
export interface RowCounts {
  readonly matching: number;
  readonly uncovered: ReadonlyMap<string, number>;
}

/** Numbers of changes, both ends included. */
type Span = readonly [from: number, to: number];

interface LastWord extends ToldRow {
  readonly event: EventPlace;
  /** Numbers before the last one that no event has told so far. */
  readonly untold: readonly Span[];
  seen: boolean;
}

/**
 * Compares rows with what events tell of them. Give it the events of all chains, in any order of the chains, then every
 * stored row, then ask for the end. A row's changes are numbered, so that the last one is known also where its events
 * stand on several chains.
 */
export class RowLedger {
  readonly #last = new Map<string, LastWord>();
  readonly #uncovered = new Map<string, number>();
  #matching = 0;

  /** Takes in what an event tells. @returns rows of which another event tells the same change differently */
  note(event: EventPlace, rows: readonly ToldRow[]): RowFinding[] {
    const findings: RowFinding[] = [];
    for (const row of rows) {
      const known = this.#last.get(keyOf(row));
      const [number, last] = [row.number ?? 0, known?.number ?? 0];
      if (known === undefined || number > last) {
        const between: Span[] = number > last + 1 ? [[last + 1, number - 1]] : [];
        this.#last.set(keyOf(row), { ...row, event, untold: [...(known?.untold ?? []), ...between], seen: false });
      } else if (number === last && row.number !== null && row.state !== known.state) {
        findings.push({ problem: "contradicted", table: row.table, id: row.id, event });
      } else if (known.untold.length > 0) {
        this.#last.set(keyOf(row), { ...known, untold: known.untold.flatMap((span) => without(span, number)) });
      }
    }
    return findings;
  }

  /** Compares a stored row. @returns what is wrong with it, or null */
  check({ table, id, states }: StoredRow): RowFinding | null {
    const last = id === null ? undefined : this.#last.get(keyOf({ table, id }));
    if (last === undefined) return { problem: "unrecorded", table, id, event: null };
    const { event, number, state, seen } = last;
    last.seen = true;
    if (seen) return { problem: "twice", table, id, event };
    if (number === null) {
      this.#uncovered.set(table, (this.#uncovered.get(table) ?? 0) + 1);
      return null;
    }
    if (state === null) return { problem: "returned", table, id, event };
    if (!states.includes(state)) return { problem: "differs", table, id, event };
    this.#matching += 1;
    return null;
  }

  /** After all rows: those that are gone although the last event tells that they are there, and those with a change untold. */
  end(): RowFinding[] {
    const all = [...this.#last.values()];
    const of = (problem: RowProblem, rows: readonly LastWord[]) =>
      rows.map(({ table, id, event }): RowFinding => ({ problem, table, id, event }));
    return [
      ...of(
        "missing",
        all.filter(({ seen, state }) => !seen && state !== null),
      ),
      ...of(
        "untold",
        all.filter(({ untold }) => untold.length > 0),
      ),
    ];
  }

  /** What was compared so far. */
  get counts(): RowCounts {
    return { matching: this.#matching, uncovered: this.#uncovered };
  }
}

function without([from, to]: Span, number: number): Span[] {
  if (number < from || number > to) return [[from, to]];
  const parts: Span[] = [
    [from, number - 1],
    [number + 1, to],
  ];
  return parts.filter(([first, last]) => first <= last);
}

function keyOf({ table, id }: { readonly table: string; readonly id: string }): string {
  return `${table} ${id}`;
}

const WORDS: Readonly<Record<RowProblem, (row: string, event: string) => string>> = {
  differs: (row, event) => `${row} is not what ${event} tells: it was changed behind the trail.`,
  unrecorded: (row) => `${row} is there, and no event tells of it.`,
  missing: (row, event) => `${row} is gone, and ${event} tells that it is there.`,
  returned: (row, event) => `${row} is there, and ${event} tells that it was deleted.`,
  twice: (row, event) => `${row} is there more than once; ${event} tells of one.`,
  untold: (row, event) => `${row} was changed more often than events tell: one before ${event} is not there.`,
  contradicted: (row, event) => `${row}: ${event} tells of one of its changes differently than another event.`,
};

/** A finding as a sentence for the operator. */
export function describeRowFinding({ problem, table, id, event }: RowFinding): string {
  const row = `The row ${id ?? "without an id"} of ${table}`;
  return WORDS[problem](row, event === null ? "an event" : `event ${event.seq} of ${event.logId}`);
}
