import type { ServiceContext } from "@/lib/auth/context";
import { makeEvent, organisationLog } from "@/lib/auth/events";
import { changeIdentity, inIdentity } from "@/lib/auth/open";
import type { SsoPerson } from "@/lib/auth/sso/client";
import { Failure } from "@/lib/contracts/failure";
import { SSO_TROUBLES } from "@/lib/contracts/sso-words";
import { findAccount } from "@/lib/data/credentials";
import { insertPerson } from "@/lib/data/people";
import { accountOfSubject, insertIdentity } from "@/lib/data/single-sign-on";
import type { IdentityTx } from "@/lib/db/kinds";
import type { ChangedRow } from "@/lib/db/transactions";
import { judgeSsoIdentity, type SsoRules, type SsoVerdict } from "@/lib/domain/security/single-sign-on";

/** Whose account it is that a provider has vouched for, or why none. */
export type Admission = Extract<SsoVerdict, { kind: "known" | "refuse" }>;

/**
 * Finds the account of somebody whom a provider has named. At the first time it is linked, or made where the organisation
 * wants that; both are events.
 */
export async function admit(context: ServiceContext, rules: SsoRules, person: SsoPerson): Promise<Admission> {
  const verdict = await inIdentity(context, (tx) => judge(tx, rules, person));
  if (verdict.kind === "known" || verdict.kind === "refuse") return verdict;
  return changeIdentity(context, async (tx): Promise<Admission> => {
    const now = await judge(tx, rules, person);
    if (now.kind === "known" || now.kind === "refuse") throw overtaken();
    const rows: ChangedRow[] = [];
    const userId = now.kind === "link" ? now.userId : await makeAccount(tx, rules, now.email, person, rows);
    const id = await insertIdentity(tx, { connectionId: rules.id, subject: person.subject, userId });
    rows.push({ table: "sso_identity", id });
    const detail = { personId: userId, connectionId: rules.id };
    tx.record(
      makeEvent(
        organisationLog(rules.organisationId),
        tx.now,
        { userId, organisationId: rules.organisationId },
        now.kind === "link"
          ? { action: "sso.linked", requestId: context.requestId, detail }
          : { action: "sso.account_made", requestId: context.requestId, detail: { ...detail, role: "member" } },
        rows,
      ),
    );
    return { kind: "known", userId };
  });
}

async function judge(tx: IdentityTx, rules: SsoRules, person: SsoPerson): Promise<SsoVerdict> {
  const known = await accountOfSubject(tx, rules.id, person.subject);
  const addressed = person.email === null ? null : await findAccount(tx, person.email);
  return judgeSsoIdentity(rules, person, known, addressed);
}

async function makeAccount(
  tx: IdentityTx,
  { organisationId }: SsoRules,
  email: string,
  { name }: SsoPerson,
  rows: ChangedRow[],
): Promise<string> {
  const entry = { email, name: name ?? email, organisationId, role: "member" } as const;
  const { userId, membershipId } = await insertPerson(tx, entry);
  rows.push({ table: "app_user", id: userId }, { table: "membership", id: membershipId });
  return userId;
}

/** The same person came in twice at once, and the other one was first. */
function overtaken(): Failure {
  return new Failure("unavailable", SSO_TROUBLES.busy, { retryAfter: 1 });
}
