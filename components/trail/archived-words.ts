import type { ArchivedPartDto } from "@/lib/contracts/trail";

/** What of a trail is archived, in words; null when everything is at hand. When events are at hand from is said beside it. */
export function archivedWords({ events, expired }: ArchivedPartDto): string | null {
  if (events === 0) return null;
  const all = `The ${count(events)} before that are archived in signed segments, which an operator holds; the chain above goes through all of them.`;
  return expired === 0 ? all : `${all} The texts of the first ${count(expired)} were given up after their time.`;
}

function count(events: number): string {
  return events.toLocaleString("en");
}
