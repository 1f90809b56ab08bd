import type { DemoCalendar } from "../calendar";
import { demoItemId } from "../ids";
import { narrative } from "../rich-text";
import type { DemoRecord } from "../types";

const NAME = "targeted risk analysis 10.4.2.1";
const item = (label: string) => ({ id: demoItemId(NAME, label), label });

/** The targeted risk analysis for 10.4.2.1: how often the logs of all other systems are reviewed. Signed. */
export function otherLogs(on: DemoCalendar): DemoRecord {
  return {
    number: "10.4.2.1",
    kind: "risk_analysis",
    sections: {
      analysisAssets: {
        narrative: narrative("All of them are in the inventory of 12.5.1; none stores or handles account data itself."),
        items: {
          entries: [
            {
              ...item("A1"),
              asset: "14 build and deployment servers",
              protects: "What runs in the card store is built there: a changed build would reach it within a day.",
            },
            {
              ...item("A2"),
              asset: "38 office printers, door controllers and meeting-room devices",
              protects: "Nothing of account data; they stand in networks without a way to it.",
            },
          ],
        },
      },
      analysisThreats: {
        narrative: narrative("Threats to the card store's own systems are left out: their logs are reviewed daily."),
        items: {
          entries: [
            {
              ...item("R1"),
              threat: "A build server is taken over and a release is changed before it is signed.",
              likelihoodFactors:
                "Reachable by 60 developers; no such case in the company yet; two in the trade this year.",
              impactFactors: "A changed release reaches the card store, unless the second signature stops it.",
            },
            {
              ...item("R2"),
              threat: "A device of A2 is used as a foothold in the office network.",
              likelihoodFactors: "Old firmware on a third of them; no way in from outside.",
              impactFactors: "No way to account data from there; noticed by the network's own detections.",
            },
          ],
        },
      },
      analysisFrequency: {
        narrative: narrative(
          "Releases go out each Thursday. A review every two days leaves at least one between a changed build and its release, and two people's work of 40 minutes. Weekly would let one through; daily finds nothing that two days do not.",
          "For A2 a week is enough: what matters there is noticed by the network within the hour.",
        ),
        items: {
          activity: "Review of the logs of A1 and A2 for sign-ins, changes of software and errors of the log itself",
          frequency: "A1 every two days, A2 every week",
          entries: [],
        },
      },
      approval: {
        narrative: narrative(),
        items: {
          approvedBy: "Marta Bergström",
          approverRole: "Head of Security Operations",
          approvedOn: on.iso(-42),
          nextReview: on.iso(300),
          entries: [],
        },
      },
    },
    evidence: [{ section: "analysisFrequency", title: "A1 · Calendar of releases", shows: "The rhythm of releases" }],
    opened: { day: -46, minute: 610, by: "aisha" },
    written: { day: -41, minute: 620, by: "aisha" },
    submitted: { day: -40, minute: 605, by: "aisha" },
    approved: { day: -39, minute: 630, by: "daniel" },
    signed: { day: -32, minute: 640, by: "samuel" },
  };
}
