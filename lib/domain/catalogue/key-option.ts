import type { Weighed } from "@/lib/domain/catalogue/status";

/** The ten ways to hold keys, six of them the article's, four an extension of its logic. */
export const KEY_OPTION_IDS = [
  "aws-owned",
  "aws-managed",
  "cmk-aws-material",
  "byok-workstation",
  "byok-cloudhsm",
  "byok-own-hsm",
  "cloudhsm-direct",
  "kms-cloudhsm-store",
  "xks",
  "payment-cryptography",
] as const;
export type KeyOptionId = (typeof KEY_OPTION_IDS)[number];

/** The axes of the side-by-side page, in its order. */
export const KEY_AXES = [
  "materialOwner",
  "canDecrypt",
  "tenancy",
  "fips",
  "keyKinds",
  "reach",
  "rotation",
  "expiry",
  "storageForm",
  "scopeEffect",
] as const;
export type KeyAxis = (typeof KEY_AXES)[number];

/** How far an option suits keys that protect stored account data, today. */
export const SUITABILITIES = ["suitable", "conditional", "avoid", "unsuitable"] as const;
export type Suitability = (typeof SUITABILITIES)[number];

/** A statement in the article's reading and in today's. */
export interface Reading {
  readonly article: string;
  readonly today: string;
}

/** A way to hold keys, on every axis, in the article's reading and today's. */
export interface KeyOption extends Weighed {
  readonly id: KeyOptionId;
  readonly name: string;
  readonly inArticle: boolean;
  /** For options outside the article: on what the entry rests. */
  readonly basis: string | null;
  readonly verdict: {
    readonly article: string | null;
    readonly today: string;
    readonly suitability: Suitability;
  };
  readonly axes: Readonly<Record<KeyAxis, Reading>>;
  /** The storage forms of 3.5.3 (3.6.1.2 in 4.0.1) it can show today. */
  readonly storageForms: readonly number[];
  readonly keyKinds: readonly string[];
  /** The reviewed triggers in the article's reading, in words; the typed table in lib/domain/keys is tested against them. */
  readonly triggers: readonly string[];
  /** Article triggers that the option itself settles, in words. */
  readonly settles: readonly string[];
  readonly aliases: readonly string[];
}
