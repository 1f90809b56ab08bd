import type { DemoCalendar } from "../calendar";
import { demoItemId } from "../ids";
import { narrative } from "../rich-text";
import type { DemoRecord } from "../types";

const NAME = "customized approach 10.4.1.1";
const item = (label: string) => ({ id: demoItemId(NAME, label), label });

/** The customized approach for 10.4.1.1: written, approved inside, and with the assessor. */
export function logReview(on: DemoCalendar): DemoRecord {
  const testing = "matrixTesting" as const;
  return {
    number: "10.4.1.1",
    kind: "customized_approach",
    sections: {
      matrixControls: {
        narrative: narrative("C1 finds, C2 tells us when C1 no longer does, and C3 sees to it that somebody looks."),
        items: {
          entries: [
            {
              ...item("C1"),
              name: "Detection pipeline over all security logs",
              implemented:
                "Every security event of the cardholder data environment runs through 61 detections within five minutes. What none of them knows is scored against the same account's last 30 days; the 200 highest scores of a day become cases.",
              location: "Accounts 111122223333 and 444455556666, both Regions",
              performed: "At every event, within five minutes; scoring every night",
              accountable: "Marta Bergström, Head of Security Operations",
              operates: "Detection engineering runs it; the operations centre watches it",
            },
            {
              ...item("C2"),
              name: "Seeded attacks",
              implemented:
                "Twelve harmless attack traces out of a library of 140 are put into the logs each week at random. Fewer than eleven found opens an incident, and the logs of that week are read by people.",
              location: "The same log stream, marked in a register that the analysts do not see",
              performed: "Twelve each week",
              accountable: "Aisha Khan, Compliance Lead",
              operates: "The red team seeds and counts; the operations centre does not know when",
            },
            {
              ...item("C3"),
              name: "Cases with a clock",
              implemented: "A case that nobody has taken after 30 minutes pages the lead on duty, after 60 the head.",
              location: "Case system of the operations centre",
              performed: "At every case, day and night",
              accountable: "Marta Bergström, Head of Security Operations",
              operates: "The operations centre",
            },
          ],
        },
      },
      matrixObjective: {
        narrative: narrative(
          "C1 reads every event and C3 brings each find before a person within the hour, so that suspicious activity is known sooner than by a review of fixed lists each day. C2 measures every week how much would be missed, which a daily review never does.",
        ),
        items: {
          objective: "Suspicious or anomalous activity shows quickly, and its impact stays small.",
          entries: [],
        },
      },
      [testing]: {
        narrative: narrative(
          "Both tests passed after the rule for deleted trails was widened on the day between them.",
        ),
        items: {
          entries: [
            {
              ...item("T1"),
              method: "60 traces of 20 kinds seeded over five days, in both Regions, by the red team.",
              tester: "Lena Fischer, internal audit",
              testedOn: on.iso(-44),
              result:
                "57 of 60 became cases within five minutes; the three missed ones deleted a trail in an unused Region.",
            },
            {
              ...item("T2"),
              method: "The three kinds that were missed in T1, four times each, and 20 cases left untaken.",
              tester: "Lena Fischer, internal audit",
              testedOn: on.iso(-40),
              result: "12 of 12 found; all 20 cases paged after 30 minutes.",
            },
          ],
        },
      },
      matrixProtection: {
        narrative: narrative(
          "The analysis finds the likelihood of unnoticed misuse lower than under the defined approach, because every event is looked at instead of what the fixed lists show, and the rate of what is missed is measured. The impact is lower too: the mean time until somebody looks is 24 minutes against up to a day.",
        ),
        items: { entries: [] },
      },
      matrixUpkeep: {
        narrative: narrative(
          "The weekly rate of C2 is reported to the risk board each month. New log sources are not connected without a detection and a trace of their own. The library gets at least four new kinds each quarter.",
        ),
        items: {
          failureFound:
            "A silent source pages after ten minutes. A weekly rate below eleven of twelve opens an incident: until it is closed, people read that week's logs by the former lists.",
          entries: [],
        },
      },
      riskMischief: {
        narrative: narrative(
          "Somebody who has got hold of a role in the environment reads card data or changes what protects it over days, and it stands in the logs, but nobody sees it before the data are gone.",
        ),
        items: { entries: [] },
      },
      riskSolution: {
        narrative: narrative(
          "C1 turns an unusual call into a case within minutes, C3 puts a person before it within the hour, and the role is cut off by the runbook of the case. C2 shows within a week when C1 has become blind to a kind of misuse.",
        ),
        items: {
          controls: "C1, C2 and C3",
          changed:
            "No list of events is reviewed each day by a mechanism with fixed rules alone: detections, scores and a measured rate take its place.",
          entries: [],
        },
      },
      riskLikelihood: {
        narrative: narrative(
          "Lower than under the defined approach. In the seeded weeks since spring 96 of 100 traces were found within five minutes; the former daily review found 71 of 100 within a day (A2).",
        ),
        items: {
          factors:
            "A new kind of misuse that resembles daily work; a source that logs less after an update; analysts who close cases too fast.",
          compared: "Less likely to stay unnoticed: more is looked at, sooner, and what is missed is counted.",
          entries: [],
        },
      },
      riskImpact: {
        narrative: narrative(
          "What is read within 24 minutes of a stolen session is bounded by the rate limit of the card store, 200 numbers a minute: about 5,000 numbers, against up to 280,000 in a day.",
        ),
        items: {
          pansStored: "About 3.4 million (counted at the last close of a month)",
          pansYearly: "About 21 million (settlement files of twelve months)",
          entries: [],
        },
      },
      approval: {
        narrative: narrative("Approved by the risk board, with the weekly rate of C2 as its condition (A3)."),
        items: {
          approvedBy: "Priya Nair",
          approverRole: "Chief Information Security Officer, member of the executive board",
          approvedOn: on.iso(-38),
          nextReview: on.iso(310),
          entries: [],
        },
      },
    },
    evidence: [
      { section: testing, title: "A1 · Protocols of T1 and T2", shows: "What was seeded, found and missed" },
      { section: "riskLikelihood", title: "A2 · Rates before and after", shows: "Both kinds of review over ten weeks" },
      { section: "approval", title: "A3 · Minutes of the risk board", shows: "The approval and its condition" },
    ],
    opened: { day: -47, minute: 600, by: "aisha" },
    written: { day: -37, minute: 640, by: "aisha" },
    submitted: { day: -36, minute: 600, by: "aisha" },
    approved: { day: -35, minute: 615, by: "daniel" },
  };
}
