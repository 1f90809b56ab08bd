import type { StandardVersion } from "@/lib/domain/catalogue/standard-version";
import { isRecordKind, KIND_WORDS, type RecordKind, type WorksheetKind } from "@/lib/domain/records/kinds";

/** The version of the wording below. A change of wording is a new version, so that old statements stay readable. */
export const STATEMENT_VERSION = "countervail.sign-off.v1";
/** The version of the wording over records, which is another: nobody takes the one for the other. */
export const RECORD_STATEMENT_VERSION = "countervail.record-sign-off.v1";

/** The version of the wording for a kind of document. */
export function statementVersionOf(kind: WorksheetKind): string {
  return isRecordKind(kind) ? RECORD_STATEMENT_VERSION : STATEMENT_VERSION;
}

/** The act that a statement records. */
export type SignOffKind = "signed" | "refused" | "revoked" | "reopened";

/** The acts that decide over a revision. Reopening decides nothing: it begins the next revision. */
export type DecisionKind = Exclude<SignOffKind, "reopened">;

/** What a statement speaks of. */
export interface StatementSubject {
  readonly documentKind: WorksheetKind;
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
  const { documentKind } = subject;
  const what =
    `revision ${subject.revision} of the ${KIND_WORDS[documentKind]} of ${subject.entityName} ` +
    `for PCI DSS ${subject.standardVersion} requirement ${subject.requirementNumber}, with the SHA-256 digest ${subject.digest}`;
  if (isRecordKind(documentKind)) return recordStatement(kind, documentKind, subject.firmName, what);
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

/** What a signature over each kind of record says of what was judged. Sources: facts 1.4 and 1.6. */
const JUDGED: Readonly<Record<RecordKind, string>> = {
  customized_approach:
    "I have judged the controls against the requirement's customized approach objective and found that they meet it, that the " +
    "controls matrix and the targeted risk analysis are complete, and that my own tests of the controls bear them out.",
  legal_exception:
    "I have found that the law it names forbids what it says. The requirement is reported as not in place, with the legal " +
    "exception; nothing here puts it in place.",
  risk_analysis:
    "I have found that it names the assets, the threats and the factors that requirement 12.3.1 asks for, and that the " +
    "frequency follows from them.",
};

/** The words over a record: what is judged is not Appendix B's, and the words say so. */
function recordStatement(kind: SignOffKind, documentKind: RecordKind, firm: string, what: string): string {
  switch (kind) {
    case "signed":
      return (
        `For ${firm} I have read ${what}, and the evidence that it names. ${JUDGED[documentKind]} I wrote no part of it. ` +
        "This is no signature over a compensating control. It has to be judged anew within a year."
      );
    case "refused":
      return (
        `For ${firm} I have read ${what}, and the evidence that it names. I do not accept it: on this revision it does not ` +
        "show what it is there to show."
      );
    case "revoked":
      return `For ${firm} I withdraw my signature on ${what}. It counts no longer, from now on.`;
    case "reopened":
      return (
        `For ${firm} I reopen the ${KIND_WORDS[documentKind]}: the next revision begins as a draft. What was decided on ` +
        `${what} stays on record for that revision, and says nothing of the next.`
      );
  }
}
