import { KEY_OPTION_IDS, type KeyOptionId } from "@/lib/domain/catalogue/key-option";
import type { Step } from "@/lib/domain/scope/question";

const IMPORTED: readonly KeyOptionId[] = ["byok-workstation", "byok-cloudhsm", "byok-own-hsm"];
const OUTSIDE_HSM: readonly KeyOptionId[] = ["byok-own-hsm", "xks"];
const except = (...options: readonly KeyOptionId[]) => KEY_OPTION_IDS.filter((option) => !options.includes(option));
const DATA_KEYS = except("aws-owned", "cloudhsm-direct", "payment-cryptography");

/** What keeps the keys and how they are called. */
export const KEYS_STEP: Step = {
  id: "keys",
  title: "Key options",
  lead: "What keeps the keys that protect stored account data, and how programs and people call it.",
  questions: [
    {
      id: "keyOptions",
      kind: "multi",
      text: "Which key options are in use?",
      why: "Everything else follows from what keeps the keys and who made their material.",
      decides: ["1.3", "3.5", "3.6.4", "3.6.5", "3.6.6", "8.1.6"],
    },
    {
      id: "serviceProvider",
      kind: "boolean",
      text: "Are you assessed as a service provider?",
      why: "Some requirements concern service providers only; without a yes or no they stay in the workbook.",
      decides: ["3.5", "A2"],
    },
    {
      id: "usesCli",
      kind: "boolean",
      text: "Is the AWS command line used to manage or call the services?",
      why: "The article found that it accepted weak protocol versions.",
      decides: ["2.3", "4.1"],
    },
    {
      id: "usesSdk",
      kind: "boolean",
      text: "Do programs use an AWS SDK?",
      why: "The article found that SDK defaults accepted SSL and early TLS.",
      decides: ["2.3", "4.1", "A2"],
    },
  ],
};

/** Where keys appear in clear text, and who made them. */
export const MATERIAL_STEP: Step = {
  id: "material",
  title: "Key material",
  lead: "Where keys appear in clear text, and who made them.",
  questions: [
    {
      id: "returnsPlaintextDataKeys",
      kind: "boolean",
      text: "Does KMS return data keys in clear text to any caller?",
      why: "GenerateDataKey and Decrypt of a data key hand out clear text; GenerateDataKeyWithoutPlaintext and direct Encrypt do not.",
      decides: ["3.5"],
      onlyFor: DATA_KEYS,
    },
    {
      id: "dataKeyRequesters",
      kind: "choice",
      text: "Who asks for those data keys?",
      why: "The article calls the entry little effort when only AWS services ask.",
      decides: ["3.5"],
      onlyFor: DATA_KEYS,
      shownIf: { anyOf: ["returnsPlaintextDataKeys"], is: true },
      choices: [
        { value: "aws_services_only", label: "AWS services only" },
        { value: "own_or_external", label: "Own programs, or anything outside AWS" },
      ],
    },
    {
      id: "recipientEnclave",
      kind: "boolean",
      text: "Is the clear key readable only inside an enclave?",
      why: "A Nitro enclave as recipient keeps the clear key from everybody else.",
      decides: ["3.5"],
      onlyFor: DATA_KEYS,
      shownIf: { anyOf: ["returnsPlaintextDataKeys"], is: true },
    },
    {
      id: "privateEndpointOnly",
      kind: "boolean",
      text: "Do policies limit the use of every key to named private endpoints?",
      why: "A condition on aws:SourceVpce or aws:SourceVpc makes the private path the only one, which the article thought impossible.",
      decides: ["1.3", "3.5"],
      onlyFor: except("aws-owned"),
    },
    {
      id: "hsmGeneratesAndWraps",
      kind: "boolean",
      text: "Does your HSM or key manager itself generate and wrap the key material?",
      why: "Then nobody handles clear text, which settles the concern in substance.",
      decides: ["3.5", "3.6.6"],
      onlyFor: OUTSIDE_HSM,
    },
    {
      id: "xksProxyPublic",
      kind: "boolean",
      text: "Does the proxy of the external key store have a public address?",
      why: "A proxy on the internet is a second public way in.",
      decides: ["1.3"],
      onlyFor: ["xks"],
    },
    {
      id: "storageFormShown",
      kind: "boolean",
      text: "Can you show for every key, and every copy outside AWS, one of the three storage forms?",
      why: "Wrapped by a key at least as strong and kept apart; inside a secure cryptographic device; or as full-length components or shares.",
      decides: ["3.5.3"],
      onlyFor: except("cloudhsm-direct", "payment-cryptography"),
    },
  ],
};

