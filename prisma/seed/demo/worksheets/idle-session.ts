import type { WorksheetSections } from "@/lib/domain/worksheet/model";
import type { DemoCalendar } from "../calendar";
import { evidenceRows } from "../evidence";
import { itemBuilders } from "../items";
import { narrative } from "../rich-text";
import type { DemoWorksheet } from "../types";

const { scope, control, risk, test, task } = itemBuilders("8.2.8");

function sections(on: DemoCalendar): WorksheetSections {
  return {
    constraints: {
      narrative: narrative(
        "**Technical.** The sessions of two wall displays in the operations room come from AWS IAM Identity Center, which lets the customer set a total length and nothing else: there is no idle timer (D1). The displays show the state of the CDE keys and of the trail day and night; a machine lock after 15 minutes, as on all other workstations, would turn them black.",
        "All 214 other workstations lock after 10 idle minutes and are reported as met by the defined approach.",
      ),
      items: {
        constraintType: "technical",
        scope: [
          scope("system", "ops-wall-1, ops-wall-2", "Two displays without keyboard in the operations room"),
          scope("principal", "WallReadOnly", "Role of the displays; metrics and alarms only"),
        ],
      },
    },
    definition: {
      narrative: narrative("The session that stays open can do nothing, and nobody can take it over unseen."),
      items: {
        controls: [
          control("C1", {
            title: "A session that can only look",
            description:
              "The role reads metrics and alarm states of one dashboard; every other call is denied by a permissions boundary. Cardholder data and key policies are not among them.",
            origin: "new",
            nature: "preventive",
            aboveAndBeyond:
              "Least privilege is owed for people; here it is cut to one page, by a boundary that the platform team cannot widen alone.",
            owner: "Head of Cloud Platform",
          }),
          control("C2", {
            title: "No way to type",
            description:
              "The displays have no keyboard, no pointer and glued ports; they are driven from a locked cabinet whose opening alarms.",
            origin: "new",
            nature: "preventive",
            aboveAndBeyond: "The requirement assumes somebody can walk up and type. Here nobody can.",
            owner: "Physical Security",
          }),
          control("C3", {
            title: "Two people or an alarm",
            description:
              "The room is staffed by at least two analysts; when the badge count falls below two, the displays lock and the SOC lead is paged.",
            origin: "new",
            nature: "detective",
            aboveAndBeyond: "Presence of a second person is asked for by no requirement.",
            owner: "Security Operations lead",
          }),
        ],
      },
    },
    objective: {
      narrative: narrative(
        "**Original:** only the person who signed in uses the session.",
        "**Met:** a session that nobody can type into cannot be used by somebody else, and it would show nothing but green and red.",
      ),
      items: { objectiveRef: "Customized approach objective of 8.2.8 in version 4.0.1, in our words." },
    },
    identifiedRisk: {
      narrative: narrative("The displays stay signed in for twelve hours at a time."),
      items: {
        risks: [
          risk("R1", ["C1", "C2"], {
            threat: "A visitor uses the open session to change keys or alarms.",
            asset: "Configuration of the CDE",
            likelihood: "low",
            impact: "high",
            residual: "Very low: no input device, and a role that can change nothing.",
          }),
          risk("R2", ["C1", "C3"], {
            threat: "The displays are read from outside by eye or camera.",
            asset: "State of alarms",
            likelihood: "medium",
            impact: "low",
            residual: "Low: no card data, no names; blinds are down at night.",
          }),
        ],
      },
    },
    validation: {
      narrative: narrative(`Tested by internal audit on ${on.day(-11)}.`),
      items: {
        tests: [
          test("T1", ["C1"], {
            tester: "Internal audit",
            testedOn: on.iso(-11),
            method: "With the session of a display: 40 calls chosen from the list of denied actions.",
            sample: "40 calls, both displays",
            outcome: "effective",
            result: "40 of 40 refused.",
          }),
          test("T2", ["C2", "C3"], {
            tester: "Internal audit",
            testedOn: on.iso(-11),
            method: "Cabinet opened; room left with one person.",
            sample: "One attempt each, at night",
            outcome: "effective_with_findings",
            result:
              "Alarm in 20 s. Displays locked after 90 s, 60 s are promised; badge poller set to 30 s, repeated, 48 s.",
          }),
        ],
      },
    },
    maintenance: {
      narrative: narrative(
        "The displays are on the list of shared systems that the lead of the SOC confirms each quarter.",
      ),
      items: {
        tasks: [
          task("M1", {
            task: "Repeat T1 and T2.",
            owner: "Internal audit",
            frequency: "Each quarter and after a change of the role",
            monitoring: "Control calendar",
            onFailure: "Displays off until repaired",
          }),
          task("M2", {
            task: "Look at ports, cabinet and badge reader.",
            owner: "Physical Security",
            frequency: "Weekly",
            monitoring: "Round sheet, read by the SOC lead",
            onFailure: "Displays off, repair the same day",
          }),
        ],
        reviewDue: on.iso(350),
        exitPlan: "Ends when Identity Center offers an idle timer, or the displays move to a session-less feed.",
      },
    },
  };
}

/** 8.2.8: submitted by the lead, waiting for the internal reviewer. */
export function idleSession(on: DemoCalendar): DemoWorksheet {
  const text = sections(on);
  const row = evidenceRows(on, "harbourlane.example", "8.2.8", -11);
  return {
    number: "8.2.8",
    sections: text,
    dueOn: on.iso(30),
    steps: [
      { day: -20, minute: 530, by: "aisha", do: "open" },
      { day: -20, minute: 531, by: "aisha", do: "assign", people: ["jonas"] },
      { day: -10, minute: 540, by: "jonas", do: "write", sections: text },
      {
        day: -10,
        minute: 605,
        by: "jonas",
        do: "attach",
        evidence: [
          row("D1", "constraints", null, "Identity Center session settings", "Total length only, no idle timer"),
          row("D2", "definition", "C1", "Role and permissions boundary", "iam get-role, get-policy-version"),
          row("D3", "validation", "T2", "Alarm log of the night test", "Times of alarm, lock and page"),
        ],
      },
      { day: -2, minute: 560, by: "aisha", do: "move", move: "submit" },
      {
        day: -1,
        minute: 625,
        by: "daniel",
        do: "comment",
        thread: "sample",
        section: "validation",
        item: "T2",
        visibility: "private",
        body: "One attempt at night and none by day. Enough for us? The badge count is most likely to be wrong at shift change.",
      },
    ],
  };
}
