import type { Party } from "@/lib/domain/access/parties";

/** What each act that is a signed statement is called elsewhere: as a right, as it is stored, and in the trail. */
export const DECISIONS = {
  sign: { action: "worksheet.sign", stored: "signed", event: "worksheet.signed" },
  refuse: { action: "worksheet.refuse", stored: "refused", event: "worksheet.refused" },
  revoke: { action: "worksheet.revoke", stored: "revoked", event: "worksheet.revoked" },
  reopen: { action: "worksheet.reopen", stored: "reopened", event: "worksheet.reopened" },
} as const;

/** How the roles are called under a statement. */
const SIGNER_ROLES: Readonly<Partial<Record<Party, string>>> = {
  lead: "Lead of the entity",
  qsa_lead: "Lead QSA",
  isa: "Internal Security Assessor",
  officer: "Executive officer",
};

/** What whoever makes a statement is called under it. */
export function signerRole(party: Party): string {
  return SIGNER_ROLES[party] ?? party;
}