/** From the first day of a key to its last. */
export const LIFE_STEP: Step = {
  id: "life",
  title: "Life of the keys",
  lead: "How long keys are used, what ends their use, and who can reach them.",
  questions: [
    {
      id: "cryptoperiodDefined",
      kind: "boolean",
      text: "Is a cryptoperiod defined for every type of key?",
      why: "4.0.1 asks for it in so many words; without it nothing can be enforced.",
      decides: ["3.6.4"],
      onlyFor: except("aws-owned"),
    },
    {
      id: "cryptoperiodDays",
      kind: "number",
      unit: "days",
      max: 36_500,
      text: "How long is the shortest cryptoperiod?",
      why: "AWS managed keys rotate once a year, no sooner.",
      decides: ["3.6.4"],
      onlyFor: ["aws-managed"],
      shownIf: { anyOf: ["cryptoperiodDefined"], is: true },
    },
    {
      id: "automaticRotation",
      kind: "boolean",
      text: "Is automatic rotation on for every key, at least once in a cryptoperiod?",
      why: "Keys with AWS-generated material never expire, so their cryptoperiod rests on rotation.",
      decides: ["3.6.4"],
      onlyFor: ["cmk-aws-material"],
    },
    {
      id: "manualRotationSchedule",
      kind: "boolean",
      text: "Is there a schedule by which keys are rotated by hand, and is it kept?",
      why: "Imported, asymmetric and key-store keys have no automatic rotation.",
      decides: ["3.6.4"],
      onlyFor: except("aws-owned", "aws-managed"),
    },
    {
      id: "importedExpiry",
      kind: "choice",
      text: "When does imported key material expire?",
      why: "KMS lets material never expire; that leaves the cryptoperiod to you.",
      decides: ["3.6.4"],
      onlyFor: IMPORTED,
      choices: [
        { value: "within_cryptoperiod", label: "Within the cryptoperiod" },
        { value: "beyond_cryptoperiod", label: "Later than the cryptoperiod" },
        { value: "never", label: "Never" },
      ],
    },
    {
      id: "offboardingTriggersRotation",
      kind: "boolean",
      text: "Does a leaver who knew key material, or a suspected compromise, start rotation and re-encryption, backups included?",
      why: "Automatic rotation knows nothing of leavers.",
      decides: ["3.6.5"],
      onlyFor: except("aws-owned"),
    },
    {
      id: "custodianCount",
      kind: "number",
      unit: "people",
      max: 100_000,
      text: "How many people can reach keys or change who can?",
      why: "Key policies, IAM, grants and HSM users together.",
      decides: ["3.5.1"],
    },
    {
      id: "custodianLimit",
      kind: "number",
      unit: "people",
      max: 100_000,
      text: "How many do you allow at most?",
      why: "The fewest necessary is a number you set and defend.",
      decides: ["3.5.1"],
    },
    {
      id: "extraKeyLocations",
      kind: "number",
      unit: "places",
      max: 100_000,
      text: "In how many further places does key material live?",
      why: "Escrow, workstations, replicas in other Regions, HSM backups, external managers.",
      decides: ["3.5.2"],
    },
  ],
};
