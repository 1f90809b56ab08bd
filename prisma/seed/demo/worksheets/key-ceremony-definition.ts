import type { SectionContent } from "@/lib/domain/worksheet/model";
import type { DemoCalendar } from "../calendar";
import { itemBuilders } from "../items";
import { narrative } from "../rich-text";

const { scope, control } = itemBuilders("3.7.6");

/** Section 7.2 of the domain facts, constraints. */
export function keyCeremonyConstraints(on: DemoCalendar): SectionContent<"constraints"> {
  return {
    narrative: narrative(
      "**SAMPLE.** Harbour Lane Payments, its contracts, identifiers and dates are invented.",
      "**Technical and contractual.** The issuer contract (clause 14.2, B1) demands that we create the key material ourselves and hold a recoverable copy.",
      `Our HSM (firmware fixed until replacement, order PO-8812, delivery ${on.month(120)}, B2) cannot wrap an AES key with RSA-OAEP at all, neither with SHA-256 nor with SHA-1, at any RSA size KMS offers. That is the only wrapping KMS takes for AES-256 material (letter of the vendor in Ελλάδα, B3: “not supported, and not planned for this line”).`,
      "KMS takes only **one** wrapped value, so the two components must be joined outside a device for an instant: component 1 → component 2 → joined value → wrapped blob. At that instant knowledge is not split.",
      `CloudHSM was assessed and is planned as target (B4). The interim period ends on ${on.day(218)}.`,
    ),
    items: {
      constraintType: "technical",
      scope: [
        scope("key", "alias/pan-store-kek", "AES-256, origin EXTERNAL; yearly ceremony"),
        scope("account", "111122223333", "CDE account"),
        scope("region", "eu-west-1"),
        scope("other", "Key rooms in Łódź and Київ", "Where the components are made and kept"),
      ],
    },
  };
}

/** Section 7.2, definition. The first revision did not say what the key policy refuses. */
export function keyCeremonyDefinition(revision: 1 | 2): SectionContent<"definition"> {
  const conditions =
    "; the key policy lets GetParametersForImport succeed only with OAEP-SHA-256 (kms:WrappingAlgorithm) and ImportKeyMaterial only with expiry and a fixed latest date that is renewed each year (kms:ExpirationModel, kms:ValidTo)";
  const owner = "Key Manager";
  return {
    narrative: narrative(
      "The path of the material, and who stands where:",
      {
        steps: [
          "Custodian A (Łódź) and custodian B (Київ) each make a 256-bit part in a token of their own.",
          "Both meet in the key room, with a witness from audit; parts are loaded in turn → C2, C3.",
          "One reviewed program joins and wraps in memory and writes only the wrapped blob and a check value → C1.",
          "A third person imports the blob through a role that cannot decrypt → C5.",
        ],
      },
      "_Not counted:_ physical access rules of requirement 9 and key-custodian forms (3.7.8), which are already required.",
    ),
    items: {
      controls: [
        control("C1", {
          title: "Joining without a reader",
          description:
            "Joining and wrapping are done by one reviewed program (180 lines, hash in B5) on a computer that has no disk, no network, no radio parts (removed, not disabled) and boots a signed read-only medium. The joined value lives in locked memory under one second and is overwritten; the program has no output for it, only the wrapped blob and a check value.",
          origin: "new",
          nature: "preventive",
          aboveAndBeyond:
            "No requirement asks for a device built for this one step; it takes the reader away instead of trusting two people not to look.",
          owner,
        }),
        control("C2", {
          title: "Components by device",
          description:
            "Each custodian's 256-bit part comes from the random generator of a separate certified token; parts are full length, never printed, each useless alone.",
          origin: "combination",
          nature: "preventive",
          requirementRef: "3.6.1.2, custody of key components, extended",
          aboveAndBeyond:
            "Custody of components is owed; making each in a token of its own, and never on paper, goes further.",
          owner,
        }),
        control("C3", {
          title: "Three, not two",
          description:
            "Two custodians plus an independent witness from audit; none may hold more than one part in their whole time with us (list B6). Custodians sit at opposite sides and load parts in turn.",
          origin: "new",
          nature: "preventive",
          aboveAndBeyond: "Dual control asks for two. A third person, and a rule over all years of service, is more.",
          owner,
        }),
        control("C4", {
          title: "Room and record",
          description:
            "Room without phones or wearables; two fixed cameras on hands and screen, kept 24 months; computer sealed in numbered bags between ceremonies and inspected.",
          origin: "new",
          nature: "detective",
          aboveAndBeyond:
            "Films hands and screen, not doors, and keeps them eight times as long as door footage has to be kept.",
          owner: "Physical Security",
        }),
        control("C5", {
          title: "Import separate",
          description: `A third person imports through a role that can import but not decrypt; approval by two others${revision === 1 ? "" : conditions}.`,
          origin: "new",
          nature: "preventive",
          aboveAndBeyond:
            "Whoever knows a part cannot import, and whoever imports knows no part; the requirement does not ask for that separation.",
          owner: "Head of Cloud Platform",
        }),
      ],
    },
  };
}

/** Section 7.2, objective. */
export function keyCeremonyObjective(): SectionContent<"objective"> {
  return {
    narrative: narrative(
      "**Original:** nobody learns a clear-text key, nobody acts on one alone.",
      "**Met:** the key is never shown to anyone; four people must act together; the one joined moment is inside a program that cannot reveal it.",
    ),
    items: { objectiveRef: "Customized approach objective of 3.7.6 in version 4.0.1, in our words." },
  };
}
