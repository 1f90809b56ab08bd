import type { SectionContent } from "@/lib/domain/worksheet/model";
import type { DemoCalendar } from "../calendar";
import { evidenceRows } from "../evidence";
import { itemBuilders } from "../items";
import { narrative } from "../rich-text";
import type { DemoEvidence } from "../types";

const { risk, test, task } = itemBuilders("3.7.6");
const ASSET = "Key-encrypting key of 1.2 million stored PANs";

/** Section 7.2, identified risk. */
export function keyCeremonyRisk(on: DemoCalendar): SectionContent<"identifiedRisk"> {
  const rare = { asset: ASSET, likelihood: "low", impact: "high" } as const;
  return {
    narrative: narrative(
      "Likelihood very low, impact very high for each line. Parts lie in two safes of different owners; the wrapping key is fetched by two people on separate machines and the fingerprints are compared (the token is valid for 24 hours).",
      `**Left over:** collusion of three. Accepted by the CFO and the CISO on ${on.day(-43)}, covered until ${on.month(218)}.`,
    ),
    items: {
      risks: [
        risk("R1", ["C1"], {
          ...rare,
          threat: "Memory is read, or the boot medium is altered, during the second in which the value is joined.",
          residual: "Very low: no disk, signed medium, hash read aloud by the witness.",
        }),
        risk("R2", ["C2", "C3"], {
          ...rare,
          threat: "Custodians collude.",
          residual: "Three have to collude; accepted as named above.",
        }),
        risk("R3", ["C4"], {
          ...rare,
          threat: "A hidden camera in the room.",
          residual: "Very low: room swept, no devices, own cameras show who touched what.",
        }),
        risk("R4", ["C2", "C4"], {
          ...rare,
          threat: "Escrow parts are stolen.",
          residual: "Very low: one part alone is useless, the safes belong to different owners.",
        }),
        risk("R5", ["C5"], {
          ...rare,
          threat: "A wrong wrapping key is fed in: the attacker's public key in place of that of KMS.",
          residual: "Very low: fetched twice, on separate machines, fingerprints compared aloud.",
        }),
      ],
    },
  };
}

/** Section 7.2, validation. The second revision adds the refusals of T5. */
export function keyCeremonyValidation(on: DemoCalendar, revision: 1 | 2): SectionContent<"validation"> {
  const by = {
    tester: "Internal audit with an outside cryptographer",
    testedOn: on.iso(-35),
    outcome: "effective",
  } as const;
  return {
    narrative: narrative(
      `By internal audit with an outside cryptographer, ${on.day(-35)}; report B13. **Result: effective.**`,
      "_Reviewer's note:_ if the HSM can wrap directly, or CloudHSM makes the material, no clear text is handled by people: 3.7.6 is then not applicable to it, and no worksheet is needed.",
    ),
    items: {
      tests: [
        test("T1", ["C1", "C2", "C3", "C4"], {
          ...by,
          method: "Watched a full rehearsal with dummy material.",
          sample: "1 rehearsal, 94 minutes",
          result: "Every step as in the ceremony sheet.",
        }),
        test("T2", ["C1"], {
          ...by,
          method: "Rebuilt the medium from source.",
          sample: "1 medium",
          result: "Hashes equal.",
        }),
        test("T3", ["C1"], {
          ...by,
          method: "Memory image taken after a run, searched for the dummy key.",
          sample: "1 run",
          result: "No dummy key found.",
        }),
        test("T4", ["C1", "C4"], {
          ...by,
          method: "Radio sweep.",
          sample: "The room, during the rehearsal",
          result: "No emission from the computer.",
        }),
        test("T5", ["C5"], {
          ...by,
          method: "Tried to import alone; with SHA-1 wrapping; without expiry.",
          sample: "3 attempts",
          result:
            revision === 1
              ? "Alone: refused."
              : "Alone: refused. With SHA-1 wrapping: refused. Without expiry: refused.",
        }),
        test("T6", ["C2"], {
          ...by,
          method: "Joined value recomputed from escrow parts in a second rehearsal.",
          sample: "1 rehearsal",
          result: "Same check value.",
        }),
        test("T7", ["C3", "C4"], {
          ...by,
          method: "Records of the year's ceremonies read.",
          sample: "2 of 2 ceremonies",
          result: "Records complete.",
        }),
      ],
    },
  };
}

