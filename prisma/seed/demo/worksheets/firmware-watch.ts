import type { WorksheetSections } from "@/lib/domain/worksheet/model";
import type { DemoCalendar } from "../calendar";
import { evidenceRows } from "../evidence";
import { itemBuilders } from "../items";
import { narrative } from "../rich-text";
import type { DemoWorksheet } from "../types";

const { scope, control, risk, test, task } = itemBuilders("11.5.2");

function sections(on: DemoCalendar): WorksheetSections {
  return {
    constraints: {
      narrative: narrative(
        "**Technical.** The two on-site HSMs run sealed firmware; no agent that compares files can be installed, and opening the case erases the keys (H1).",
      ),
      items: { constraintType: "technical", scope: [scope("system", "hsm-a, hsm-b", "Payment HSMs, sealed firmware")] },
    },
    definition: {
      narrative: narrative("What cannot be compared from inside is compared from outside."),
      items: {
        controls: [
          control("C1", {
            title: "Signed firmware only",
            description:
              "The device refuses firmware that the vendor has not signed; loading needs two smart cards held by different people.",
            origin: "combination",
            nature: "preventive",
            requirementRef: "3.7.x, custody of key components",
            aboveAndBeyond: "The cards are owed for keys; here they also guard the firmware.",
            owner: "Key Manager",
          }),
          control("C2", {
            title: "Daily fingerprint",
            description:
              "A job reads version, serial number and firmware check value of both devices each day and pages when one differs from the register.",
            origin: "new",
            nature: "detective",
            aboveAndBeyond: "Weekly comparison is asked for; this is daily.",
            owner: "Security Operations lead",
          }),
        ],
      },
    },
    objective: {
      narrative: narrative(
        "**Original:** critical files do not change without somebody being told.",
        "**Met:** firmware cannot change without two card holders, and a change would page within a day.",
      ),
      items: { objectiveRef: "Customized approach objective of 11.5.2 in version 4.0.1, in our words." },
    },
    identifiedRisk: {
      narrative: narrative("A change of firmware between two readings goes unseen for up to a day."),
      items: {
        risks: [
          risk("R1", ["C1", "C2"], {
            threat: "Altered firmware leaks keys.",
            asset: "Keys in the HSMs",
            likelihood: "low",
            impact: "high",
            residual: "Low: it would have to be signed by the vendor.",
          }),
        ],
      },
    },
    validation: {
      narrative: narrative(`Tested by internal audit on ${on.day(-45)}.`),
      items: {
        tests: [
          test("T1", ["C1"], {
            tester: "Internal audit",
            testedOn: on.iso(-45),
            method: "Unsigned firmware offered; signed firmware offered with one card.",
            sample: "hsm-b, in maintenance",
            outcome: "effective",
            result: "Both refused.",
          }),
          test("T2", ["C2"], {
            tester: "Internal audit",
            testedOn: on.iso(-45),
            method: "Register changed by one digit; next reading awaited.",
            sample: "1 reading",
            outcome: "effective",
            result: "Page after 3 hours, at the next reading.",
          }),
        ],
      },
    },
    maintenance: {
      narrative: narrative("The register is changed only with a change ticket that names both card holders."),
      items: {
        tasks: [
          task("M1", {
            task: "Repeat T2.",
            owner: "Security Operations lead",
            frequency: "Monthly",
            monitoring: "Control calendar",
            onFailure: "Reading by hand twice a day until the job works",
            onChange: "Any change of firmware, of a device, or of the network that the job reads over",
          }),
        ],
        reviewDue: on.iso(300),
        exitPlan: `Ends with the replacement of the HSMs in ${on.month(120)}.`,
      },
    },
  };
}

/** 11.5.2: signed, then the signature was revoked by its signer. */
export function firmwareWatch(on: DemoCalendar): DemoWorksheet {
  const text = sections(on);
  const row = evidenceRows(on, "harbourlane.example", "11.5.2", -45);
  return {
    number: "11.5.2",
    sections: text,
    dueOn: on.iso(14),
    whyNotSwitchedOn: "The devices run sealed firmware and have no setting that compares files or takes an agent (H1).",
    steps: [
      { day: -59, minute: 520, by: "aisha", do: "open" },
      { day: -59, minute: 521, by: "aisha", do: "assign", people: ["marta"] },
      { day: -43, minute: 560, by: "marta", do: "write", sections: text },
      {
        day: -43,
        minute: 580,
        by: "marta",
        do: "attach",
        evidence: [
          row("H1", "constraints", null, "Security policy of the HSM", "Sealed firmware, tamper response", -200),
          row("H3", "definition", "C1", "Register of smart cards", "Two holders, signed for"),
          row("H2", "validation", "T2", "Page and job log", "Time of reading and of page"),
        ],
      },
      { day: -42, minute: 600, by: "aisha", do: "move", move: "submit" },
      { day: -41, minute: 610, by: "daniel", do: "move", move: "approve_internally" },
      { day: -37, minute: 700, by: "samuel", do: "view" },
      { day: -37, minute: 730, by: "samuel", do: "sign" },
      {
        day: -10,
        minute: 560,
        by: "ines",
        do: "comment",
        thread: "serial",
        section: "validation",
        item: "T2",
        visibility: "shared",
        body: "The job log in H2 shows the serial numbers of the two devices in the test centre, not those of hsm-a and hsm-b in the register. Was T2 run against the devices in scope?",
      },
      {
        day: -7,
        minute: 590,
        by: "marta",
        do: "reply",
        thread: "serial",
        body: "It was not. The job read the test centre until the network change of last month. It reads the right devices now; we will repeat T2.",
      },
      {
        day: -7,
        minute: 640,
        by: "samuel",
        do: "revoke",
        reason:
          "T2 was run against devices outside the scope, so my signature rested on evidence that does not show what it says. To be decided anew with a repeated test.",
      },
    ],
  };
}
