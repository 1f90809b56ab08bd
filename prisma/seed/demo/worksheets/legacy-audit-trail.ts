import type { WorksheetSections } from "@/lib/domain/worksheet/model";
import type { DemoCalendar } from "../calendar";
import { evidenceRows } from "../evidence";
import { itemBuilders } from "../items";
import { narrative } from "../rich-text";
import type { DemoWorksheet } from "../types";

const { scope, control, risk, test, task } = itemBuilders("10.5 of 3.2.1");

function sections(on: DemoCalendar): WorksheetSections {
  return {
    constraints: {
      narrative: narrative(
        "**Technical.** Our only audit trail of key use is CloudTrail, whose files AWS writes to S3. Log file validation proves a change when it is run and alerts nobody (L1).",
      ),
      items: {
        constraintType: "technical",
        scope: [scope("account", "777788889999", "Our one account"), scope("data", "Bucket of the trail")],
      },
    },
    objective: {
      narrative: narrative(
        "**Original:** nobody can alter the audit trail without being noticed.",
        "**Met:** alteration is ruled out, and tries are seen.",
      ),
      items: { objectiveRef: "" },
    },
    identifiedRisk: {
      narrative: narrative("An administrator could hide what was done with a key."),
      items: {
        risks: [
          risk("R1", ["C1", "C2"], {
            threat: "Trail files are altered or deleted.",
            asset: "Proof of key use",
            likelihood: "low",
            impact: "medium",
            residual: "Low: deletion is locked, and a failed validation mails three people.",
          }),
        ],
      },
    },
    definition: {
      narrative: narrative("C1 locks the files, C2 proves it each night."),
      items: {
        controls: [
          control("C1", {
            title: "Locked bucket",
            description: "Versioning and Object Lock in compliance mode for 400 days on the bucket of the trail.",
            origin: "new",
            nature: "preventive",
            aboveAndBeyond: "Makes a change impossible, where being told of one would do.",
            owner: "Tomasz Zieliński",
          }),
          control("C2", {
            title: "Validation each night",
            description:
              "A job validates the last two days and mails its result to three people; no mail by 06:00 counts as a failure.",
            origin: "new",
            nature: "detective",
            aboveAndBeyond: "Nightly, and silence counts as a failure.",
            owner: "Viktor Hale",
          }),
        ],
      },
    },
    validation: {
      narrative: narrative(`Checked by our accountant's IT auditor on ${on.day(-28)}.`),
      items: {
        tests: [
          test("T1", ["C1", "C2"], {
            tester: "IT auditor of the accountant",
            testedOn: on.iso(-28),
            method: "Deletion tried as administrator; job stopped for one night.",
            sample: "3 objects, 1 night",
            outcome: "effective",
            result: "3 of 3 refused; missing mail noticed at 06:10.",
          }),
        ],
      },
    },
    maintenance: {
      narrative: narrative("Small company, few tasks, each with a deputy."),
      items: {
        tasks: [
          task("M1", {
            task: "Read the nightly mail.",
            owner: "Viktor Hale; deputy Tomasz Zieliński",
            frequency: "Daily",
            monitoring: "Reply with a name",
            onFailure: "Validation by hand the same morning",
            onChange: "Any change to the trail, the bucket or its policy",
          }),
        ],
        reviewDue: on.iso(320),
        exitPlan: "Carried over to 10.3.4 with the next assessment, on version 4.0.1.",
      },
    },
  };
}

/** 10.5 of 3.2.1: a grouping, kept in a legacy engagement as the article has it; signed by the ISA. */
export function legacyAuditTrail(on: DemoCalendar): DemoWorksheet {
  const text = sections(on);
  const row = evidenceRows(on, "meridianpay.example", "10.5", -28);
  return {
    number: "10.5",
    sections: text,
    dueOn: on.iso(-15),
    whyNotSwitchedOn: "CloudTrail has no setting that raises an alarm when a stored file does not validate (L1).",
    reasons: { L01: "All five sub-items concern the one bucket, and none of them is met by a setting alone." },
    steps: [
      { day: -35, minute: 540, by: "tomasz", do: "open" },
      { day: -35, minute: 541, by: "tomasz", do: "assign", people: ["viktor"] },
      { day: -27, minute: 560, by: "viktor", do: "write", sections: text },
      {
        day: -27,
        minute: 570,
        by: "viktor",
        do: "attach",
        evidence: [
          row("L1", "constraints", null, "AWS documentation on digests", "Validation alerts nobody", -60),
          row("L2", "validation", "T1", "Sheet of the IT auditor", "Refused deletions, time of notice"),
        ],
      },
      { day: -26, minute: 600, by: "tomasz", do: "move", move: "submit" },
      { day: -23, minute: 560, by: "eleni", do: "sign" },
    ],
  };
}
