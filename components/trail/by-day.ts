import { dayOf } from "@/components/kit/dates";
import type { TrailEventDto } from "@/lib/contracts/trail";

/** The events of one calendar day, in the order in which they came. */
export interface TrailDay {
  /** `YYYY-MM-DD`, in the zone asked for. */
  readonly day: string;
  readonly events: readonly TrailEventDto[];
}

/** Puts events, newest first, under their days. */
export function eventsByDay(events: readonly TrailEventDto[], timeZone: string): readonly TrailDay[] {
  const days = new Map<string, TrailEventDto[]>();
  for (const event of events) {
    const day = dayOf(new Date(event.at), timeZone);
    const known = days.get(day);
    if (known) known.push(event);
    else days.set(day, [event]);
  }
  return [...days].map(([day, ofDay]) => ({ day, events: ofDay }));
}

/** The time of day of an instant, `09:05`, in the zone asked for. */
export function clockTime(at: string, timeZone: string): string {
  return new Date(at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", timeZone });
}
