import { emptySections } from "@/lib/domain/worksheet/empty";
import type { WorksheetSections } from "@/lib/domain/worksheet/model";
import type { DemoCalendar } from "../calendar";
import { evidenceRows } from "../evidence";
import { itemBuilders } from "../items";
import { narrative } from "../rich-text";
import type { DemoWorksheet } from "../types";

const { scope, control, risk } = itemBuilders("4.2.1");

function sections(on: DemoCalendar): WorksheetSections {
  return {
    ...emptySections(),
    constraints: {
      narrative: narrative(
        "**Technical.** The acquirer's file gateway accepts TLS 1.2 with two cipher suites only, neither of which offers forward secrecy; the acquirer sets them, not we.",
        "The link carries clearing files with PAN over the internet.",
      ),
      items: {
        constraintType: "technical",
        scope: [
          scope("system", "clearing.acquirer.example", "File gateway of the acquirer"),
          scope("data", "Clearing files", "PAN, twice a day"),
        ],
      },
    },
    definition: {
      narrative: narrative("The file is encrypted before it enters the link."),
      items: {
        controls: [
          control("C1", {
            title: "Encrypt the file, too",
            description:
              "Each clearing file is encrypted to the acquirer's key with OpenPGP (AES-256, a fresh session key for each file) before it is sent.",
            origin: "new",
            nature: "preventive",
            aboveAndBeyond:
              "The requirement asks for a strong channel; this protects the content whatever the channel does.",
            owner: "Settlement team",
          }),
        ],
      },
    },
    identifiedRisk: {
      narrative: narrative("Recorded traffic could be read later, if the gateway's private key is ever lost."),
      items: {
        risks: [
          risk("R1", ["C1"], {
            threat: "Traffic is recorded now and decrypted later.",
            asset: "Clearing files with PAN",
            likelihood: "low",
            impact: "high",
            residual: `Low until the acquirer changes its gateway, announced for ${on.month(-25)}.`,
          }),
        ],
      },
    },
  };
}

/** 4.2.1: withdrawn by the entity, since the requirement is met as written by now. */
export function acquirerLink(on: DemoCalendar): DemoWorksheet {
  const text = sections(on);
  const row = evidenceRows(on, "harbourlane.example", "4.2.1", -52);
  return {
    number: "4.2.1",
    sections: text,
    dueOn: on.iso(-10),
    steps: [
      { day: -53, minute: 700, by: "aisha", do: "open" },
      { day: -53, minute: 701, by: "aisha", do: "assign", people: ["marta"] },
      {
        day: -52,
        minute: 580,
        by: "marta",
        do: "write",
        sections: { constraints: text.constraints, definition: text.definition, identifiedRisk: text.identifiedRisk },
      },
      {
        day: -52,
        minute: 600,
        by: "marta",
        do: "attach",
        evidence: [row("G1", "constraints", null, "Scan of the gateway", "Two cipher suites, no forward secrecy")],
      },
      {
        day: -24,
        minute: 640,
        by: "aisha",
        do: "move",
        move: "withdraw",
        reason: `The acquirer changed its gateway on ${on.day(-25)}: TLS 1.3 and forward-secret suites. 4.2.1 is met as written; no compensating control is needed.`,
      },
    ],
  };
}
