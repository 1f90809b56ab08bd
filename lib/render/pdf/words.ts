/** What a decision on a revision was. */
export const DECISION_WORDS = { signed: "Signed", refused: "Refused", revoked: "Signature revoked" } as const;

/** What every page of a document on a retired version says. */
export const LEGACY_NOTICE = "Legacy: PCI DSS 3.2.1 is retired, not reportable";
/** What every page of a draft says. */
export const DRAFT_NOTICE = "DRAFT";
