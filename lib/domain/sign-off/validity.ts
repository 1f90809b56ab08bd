import { addYears } from "@/lib/domain/dates";
import { FILE_STATE_WORDS, type FileState } from "@/lib/domain/evidence/blob-state";
import { dayInWords } from "@/lib/domain/format-date";
import type { DecisionKind } from "@/lib/domain/sign-off/statement";

/** Whether the latest signature still holds. */
export type ValidityStatus = "valid" | "broken" | "needs_revalidation" | "revoked" | "superseded";

/** The state of a signature, with the reason in words. */
export interface Validity {
  readonly status: ValidityStatus;
  readonly reason: string;
}

/** A decision over a revision, as validity needs it. */
export interface DecisionFacts {
  readonly kind: DecisionKind;
  readonly revision: number;
  readonly digest: string;
  /** The day of the decision, `YYYY-MM-DD`. */
  readonly day: string;
}

/** What the validity of a worksheet's latest signature is derived from; it is never stored. */
export interface ValidityFacts {
  /** Every decision, the oldest first. */
  readonly decisions: readonly DecisionFacts[];
  /** The number of the revision being written, or last frozen. */
  readonly currentRevision: number;
  /** The digest over what the signed revision holds today, recomputed from its stored content. */
  readonly recomputedDigest: string | null;
  /** The evidence that the signed revision names, with the day it holds until. */
  readonly evidence: readonly { readonly title: string; readonly validUntil: string | null }[];
  /** The files that the signed revision names, with how their bytes stand now. */
  readonly files: readonly { readonly name: string; readonly state: FileState }[];
  /** The day by which the signed revision says that it is judged anew; null where it says none, as of a worksheet. */
  readonly reviewDue?: string | null;
  readonly today: string;
}

/**
 * Judges the latest signature, or null when none was ever made. What breaks it comes before what merely ages it.
 * The yearly renewal is Appendix B's: each compensating control is judged anew at every assessment.
 */
export function judgeValidity(facts: ValidityFacts): Validity | null {
  const lastSigned = facts.decisions.findLastIndex((decision) => decision.kind === "signed");
  const signed = facts.decisions[lastSigned];
  if (!signed) return null;
  if (facts.decisions.slice(lastSigned + 1).some((decision) => decision.kind === "revoked")) {
    return { status: "revoked", reason: "The signer withdrew the signature." };
  }
  if (facts.recomputedDigest !== signed.digest) {
    return { status: "broken", reason: "What is stored for the signed revision differs from what was signed." };
  }
  const lost = facts.files.find(({ state }) => state === "damaged" || state === "removed");
  if (lost) {
    const how = lost.state === "damaged" ? "is damaged" : "is no longer stored";
    return { status: "broken", reason: `A file that was signed over ${how}: “${lost.name}”.` };
  }
  if (facts.currentRevision !== signed.revision) {
    return {
      status: "superseded",
      reason: `The signature stands on revision ${signed.revision}; revision ${facts.currentRevision} has taken its place.`,
    };
  }
  const expired = facts.evidence.filter((one) => one.validUntil !== null && one.validUntil < facts.today);
  if (expired[0]) {
    const more = expired.length > 1 ? ` and ${expired.length - 1} more` : "";
    return { status: "needs_revalidation", reason: `Evidence has expired: “${expired[0].title}”${more}.` };
  }
  const held = facts.files.find(({ state }) => state !== "whole");
  if (held) {
    return { status: "needs_revalidation", reason: `${FILE_STATE_WORDS[held.state]}: “${held.name}”.` };
  }
  if (facts.today >= addYears(signed.day, 1)) {
    return {
      status: "needs_revalidation",
      reason: "The signature is a year old: the controls have to be judged anew.",
    };
  }
  const { reviewDue } = facts;
  if (reviewDue && facts.today > reviewDue) {
    return { status: "needs_revalidation", reason: `Its review was due by ${dayInWords(reviewDue)}.` };
  }
  return { status: "valid", reason: `The signature on revision ${signed.revision} holds.` };
}
