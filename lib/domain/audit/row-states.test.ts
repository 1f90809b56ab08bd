import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rowsTold, strayColumn, strayRow } from "@/lib/domain/audit/event-record";
import { describeRowFinding, RowLedger, type StoredRow, type ToldRow } from "@/lib/domain/audit/row-states";

type History = readonly (string | null)[];
/** States of one row, one change after the other: null deletes it. */
const history = fc.array(fc.option(fc.constantFrom("a", "b", "c", "d"), { nil: null }), { minLength: 1, maxLength: 6 });
const histories = fc.array(history, { minLength: 1, maxLength: 8 });
interface Told {
  readonly logId: string;
  readonly seq: bigint;
  readonly rows: readonly ToldRow[];
}

/** The events of rows' histories on two chains; each chain comes whole, whichever event was first. */
function eventsOf(all: readonly History[]): Told[] {
  const told = all.flatMap((states, row) =>
    states.map((state, place): Told => {
      const logId = (row + place) % 2 === 0 ? "one" : "two";
      return {
        logId,
        seq: BigInt(row * 10 + place),
        rows: [{ table: "t", id: String(row), number: place + 1, state }],
      };
    }),
  );
  return [...told].sort((a, b) => (a.logId === b.logId ? Number(a.seq - b.seq) : a.logId < b.logId ? -1 : 1));
}

/** The rows that such histories leave, each with its state in this shape and what it would be in another one. */
function rowsOf(all: readonly History[]): StoredRow[] {
  return all.flatMap((states, row) => {
    const last = states.at(-1);
    return last == null ? [] : [{ table: "t", id: String(row), states: [`other shape of ${last}`, last] }];
  });
}

function judge(events: readonly Told[], rows: readonly StoredRow[]) {
  const ledger = new RowLedger();
  const findings = events.flatMap(({ rows: named, ...place }) => ledger.note(place, named));
  findings.push(...rows.flatMap((row) => ledger.check(row) ?? []), ...ledger.end());
  return { findings, counts: ledger.counts };
}

describe("rows beside the events that tell of them", () => {
  it("agree when nobody came between", () => {
    fc.assert(
      fc.property(histories, (all) => {
        const { findings, counts } = judge(eventsOf(all), rowsOf(all));
        expect(findings).toEqual([]);
        expect(counts.matching).toBe(rowsOf(all).length);
      }),
    );
  });

  it("name the row that was changed, removed, added, brought back or doubled, and its last event", () => {
    fc.assert(
      fc.property(histories, fc.nat(), (all, pick) => {
        const [events, rows] = [eventsOf(all), rowsOf(all)];
        const index = pick % all.length;
        const id = String(index);
        const mine = (row: StoredRow) => row.id === id;
        const others = rows.filter((row) => !mine(row));
        const place = all[index]?.length ?? 0;
        const event = {
          logId: (index + place - 1) % 2 === 0 ? "one" : "two",
          seq: BigInt(index * 10 + place - 1),
        };
        const found = rows.find(mine);
        const changed = { table: "t", id, states: ["x", "y"] };
        const expected = (problem: string) => [{ problem, table: "t", id, event }];
        if (found) {
          expect(judge(events, [...others, changed]).findings).toEqual(expected("differs"));
          expect(judge(events, others).findings).toEqual(expected("missing"));
          expect(judge(events, [...rows, found]).findings).toEqual(expected("twice"));
        } else {
          expect(judge(events, [...rows, changed]).findings).toEqual(expected("returned"));
        }
        const added = { ...changed, id: "new" };
        expect(judge(events, [...rows, added]).findings).toEqual([
          { problem: "unrecorded", table: "t", id: "new", event: null },
        ]);
      }),
    );
  });

  it("name a row of which an event was taken away, and only such a row", () => {
    fc.assert(
      fc.property(histories, fc.nat(), (all, pick) => {
        const events = eventsOf(all);
        const gone = events[pick % events.length];
        const row = Number(gone?.rows[0]?.id);
        const left = events.filter((event) => event !== gone);
        const before = all[row]?.slice(0, -1) ?? [];
        const isLast = gone?.rows[0]?.number === all[row]?.length;
        // Without the last one, the row is as the event before tells only when the change changed nothing.
        const expected = isLast && (before.at(-1) ?? null) === (all[row]?.at(-1) ?? null) ? [] : [String(row)];
        const { findings } = judge(left, rowsOf(all));
        expect([...new Set(findings.map(({ id }) => id))]).toEqual(expected);
      }),
    );
  });

  it("go by the number of the change and not by the order in which chains are read", () => {
    const before = { logId: "two", seq: 0n, rows: [{ table: "t", id: "1", number: 1, state: "old" }] };
    const after = { logId: "one", seq: 9n, rows: [{ table: "t", id: "1", number: 2, state: "new" }] };
    expect(judge([after], [{ table: "t", id: "1", states: ["new"] }]).findings).toMatchObject([{ problem: "untold" }]);
    expect(judge([after, before], [{ table: "t", id: "1", states: ["new"] }]).findings).toEqual([]);
    expect(judge([after, before], [{ table: "t", id: "1", states: ["old"] }]).findings).toMatchObject([
      { problem: "differs", event: { logId: "one", seq: 9n } },
    ]);
    const again = { ...before, seq: 1n, rows: [{ table: "t", id: "1", number: 2, state: "other" }] };
    expect(judge([after, before, again], [{ table: "t", id: "1", states: ["new"] }]).findings).toMatchObject([
      { problem: "contradicted", event: { logId: "two", seq: 1n } },
    ]);
  });

  it("count what only events of before states were kept tell of, and go on from the first that tells one", () => {
    const old = (seq: bigint) => ({ logId: "one", seq, rows: [{ table: "t", id: "1", number: null, state: null }] });
    const { findings, counts } = judge([old(0n)], [{ table: "t", id: "1", states: ["a"] }]);
    expect(findings).toEqual([]);
    expect([...counts.uncovered]).toEqual([["t", 1]]);
    expect(judge([old(0n)], []).findings).toEqual([]);
    const since = { logId: "one", seq: 1n, rows: [{ table: "t", id: "1", number: 1, state: "a" }] };
    expect(judge([old(0n), since, old(2n)], [{ table: "t", id: "1", states: ["b"] }]).findings).toMatchObject([
      { problem: "differs", event: { seq: 1n } },
    ]);
  });

  it("are told in sentences that name table, row and event", () => {
    for (const problem of ["differs", "missing", "returned", "twice", "contradicted", "untold"] as const) {
      const words = describeRowFinding({ problem, table: "section", id: "s1", event: { logId: "system", seq: 7n } });
      expect(words).toMatch(/s1 of section.*event 7 of system/);
    }
    expect(describeRowFinding({ problem: "unrecorded", table: "section", id: null, event: null })).toMatch(
      /row without an id of section.*no event/,
    );
  });
});

