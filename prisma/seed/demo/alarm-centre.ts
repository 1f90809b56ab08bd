import type { DemoCalendar } from "./calendar";
import type { DemoControl } from "./types";

/** The title of the control that two worksheets of the demo share. */
export const ALARM_CENTRE = "The alarm centre answers";

/** The one shared control of the demo: what pages somebody is answered, whatever it stands in for. */
export function alarmCentre(on: DemoCalendar): DemoControl {
  return {
    day: -5,
    minute: 545,
    by: "aisha",
    text: {
      title: ALARM_CENTRE,
      description:
        "Every page reaches the alarm centre, which is staffed by two people day and night, answers within 15 minutes, and closes an event only when the second of them agrees.",
      nature: "detective",
      owner: "Security Operations lead",
      changedOn: on.iso(-120),
    },
    evidence: [
      {
        title: "Drill of the alarm centre",
        url: "https://evidence.harbourlane.example/register/alarm-centre-drill",
        shows: "Four pages at night and on a Sunday, answered in 3 to 11 minutes.",
        collectedOn: on.iso(-20),
        validUntil: on.iso(160),
      },
    ],
  };
}
