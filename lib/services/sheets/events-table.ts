import type { ServiceContext } from "@/lib/auth/context";
import { readScope } from "@/lib/auth/scope";
import { namesOf, personRef } from "@/lib/data/people";
import { eventsBetween, requirementsOfWorksheets, type TrailPlace } from "@/lib/data/trail";
import type { ScopedTx } from "@/lib/db/kinds";
import { describeEvent, peopleIn } from "@/lib/domain/audit/describe";
import type { Cell, SheetColumn } from "@/lib/render/sheet/sheet";
import { readWithheld } from "@/lib/services/trail/withheld";

/** How many events are in memory at once. */
const STRETCH = 500;

/** The columns of events. */
export const EVENT_COLUMNS: readonly SheetColumn[] = [
  { title: "Number", kind: "number", width: 10 },
  { title: "At (UTC)", kind: "text", width: 26 },
  { title: "By", kind: "text", width: 24 },
  { title: "Event", kind: "text", width: 26 },
  { title: "In words", kind: "text", width: 60 },
  { title: "Requirement", kind: "text", width: 13 },
  { title: "Hash of the event", kind: "text", width: 66 },
  { title: "As recorded", kind: "text", width: 60 },
];

/** Which events of a chain a table holds: those before a number, as far as the reader sees them. */
export interface EventStretch extends TrailPlace {
  readonly engagementId: string;
  readonly until: bigint;
}

/**
 * The events of an engagement as rows, the oldest first, a stretch at a time: each is read in a transaction of its own, in
 * which the right is asked for anew. What the page of the trail withholds is withheld here.
 */
export async function* eventRows(
  context: ServiceContext,
  { until, ...place }: EventStretch,
): AsyncGenerator<readonly (readonly Cell[])[]> {
  const { engagementId } = place;
  for (let from = 0n; from < until; ) {
    const span = { from, until };
    const { rows, last } = await readScope(context, "trail.read", { engagementId }, async (tx) => {
      const events = await eventsBetween(tx, place, span, STRETCH);
      return { rows: await rowsOf(tx, events), last: events.at(-1)?.seq };
    });
    if (last === undefined) return;
    yield rows;
    from = last + 1n;
  }
}

async function rowsOf(
  tx: ScopedTx,
  events: Awaited<ReturnType<typeof eventsBetween>>,
): Promise<readonly (readonly Cell[])[]> {
  const read = events.map((one) => ({ ...one, event: readWithheld(one.payload) }));
  const names = await namesOf(
    tx,
    read.flatMap(({ event }) => peopleIn(event)),
  );
  const numbers = await requirementsOfWorksheets(
    tx,
    read.flatMap(({ event }) => (typeof event.worksheetId === "string" ? [event.worksheetId] : [])),
  );
  const person = (id: string) => personRef(names, id).name;
  return read.map(({ seq, entryHash, event }) => {
    const { at, actorId, action, worksheetId } = event;
    const requirementNumber = typeof worksheetId === "string" ? (numbers.get(worksheetId) ?? null) : null;
    return [
      Number(seq),
      String(at ?? ""),
      typeof actorId === "string" ? person(actorId) : "",
      String(action ?? ""),
      describeEvent(event, { person, requirementNumber }),
      requirementNumber ?? "",
      Buffer.from(entryHash).toString("hex"),
      JSON.stringify(event),
    ];
  });
}
