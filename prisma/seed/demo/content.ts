import { demoCalendar } from "./calendar";
import { harbourLane } from "./harbour-lane";
import { meridian } from "./meridian";
import type { DemoEngagement } from "./types";

/** Both engagements of the demo, with every date counted from `today` (a calendar day, `YYYY-MM-DD`). */
export function demoContent(today: string): readonly DemoEngagement[] {
  const on = demoCalendar(today);
  return [harbourLane(on), meridian(on)];
}
