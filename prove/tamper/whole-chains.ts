import type { TrailFinding } from "@/lib/services/trail/trail-finding";
import type { Mutation, Scene } from "./mutations";

const MOST_CUT = 4;

/** Tails that are cut off, with the head as it was and with a head that fits, and heads that say something else. */
export function chainMutations(heads: Scene, events: Scene): Mutation[] {
  return heads.rows.flatMap(({ values }) => {
    const logId = String(values.log_id);
    const size = Number(values.size);
    const [name, at] = [`log_id = '${logId}'`, (seq: number) => `log_id = '${logId}' AND seq = ${seq}`];
    const ofChain = (finding: TrailFinding) => finding.logId === logId;
    const previous = `(SELECT prev_hash FROM audit_event WHERE ${at(size - 1)})`;
    const made: Mutation[] = [
      {
        kind: "rewrite the head",
        what: `${logId}, to the event before`,
        sql: [`UPDATE audit_head SET size = ${size - 1}, head = ${previous} WHERE ${name}`],
        isNamedBy: ofChain,
      },
      {
        kind: "rewrite the head",
        what: `${logId}, taken away with its whole chain left`,
        sql: [`DELETE FROM audit_head WHERE ${name}`],
        isNamedBy: ofChain,
      },
    ];
    for (let cut = 1; cut <= Math.min(MOST_CUT, size); cut += 1) {
      const first = size - cut;
      const tail = ["audit_event", "audit_change"].map(
        (table) => `DELETE FROM ${table} WHERE ${name} AND seq >= ${first}`,
      );
      made.push({ kind: "truncate the tail", what: `${cut} of ${logId}`, sql: tail, isNamedBy: ofChain });
      const told = toldBy(events, logId, first);
      if (told.size === 0) continue;
      const head = `UPDATE audit_head SET size = ${first}, head = (SELECT prev_hash FROM audit_event WHERE ${at(first)}) WHERE ${name}`;
      const isNamedBy = ({ table, id }: TrailFinding) => told.has(`${table} ${id}`);
      made.push({
        kind: "truncate the tail and fit the head",
        what: `${cut} of ${logId}`,
        sql: [head, ...tail],
        isNamedBy,
      });
    }
    return made;
  });
}

/** The rows that events of a tail tell of. */
function toldBy(events: Scene, logId: string, first: number): Set<string> {
  const tail = events.rows.filter(({ values }) => values.log_id === logId && Number(values.seq) >= first);
  const changes = tail.flatMap(
    ({ values }) => (JSON.parse(String(values.payload)) as { changes?: { table: string; id: string }[] }).changes ?? [],
  );
  return new Set(changes.map(({ table, id }) => `${table} ${id}`));
}