describe("what is stored beside a payload", () => {
  const said = { at: "2026-11-24T09:00:00.000Z", action: "a", actorId: "u", tx: "t" };
  const changes = [
    { table: "section", id: "1", number: 2, state: "ab" },
    { table: "section", id: "2", number: 1, state: null },
    { table: "old", id: "3" },
  ];
  const record = {
    payload: JSON.stringify({ ...said, changes }),
    at: new Date(said.at),
    action: "a",
    actorId: "u",
    engagementId: null,
    worksheetId: null,
    txToken: "t",
    rows: changes.map(({ number = null, state = null, ...row }) => ({ ...row, number, state })),
  };

  it("is what the payload says, each column and each row", () => {
    expect(strayColumn(record)).toBeNull();
    expect(strayRow({ ...record, rows: [...record.rows].reverse() })).toBeNull();
    const other = { at: new Date(0), action: "b", actorId: null, engagementId: "e", worksheetId: "w", txToken: "x" };
    const columns = {
      actorId: "actor_id",
      engagementId: "engagement_id",
      worksheetId: "worksheet_id",
      txToken: "tx_token",
    };
    for (const [field, value] of Object.entries(other)) {
      expect(strayColumn({ ...record, [field]: value })).toBe(columns[field as keyof typeof columns] ?? field);
    }
    expect(strayRow({ ...record, rows: record.rows.slice(1) })).toMatchObject({ id: "1" });
    expect(
      strayRow({ ...record, rows: [...record.rows, { table: "x", id: "9", number: null, state: null }] }),
    ).toMatchObject({ id: "9" });
    expect(strayRow({ ...record, rows: record.rows.map((row) => ({ ...row, state: "cd" })) })).toMatchObject({
      state: "cd",
    });
  });

  it("takes nothing in a payload for granted", () => {
    for (const payload of [
      "",
      "[]",
      "7",
      "null",
      "{",
      '{"changes":7}',
      '{"changes":[null]}',
      '{"changes":[{"table":1}]}',
    ]) {
      expect(rowsTold(payload), payload).toBeNull();
    }
    expect(rowsTold("{}")).toEqual([]);
    expect(strayColumn({ ...record, payload: "{" })).toBe("payload");
  });
});
