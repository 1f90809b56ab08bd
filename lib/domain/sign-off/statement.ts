import type { StandardVersion } from "@/lib/domain/catalogue/standard-version";

/** The version of the wording below. A change of wording is a new version, so that old statements stay readable. */
export const STATEMENT_VERSION = "countervail.sign-off.v1";

/** The act that a statement records. */
export type SignOffKind = "signed" | "refused" | "revoked" | "reopened";

/** The acts that decide over a revision. Reopening decides nothing: it begins the next revision. */
export type DecisionKind = Exclude<SignOffKind, "reopened">;

/** What a statement speaks of. */
export interface StatementSubject {
  readonly standardVersion: StandardVersion;
  readonly requirementNumber: string;
  readonly entityName: string;
  readonly revision: number;
  /** SHA-256 of the revision, hex. */
  readonly digest: string;
  readonly firmName: string;
}

/**
 * The words that somebody signs, refuses, revokes or reopens by, in our own wording. What a decider judges is Appendix B's:
 * intent and strictness, a similar level of defence, above and beyond, and the added risk.
 */
export function statementText(kind: SignOffKind, subject: StatementSubject): string {
  const what =
    `revision ${subject.revision} of the compensating controls worksheet of ${subject.entityName} ` +
    `for PCI DSS ${subject.standardVersion} requirement ${subject.requirementNumber}, with the SHA-256 digest ${subject.digest}`;
  switch (kind) {
    case "signed":
      return (
        `For ${subject.firmName} I have read ${what}, and the evidence that it names. I have judged the controls against ` +
        "the criteria of Appendix B and found them sufficient for this assessment: they reach the intent and strictness " +
        "of the requirement, give a similar level of defence, go beyond what is required otherwise, and address the added " +
        "risk. I wrote no part of it. The controls have to be judged anew at each assessment."
      );
    case "refused":
      return (
        `For ${subject.firmName} I have read ${what}, and judged the controls against the criteria of Appendix B. I do ` +
        "not accept them as sufficient: on this revision the requirement is not in place."
      );
    case "revoked":
      return `For ${subject.firmName} I withdraw my signature on ${what}. It counts no longer, from now on.`;
    case "reopened":
      return (
        `For ${subject.firmName} I reopen the worksheet: the next revision begins as a draft. What was decided on ${what} ` +
        "stays on record for that revision, and says nothing of the next."
      );
  }
}
