import type { Party } from "@/lib/domain/access/parties";

/** What each kind of decision is called elsewhere: as a right, as it is stored, and in the trail. */
export const DECISIONS = {
  sign: { action: "worksheet.sign", stored: "signed", event: "worksheet.signed" },
  refuse: { action: "worksheet.refuse", stored: "refused", event: "worksheet.refused" },
  revoke: { action: "worksheet.revoke", stored: "revoked", event: "worksheet.revoked" },
} as const;

/** How the deciding roles are called under a statement. */
const SIGNER_ROLES: Readonly<Partial<Record<Party, string>>> = {
  qsa_lead: "Lead QSA",
  isa: "Internal Security Assessor",
  officer: "Executive officer",
};

/** What a decider is called under a statement. */
export function signerRole(party: Party): string {
  return SIGNER_ROLES[party] ?? party;
}
