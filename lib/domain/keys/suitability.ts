import {
  KEY_AXES,
  type KeyAxis,
  type KeyOption,
  type KeyOptionId,
  type Reading,
  type Suitability,
} from "@/lib/domain/catalogue/key-option";

/** The names of the axes, as the side-by-side page shows them. */
export const AXIS_LABELS: Readonly<Record<KeyAxis, string>> = {
  materialOwner: "Who makes and owns the material",
  canDecrypt: "Who can decrypt",
  tenancy: "Tenancy",
  fips: "Validation of the device",
  keyKinds: "Kinds of key",
  reach: "How it is reached",
  rotation: "Rotation",
  expiry: "Expiry",
  storageForm: "Storage form (3.5.3, now 3.6.1.2)",
  scopeEffect: "Effect on scope",
};

/** One line of the comparison: an axis with every option's words on it. */
export interface AxisLine {
  readonly axis: KeyAxis;
  readonly label: string;
  readonly cells: readonly { readonly option: KeyOptionId; readonly reading: Reading; readonly changed: boolean }[];
}

/** The options side by side on every axis; `changed` marks where today differs from the article. */
export function sideBySide(options: readonly KeyOption[]): AxisLine[] {
  return KEY_AXES.map((axis) => ({
    axis,
    label: AXIS_LABELS[axis],
    cells: options.map((option) => ({
      option: option.id,
      reading: option.axes[axis],
      changed: option.inArticle && option.axes[axis].article !== option.axes[axis].today,
    })),
  }));
}

const RANK: Readonly<Record<Suitability, number>> = { suitable: 0, conditional: 1, avoid: 2, unsuitable: 3 };

/** The options from suitable to unsuitable; equals keep their order. */
export function bySuitability(options: readonly KeyOption[]): KeyOption[] {
  return [...options].sort((a, b) => RANK[a.verdict.suitability] - RANK[b.verdict.suitability]);
}

/** The weakest of the options in use: one unsuitable key is enough to have to act. Null when none is in use. */
export function weakest(options: readonly KeyOption[]): KeyOption | null {
  return options.reduce<KeyOption | null>(
    (worst, option) =>
      worst === null || RANK[option.verdict.suitability] > RANK[worst.verdict.suitability] ? option : worst,
    null,
  );
}

/** The verdict on the options in use, in words. */
export function overallVerdict(options: readonly KeyOption[]): string {
  const worst = weakest(options);
  if (worst === null) return "Choose the key options in use to see a verdict.";
  const { suitability } = worst.verdict;
  if (suitability === "suitable")
    return options.length === 1
      ? worst.verdict.today
      : "Every key option in use suits keys that protect stored account data.";
  const lead = { conditional: "Suitable under conditions", avoid: "Better avoided", unsuitable: "Not suitable" }[
    suitability
  ];
  return `${lead}, because of “${worst.name}”. ${worst.verdict.today}`;
}

/** The article's question answered in a few sentences, for the head of the comparison. */
export const KMS_OR_CLOUDHSM = {
  article:
    "CloudHSM gives the assessor most control and assurance and asks for the fewest worksheets. KMS is suitable too, with far more effort, most of all when you supply key material that was not made in CloudHSM.",
  today:
    "For most workloads a customer managed KMS key with AWS-generated material is the sound choice: KMS keeps keys in FIPS 140-3 Level 3 HSMs, and PCI DSS 4.0.1 accepts keys kept in such a system. Take CloudHSM when the hardware must be yours alone or you must make the material yourself.",
} as const;
