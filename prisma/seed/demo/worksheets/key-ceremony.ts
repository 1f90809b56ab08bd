import { ALARM_CENTRE } from "../alarm-centre";
import type { DemoCalendar } from "../calendar";
import type { DemoWorksheet } from "../types";
import { keyCeremonyConstraints, keyCeremonyDefinition, keyCeremonyObjective } from "./key-ceremony-definition";
import {
  keyCeremonyEvidence,
  keyCeremonyMaintenance,
  keyCeremonyRisk,
  keyCeremonyValidation,
} from "./key-ceremony-proof";

/** 3.7.6, sample entry B: sent back by the QSA, second revision being written. */
export function keyCeremony(on: DemoCalendar): DemoWorksheet {
  const final = {
    constraints: keyCeremonyConstraints(on),
    definition: keyCeremonyDefinition(2),
    objective: keyCeremonyObjective(),
    identifiedRisk: keyCeremonyRisk(on),
    validation: keyCeremonyValidation(on, 2),
    maintenance: keyCeremonyMaintenance(on),
  };
  return {
    number: "3.7.6",
    sections: final,
    dueOn: on.iso(25),
    steps: [
      { day: -63, minute: 500, by: "aisha", do: "open" },
      { day: -63, minute: 502, by: "aisha", do: "assign", people: ["jonas", "marta"] },
      {
        day: -49,
        minute: 545,
        by: "marta",
        do: "write",
        sections: {
          constraints: final.constraints,
          definition: keyCeremonyDefinition(1),
          objective: final.objective,
          identifiedRisk: final.identifiedRisk,
        },
      },
      {
        day: -32,
        minute: 660,
        by: "marta",
        do: "write",
        sections: { validation: keyCeremonyValidation(on, 1), maintenance: final.maintenance },
      },
      { day: -32, minute: 675, by: "marta", do: "attach", evidence: keyCeremonyEvidence(on) },
      { day: -29, minute: 600, by: "aisha", do: "move", move: "submit" },
      { day: -28, minute: 615, by: "daniel", do: "move", move: "approve_internally" },
      { day: -15, minute: 540, by: "ines", do: "view" },
      {
        day: -15,
        minute: 555,
        by: "ines",
        do: "comment",
        thread: "policy",
        section: "definition",
        item: "C5",
        visibility: "shared",
        body: "“A role that can import but not decrypt” is the separation of people. What stops that role from importing material that never expires, or from asking for a weaker wrapping? Name the conditions of the key policy.",
      },
      {
        day: -15,
        minute: 562,
        by: "ines",
        do: "comment",
        thread: "refusals",
        section: "validation",
        item: "T5",
        visibility: "shared",
        body: "T5 lists three attempts and one result.",
      },
      {
        day: -14,
        minute: 630,
        by: "samuel",
        do: "comment",
        thread: "collusion",
        section: "identifiedRisk",
        item: "R2",
        visibility: "shared",
        body: "Accepted collusion of three is acceptable to me for an interim of this length, with the acceptance of the CFO and the CISO on file. Please attach it as evidence, the text alone will not carry it.",
      },
      {
        day: -14,
        minute: 634,
        by: "samuel",
        do: "comment",
        thread: "delivery",
        section: "constraints",
        visibility: "private",
        body: "If the HSM slips past the interim date we do not extend: check PO-8812 with the vendor before the next revision is decided.",
      },
      {
        day: -14,
        minute: 640,
        by: "samuel",
        do: "move",
        move: "request_changes",
        reason:
          "Sound design. Name the policy conditions in C5, complete T5, and attach the risk acceptance. Three threads.",
      },
      {
        day: -4,
        minute: 720,
        by: "marta",
        do: "write",
        sections: { definition: final.definition, validation: final.validation },
      },
      {
        day: -4,
        minute: 731,
        by: "marta",
        do: "reply",
        thread: "policy",
        body: "Conditions are in C5 now: OAEP with SHA-256 only, expiry demanded, and a latest date that we renew each year.",
      },
      {
        day: -3,
        minute: 605,
        by: "marta",
        do: "use",
        title: ALARM_CENTRE,
        label: "C6",
        origin: "combination",
        requirementRef: "12.10.3",
        aboveAndBeyond: "People on call are owed; an import outside a ceremony is answered within 15 minutes by two.",
      },
    ],
  };
}
