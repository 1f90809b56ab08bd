import type { WorksheetSections } from "@/lib/domain/worksheet/model";
import type { DemoCalendar } from "../calendar";
import { evidenceRows } from "../evidence";
import { itemBuilders } from "../items";
import { narrative } from "../rich-text";
import type { DemoWorksheet } from "../types";

const { scope, control, risk, test, task } = itemBuilders("3.7.4");

function sections(on: DemoCalendar): WorksheetSections {
  return {
    constraints: {
      narrative: narrative(
        `**Business.** The archive key alias/archive-dek-2 reached the end of its cryptoperiod on ${on.day(-120)}. Re-encrypting 41 million archived records takes about five weeks of the batch cluster, which the year-end settlement needs.`,
      ),
      items: {
        constraintType: "business",
        scope: [scope("key", "alias/archive-dek-2", "AES-256, archive of 41 million records")],
      },
    },
    definition: {
      narrative: narrative("Until the re-encryption, use of the key is narrowed and watched."),
      items: {
        controls: [
          control("C1", {
            title: "Decrypt only",
            description: "The key policy denies Encrypt and GenerateDataKey; new records use a new key.",
            origin: "new",
            nature: "preventive",
            aboveAndBeyond: "3.7.5 asks for it of retired keys; here it is applied before.",
            owner: "Key Manager",
          }),
          control("C2", {
            title: "Each use is reviewed",
            description: "Every Decrypt call is listed and reviewed the next working day.",
            origin: "new",
            nature: "detective",
            aboveAndBeyond: "Review of single calls is not asked for.",
            owner: "Security Operations lead",
          }),
        ],
      },
    },
    objective: {
      narrative: narrative(
        "**Original:** no key is used past its defined life.",
        "**Met:** the key no longer protects anything new.",
      ),
      items: { objectiveRef: "" },
    },
    identifiedRisk: {
      narrative: narrative("The key has been in use for longer than its strength was planned for."),
      items: {
        risks: [
          risk("R1", ["C1", "C2"], {
            threat: "The key is found by long exposure.",
            asset: "41 million archived records",
            likelihood: "low",
            impact: "high",
            residual: "Low until re-encryption.",
          }),
        ],
      },
    },
    validation: {
      narrative: narrative(`Tested on ${on.day(-50)}.`),
      items: {
        tests: [
          test("T1", ["C1", "C2"], {
            tester: "Internal audit",
            testedOn: on.iso(-50),
            method: "Encrypt and GenerateDataKey tried with three roles; the list of the next day read.",
            sample: "3 roles",
            outcome: "effective",
            result: "Refused for all three; each Decrypt call of the day was on the list.",
          }),
        ],
      },
    },
    maintenance: {
      narrative: narrative("Review of the list of calls each working day."),
      items: {
        tasks: [
          task("M1", {
            task: "Review of Decrypt calls.",
            owner: "Security Operations lead",
            frequency: "Each working day",
            monitoring: "Ticket",
            onFailure: "Key is disabled",
            onChange: "Any change to the key policy or to the roles in it",
          }),
        ],
        reviewDue: on.iso(90),
        exitPlan: `Re-encryption planned for ${on.month(70)}.`,
      },
    },
  };
}

/** 3.7.4: refused by the QSA; a lack of time is no constraint. */
export function overdueKey(on: DemoCalendar): DemoWorksheet {
  const text = sections(on);
  const row = evidenceRows(on, "harbourlane.example", "3.7.4", -50);
  return {
    number: "3.7.4",
    sections: text,
    dueOn: on.iso(21),
    reasons: { L05: "The cluster cannot be extended within the term of its contract." },
    steps: [
      { day: -55, minute: 600, by: "aisha", do: "open" },
      { day: -48, minute: 620, by: "aisha", do: "write", sections: text },
      {
        day: -48,
        minute: 640,
        by: "aisha",
        do: "attach",
        evidence: [
          row("F0", "constraints", null, "Plan of the batch cluster", "Booked until the settlement"),
          row("F1", "validation", "T1", "Refused calls", "CloudTrail, three roles"),
        ],
      },
      { day: -47, minute: 600, by: "aisha", do: "move", move: "submit" },
      { day: -46, minute: 700, by: "daniel", do: "move", move: "approve_internally" },
      { day: -36, minute: 550, by: "samuel", do: "view" },
      {
        day: -36,
        minute: 580,
        by: "samuel",
        do: "comment",
        thread: "constraint",
        section: "constraints",
        visibility: "shared",
        body: "This is a date that was missed, with a cluster that was busy. A worksheet cannot repair a task that was not done in time, and a lack of capacity is not a constraint in the sense of Appendix B.",
      },
      {
        day: -36,
        minute: 600,
        by: "samuel",
        do: "refuse",
        reason:
          "The constraint is capacity, not inability, and the worksheet would cover a change that is already overdue. 3.7.4 is not in place for this key. Re-encrypt, then report it with what was corrected and how a repetition is prevented.",
      },
      {
        day: -34,
        minute: 560,
        by: "aisha",
        do: "reply",
        thread: "constraint",
        body: "Understood. The batch cluster is booked from next month on; we will come back with the corrected state instead of a worksheet.",
      },
    ],
  };
}
