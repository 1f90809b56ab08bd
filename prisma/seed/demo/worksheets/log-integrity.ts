import type { DemoCalendar } from "../calendar";
import type { DemoWorksheet } from "../types";
import {
  logIntegrityConstraints,
  logIntegrityDefinition,
  logIntegrityMaintenance,
  logIntegrityObjective,
} from "./log-integrity-definition";
import { logIntegrityEvidence, logIntegrityRisk, logIntegrityValidation } from "./log-integrity-proof";

/** 10.3.4, sample entry C: signed by the QSA, signature valid. */
export function logIntegrity(on: DemoCalendar): DemoWorksheet {
  const sections = {
    constraints: logIntegrityConstraints(on),
    definition: logIntegrityDefinition(),
    objective: logIntegrityObjective(),
    identifiedRisk: logIntegrityRisk(),
    validation: logIntegrityValidation(on),
    maintenance: logIntegrityMaintenance(on),
  };
  return {
    number: "10.3.4",
    sections,
    dueOn: on.iso(-2),
    whyNotSwitchedOn:
      "No AWS setting raises an alarm when a stored trail file is changed; log file validation proves it only when somebody runs it.",
    steps: [
      { day: -62, minute: 515, by: "aisha", do: "open" },
      { day: -62, minute: 516, by: "aisha", do: "assign", people: ["marta"] },
      {
        day: -40,
        minute: 560,
        by: "marta",
        do: "write",
        sections: {
          constraints: sections.constraints,
          definition: sections.definition,
          objective: sections.objective,
          identifiedRisk: sections.identifiedRisk,
        },
      },
      {
        day: -13,
        minute: 580,
        by: "marta",
        do: "write",
        sections: { validation: sections.validation, maintenance: sections.maintenance },
      },
      { day: -13, minute: 610, by: "marta", do: "attach", evidence: logIntegrityEvidence(on) },
      { day: -12, minute: 565, by: "aisha", do: "move", move: "submit" },
      { day: -12, minute: 900, by: "daniel", do: "move", move: "approve_internally" },
      { day: -9, minute: 545, by: "samuel", do: "view" },
      {
        day: -9,
        minute: 560,
        by: "samuel",
        do: "comment",
        thread: "management-account",
        section: "definition",
        item: "K4",
        visibility: "shared",
        body: "Organisation policies do not bind the management account. What would show a stop of the trail from there?",
      },
      {
        day: -8,
        minute: 600,
        by: "marta",
        do: "reply",
        thread: "management-account",
        body: "K2 pages on the call itself, also from the management account, and K5 shows the missing events in the daily count. T3 used the management account as its third account.",
      },
      { day: -6, minute: 550, by: "samuel", do: "resolve", thread: "management-account" },
      { day: -6, minute: 572, by: "samuel", do: "sign" },
    ],
  };
}
