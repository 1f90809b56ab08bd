import type { WorksheetSections } from "@/lib/domain/worksheet/model";
import type { DemoCalendar } from "../calendar";
import { evidenceRows } from "../evidence";
import { itemBuilders } from "../items";
import { narrative } from "../rich-text";
import type { DemoWorksheet } from "../types";

const { scope, control, risk, test, task } = itemBuilders("8.1.6 of 3.2.1");

function sections(on: DemoCalendar): WorksheetSections {
  return {
    constraints: {
      narrative: narrative(
        "**Technical.** One break-glass IAM user signs in at AWS itself, which offers no lock after failed attempts (N1).",
      ),
      items: {
        constraintType: "technical",
        scope: [scope("principal", "emergency-01", "The only IAM user of the account")],
      },
    },
    objective: {
      narrative: narrative(
        "**Original:** guessing of passwords is stopped.",
        "**Met:** tries are seen at once, and a right guess lacks the second factor.",
      ),
      items: { objectiveRef: "" },
    },
    identifiedRisk: {
      narrative: narrative("More than six tries are possible before somebody reacts."),
      items: {
        risks: [
          risk("R1", ["C1", "C2"], {
            threat: "The password is guessed by many tries.",
            asset: "Keys of the account",
            likelihood: "low",
            impact: "high",
            residual: "Low: 32 random characters and a hardware token in a safe.",
          }),
        ],
      },
    },
    definition: {
      narrative: narrative("C1 reacts, C2 makes the password worthless by itself."),
      items: {
        controls: [
          control("C1", {
            title: "Third failure disables",
            description:
              "A function removes the console password at the third failed sign-in within an hour and calls the lead's phone.",
            origin: "new",
            nature: "preventive",
            aboveAndBeyond: "Three tries instead of six, and no automatic unlock.",
            owner: "Viktor Hale",
          }),
          control("C2", {
            title: "Token in a safe",
            description: "The only second factor is a hardware token in a safe that logs its openings.",
            origin: "combination",
            nature: "preventive",
            requirementRef: "8.3, multi-factor sign-in",
            aboveAndBeyond: "The second factor is owed; keeping it under two signatures is not.",
            owner: "Tomasz Zieliński",
          }),
        ],
      },
    },
    validation: {
      narrative: narrative(`Tried on ${on.day(-12)} with the IT auditor on the phone.`),
      items: {
        tests: [
          test("T1", ["C1", "C2"], {
            tester: "IT auditor of the accountant",
            testedOn: on.iso(-12),
            method: "Three wrong passwords; the log of the safe compared with its openings.",
            sample: "1 user",
            outcome: "effective",
            result: "Password gone after 58 s, phone rang after 70 s; each opening of the safe was in its log.",
          }),
        ],
      },
    },
    maintenance: {
      narrative: narrative("Tested twice a year, with the safe's log read each time."),
      items: {
        tasks: [
          task("M1", {
            task: "Repeat T1, read the log of the safe.",
            owner: "Viktor Hale",
            frequency: "Twice a year",
            monitoring: "Calendar of two people",
            onFailure: "User is removed until the function works",
            onChange: "Any change to the function, the phone or the safe",
          }),
        ],
        reviewDue: on.iso(340),
        exitPlan: "Carried over to 8.3.4 with the next assessment, on version 4.0.1.",
      },
    },
  };
}

/** 8.1.6 of 3.2.1: submitted, waiting for the ISA. */
export function legacyLock(on: DemoCalendar): DemoWorksheet {
  const text = sections(on);
  const row = evidenceRows(on, "meridianpay.example", "8.1.6", -12);
  return {
    number: "8.1.6",
    sections: text,
    dueOn: on.iso(10),
    reasons: { L18: "C1 detects as well: it calls the lead's phone at the third failure." },
    steps: [
      { day: -30, minute: 540, by: "tomasz", do: "open" },
      { day: -11, minute: 560, by: "tomasz", do: "write", sections: text },
      {
        day: -11,
        minute: 570,
        by: "tomasz",
        do: "attach",
        evidence: [
          row("N1", "constraints", null, "Account password policy", "No field for a lock"),
          row("N2", "validation", "T1", "Lock trace", "CloudTrail, 58 s"),
        ],
      },
      { day: -5, minute: 600, by: "tomasz", do: "move", move: "submit" },
      {
        day: -2,
        minute: 615,
        by: "eleni",
        do: "comment",
        thread: "night",
        section: "definition",
        item: "C1",
        visibility: "shared",
        body: "Whose phone rings when Tomasz is on holiday?",
      },
    ],
  };
}
