import type { WorksheetSections } from "@/lib/domain/worksheet/model";
import type { DemoCalendar } from "../calendar";
import { evidenceRows } from "../evidence";
import { itemBuilders } from "../items";
import { narrative } from "../rich-text";
import type { DemoWorksheet } from "../types";

const { scope, control, risk, test, task } = itemBuilders("2.2.7");

function sections(on: DemoCalendar): WorksheetSections {
  return {
    constraints: {
      narrative: narrative(
        "**Technical.** The serial consoles of the two payment HSMs are reached through a console server whose own protocol is clear text; the vendor offers no encrypted one for this model (K1), and the HSM has no other console.",
      ),
      items: {
        constraintType: "technical",
        scope: [
          scope("system", "con-01", "Console server in the HSM room"),
          scope("system", "hsm-a, hsm-b", "Administered through it"),
        ],
      },
    },
    definition: {
      narrative: narrative("Clear text exists only on a cable of 40 cm inside one locked rack."),
      items: {
        controls: [
          control("C1", {
            title: "A tunnel to the rack",
            description:
              "A hardened host beside the console server, joined to it by one cable, ends an SSH tunnel with strong ciphers; the console server answers on no other port.",
            origin: "new",
            nature: "preventive",
            aboveAndBeyond: "Adds an encrypted way of its own where the product has none, and closes every other way.",
            owner: "Network Operations",
          }),
          control("C2", {
            title: "A rack that tells",
            description:
              "The rack's door and side panels alarm; opening needs two badges, and the cable is checked at each opening.",
            origin: "new",
            nature: "detective",
            aboveAndBeyond:
              "Access to the room is controlled anyway; alarms on the rack and a check of the cable are not owed.",
            owner: "Physical Security",
          }),
        ],
      },
    },
    objective: {
      narrative: narrative(
        "**Original:** administrators' credentials cannot be read off a network.",
        "**Met:** they cross no network in clear, only one cable in an alarmed rack.",
      ),
      items: { objectiveRef: "Customized approach objective of 2.2.7 in version 4.0.1, in our words." },
    },
    identifiedRisk: {
      narrative: narrative("Somebody with access to the rack could tap the cable."),
      items: {
        risks: [
          risk("R1", ["C1", "C2"], {
            threat: "The cable is tapped.",
            asset: "Credentials of HSM administrators",
            likelihood: "low",
            impact: "high",
            residual: "Very low: two badges, an alarm, a look at the cable; the HSM also wants smart cards.",
          }),
        ],
      },
    },
    validation: {
      narrative: narrative(`Tested by internal audit on ${on.day(-90)}.`),
      items: {
        tests: [
          test("T1", ["C1"], {
            tester: "Internal audit",
            testedOn: on.iso(-90),
            method:
              "Port scan of the console server from all segments; capture on the switch during a console session.",
            sample: "6 segments, 1 session",
            outcome: "effective",
            result: "No port answers; the capture shows the tunnel only.",
          }),
          test("T2", ["C2"], {
            tester: "Internal audit",
            testedOn: on.iso(-90),
            method: "Rack opened with one badge, then with two.",
            sample: "1 opening each",
            outcome: "effective",
            result: "One badge: stays shut. Two: opens, page after 40 s.",
          }),
        ],
      },
    },
    maintenance: {
      narrative: narrative("Network Operations owns the tunnel host; it is patched with the other hosts of the CDE."),
      items: {
        tasks: [
          task("M1", {
            task: "Scan of the console server.",
            owner: "Network Operations",
            frequency: "Quarterly; certificate valid for 90 days at a time",
            monitoring: "Scan report in the evidence store",
            onFailure: "Console server off, administration at the device",
            onChange: "Any change to the tunnel host, the console server or the rack",
          }),
        ],
        reviewDue: on.iso(280),
        exitPlan: `Ends with the replacement of the HSMs in ${on.month(120)}.`,
      },
    },
  };
}

/** 2.2.7: signed, and an evidence link has run out since: the signature needs re-validation. */
export function consoleTunnel(on: DemoCalendar): DemoWorksheet {
  const text = sections(on);
  const row = evidenceRows(on, "harbourlane.example", "2.2.7", -90);
  return {
    number: "2.2.7",
    sections: text,
    dueOn: on.iso(-20),
    reasons: { L06: "The article speaks of AWS interfaces; this is a console server in our own room." },
    steps: [
      { day: -65, minute: 640, by: "aisha", do: "open" },
      { day: -65, minute: 641, by: "aisha", do: "assign", people: ["jonas"] },
      { day: -60, minute: 560, by: "jonas", do: "write", sections: text },
      {
        day: -60,
        minute: 590,
        by: "jonas",
        do: "attach",
        evidence: [
          row("K1", "constraints", null, "Manual of the console server", "No encrypted protocol for this model", -240),
          row("K2", "validation", "T1", "Scan report and capture", "No open port; tunnel only", -90, -3),
          row("K3", "validation", "T2", "Alarm log of the rack", "Times of opening and page"),
        ],
      },
      { day: -56, minute: 560, by: "aisha", do: "move", move: "submit" },
      { day: -55, minute: 640, by: "daniel", do: "move", move: "approve_internally" },
      { day: -51, minute: 555, by: "samuel", do: "view" },
      { day: -51, minute: 590, by: "samuel", do: "sign" },
    ],
  };
}