/** Section 7.2, maintenance. */
export function keyCeremonyMaintenance(on: DemoCalendar): SectionContent<"maintenance"> {
  const owner = "Key Manager";
  return {
    narrative: narrative(
      "Owner: Key Manager. Nothing below is done by one person alone; every sheet carries all signatures.",
    ),
    items: {
      tasks: [
        task("M1", {
          task: "Ceremony checklist: both hashes, film, bag numbers, signed by all.",
          owner,
          frequency: "Each ceremony",
          monitoring: "Audit takes the sheet away the same day",
          onFailure: "The ceremony counts as failed; the material is not imported",
          onChange: "Any change to the program, the computer, the room or the list of custodians",
        }),
        task("M2", {
          task: "Count of bags and safes; custodian list against leavers of HR.",
          owner,
          frequency: "Quarterly; leavers the same day",
          monitoring: "HR sends leavers of the list at once",
          onFailure: "A leaver means new material and re-encryption, backups included, as 3.7.5 has it",
        }),
        task("M3", {
          task: "Check of alarms on import, policy change and deletion calls.",
          owner: "Security Operations lead",
          frequency: "Monthly",
          monitoring: "Test call, page expected in 5 minutes",
          onFailure: "Imports stop until the alarm works",
        }),
        task("M4", {
          task: "Alarm on key expiry.",
          owner,
          frequency: "60 days before expiry",
          monitoring: "Calendar of two people",
          onFailure: "Ceremony is called at once",
        }),
        task("M5", {
          task: "Review of this entry.",
          owner,
          frequency: `Each ${on.yearly(-43)}`,
          monitoring: "Control calendar",
          onFailure: "The entry counts as expired",
        }),
      ],
      reviewDue: on.iso(218),
      exitPlan: `Ends on HSM replacement or move to CloudHSM, latest ${on.day(218)}.`,
    },
  };
}

/** Section 7.2, evidence table. */
export function keyCeremonyEvidence(on: DemoCalendar): readonly DemoEvidence[] {
  const row = evidenceRows(on, "harbourlane.example", "3.7.6", -35);
  return [
    row(
      "B1",
      "constraints",
      null,
      "Issuer contract, clause 14.2",
      "Own key material and a recoverable copy are demanded",
      -320,
    ),
    row("B2", "constraints", null, "Order PO-8812", "Delivery date of the replacement HSM", -140),
    row("B3", "constraints", null, "Letter of the HSM vendor", "RSA-OAEP wrapping of AES keys is not supported", -120),
    row("B4", "constraints", null, "Assessment of CloudHSM", "Target design and date", -90),
    row("B5", "definition", "C1", "Hash of the joining program", "180 lines, reviewed by two people", -50),
    row("B14", "definition", "C2", "Certificates of the tokens", "Random generators of both tokens", -50),
    row("B6", "definition", "C3", "List of custodians", "Nobody holds more than one part", -40),
    row(
      "B7",
      "definition",
      "C5",
      "Key metadata: origin, expiry model, valid to",
      "kms describe-key; list-key-rotations (material ids)",
    ),
    row(
      "B8",
      "definition",
      "C5",
      "Key policy with import conditions",
      "kms get-key-policy: kms:ValidTo, kms:ExpirationModel; kms:WrappingAlgorithm on GetParametersForImport",
    ),
    row(
      "B9",
      "validation",
      "T5",
      "Import events",
      "CloudTrail GetParametersForImport, ImportKeyMaterial, DeleteImportedKeyMaterial",
    ),
    row("B10", "validation", "T7", "Ceremony sheets, film index, bag and safe logs", "Key room"),
    row("B11", "validation", "T2", "Program source, build record, medium hash", "Code store"),
    row("B12", "definition", "C3", "Custodian forms, history list", "HR and Key Manager", -40),
    row("B13", "validation", null, `Test report of ${on.day(-35)}`, "T1–T7 with the names of those present", -33),
  ];
}
