import { emptySections } from "@/lib/domain/worksheet/empty";
import type { WorksheetSections } from "@/lib/domain/worksheet/model";
import { ALARM_CENTRE } from "../alarm-centre";
import type { DemoCalendar } from "../calendar";
import { evidenceRows } from "../evidence";
import { itemBuilders } from "../items";
import { narrative } from "../rich-text";
import type { DemoWorksheet } from "../types";

const { scope, control, risk } = itemBuilders("6.3.3");

function sections(on: DemoCalendar): WorksheetSections {
  return {
    ...emptySections(),
    constraints: {
      narrative: narrative(
        `**Technical.** The settlement gateway runs vendor firmware 7.2 for which a critical flaw was published on ${on.day(-41)}. The vendor has no patch yet and names ${on.month(75)} (E1). The gateway cannot be replaced in that time: the scheme certifies it together with its firmware.`,
        "Turning the affected parser off was studied: it is the one that reads settlement files, and there is no other.",
      ),
      items: {
        constraintType: "technical",
        scope: [
          scope("system", "gw-settle-01, gw-settle-02", "Settlement gateways, firmware 7.2"),
          scope("network", "10.40.8.0/27", "Their segment"),
        ],
      },
    },
    definition: {
      narrative: narrative(
        "Until there is a patch the flaw is put out of reach: nothing but the scheme's two addresses can send a file to the parser, and each file is checked before it gets there.",
      ),
      items: {
        controls: [
          control("C1", {
            title: "One way in",
            description:
              "The segment takes connections from the scheme's two addresses only, over the leased line; all other paths are closed at both ends.",
            origin: "combination",
            nature: "preventive",
            requirementRef: "1.4.x, segmentation, narrowed to two addresses",
            aboveAndBeyond: "Segmentation is owed; an allow-list of two senders on a private line is not.",
            owner: "Network Operations",
          }),
          control("C2", {
            title: "Files are checked first",
            description:
              "A relay parses each settlement file with an independent reader and drops what the published flaw needs.",
            origin: "new",
            nature: "preventive",
            aboveAndBeyond: "",
            owner: "Settlement team",
          }),
        ],
      },
    },
    identifiedRisk: {
      narrative: narrative(""),
      items: {
        risks: [
          risk("R1", ["C1", "C2"], {
            threat: "A crafted settlement file takes over the gateway.",
            asset: "Settlement files with PAN, in transit",
            likelihood: "medium",
            impact: "high",
            residual: "",
          }),
        ],
      },
    },
  };
}

/** 6.3.3: a draft in the middle of its writing. */
export function unpatchedGateway(on: DemoCalendar): DemoWorksheet {
  const text = sections(on);
  const row = evidenceRows(on, "harbourlane.example", "6.3.3", -9);
  return {
    number: "6.3.3",
    sections: text,
    dueOn: on.iso(40),
    steps: [
      { day: -9, minute: 545, by: "aisha", do: "open" },
      { day: -9, minute: 546, by: "aisha", do: "assign", people: ["jonas"] },
      { day: -8, minute: 580, by: "jonas", do: "write", sections: { constraints: text.constraints } },
      {
        day: -8,
        minute: 590,
        by: "jonas",
        do: "attach",
        evidence: [row("E1", "constraints", null, "Advisory of the vendor", "No patch yet; month of delivery")],
      },
      {
        day: -2,
        minute: 900,
        by: "jonas",
        do: "write",
        sections: { definition: text.definition, identifiedRisk: text.identifiedRisk },
      },
      {
        day: -2,
        minute: 930,
        by: "jonas",
        do: "use",
        title: ALARM_CENTRE,
        label: "C3",
        origin: "required_elsewhere",
        requirementRef: "10.4.1",
        aboveAndBeyond: "A daily review is owed for logs; a dropped settlement file pages at once.",
      },
      {
        day: -1,
        minute: 560,
        by: "aisha",
        do: "comment",
        thread: "beyond",
        section: "definition",
        item: "C2",
        visibility: "private",
        body: "C2 still lacks why it goes above and beyond. And who runs the relay at night?",
      },
    ],
  };
}
