import type { ServiceContext } from "@/lib/auth/context";
import { changePerson } from "@/lib/auth/organisation";
import { type RecordedEvent, recordInOrganisation } from "@/lib/auth/record";
import { Failure, notFound } from "@/lib/contracts/failure";
import type { AccountDto } from "@/lib/contracts/people";
import { type AccountHere, findAccountHere, setDisabled, setRole } from "@/lib/data/accounts";
import { endInvitationsBy } from "@/lib/data/invitations";
import { endSessions } from "@/lib/data/sessions";
import { unlock } from "@/lib/data/sign-in-guard";
import { readConnection } from "@/lib/data/single-sign-on";
import type { OrganisationTx } from "@/lib/db/kinds";
import type { ChangedRow } from "@/lib/db/transactions";
import type { OrganisationRole } from "@/lib/domain/access/roles";
import { revokeTokens } from "@/lib/services/account/revoke-tokens";
import { accountDto } from "@/lib/services/organisation/account-dto";

/**
 * Gives a person another role in the organisation and ends their sessions, their API tokens and, from an administrator, the
 * invitations they wrote, so that nothing goes on with the rights before.
 * @throws Failure not_found, forbidden for oneself, step_up_required, wrong_state
 */
export function changeRole(context: ServiceContext, personId: string, role: OrganisationRole): Promise<AccountDto> {
  return change(context, personId, async (tx, person) => {
    if (person.role === role) throw new Failure("wrong_state", "This person has that role already.");
    await requireNoBreakGlass(tx, personId);
    await setRole(tx, person, role);
    await endSessions(tx, personId);
    const invitationsEnded = await endInvitationsBy(tx, personId);
    const tokens = await revokeTokens(tx, personId);
    return {
      action: "person.role_changed",
      detail: { personId, role, before: { role: person.role }, invitationsEnded, ...tokens.detail },
      changes: [
        { table: "membership", id: person.membershipId },
        ...invitationRows(invitationsEnded),
        ...tokens.changes,
      ],
    };
  });
}

/**
 * Disables an account, which ends all its sessions and API tokens and the invitations it wrote at the same instant, or enables it again.
 * @throws Failure not_found, forbidden for oneself, step_up_required, wrong_state
 */
export function setAccountDisabled(context: ServiceContext, personId: string, disabled: boolean): Promise<AccountDto> {
  return change(context, personId, async (tx, person) => {
    if (person.disabled === disabled) {
      throw new Failure("wrong_state", `The account is ${disabled ? "disabled" : "enabled"} already.`);
    }
    if (disabled) await requireNoBreakGlass(tx, personId);
    await setDisabled(tx, person, disabled);
    if (!disabled)
      return { action: "person.enabled", detail: { personId }, changes: [{ table: "app_user", id: personId }] };
    await endSessions(tx, personId);
    const invitationsEnded = await endInvitationsBy(tx, personId);
    const tokens = await revokeTokens(tx, personId);
    return {
      action: "person.disabled",
      detail: { personId, invitationsEnded, ...tokens.detail },
      changes: [{ table: "app_user", id: personId }, ...invitationRows(invitationsEnded), ...tokens.changes],
    };
  });
}

function invitationRows(ids: readonly string[]): ChangedRow[] {
  return ids.map((id) => ({ table: "invitation", id }));
}

/** The one way around an identity provider that is away is not closed while single sign-on is on. */
async function requireNoBreakGlass(tx: OrganisationTx, personId: string): Promise<void> {
  const connection = await readConnection(tx);
  if (connection?.enabled && connection.breakGlassUserId === personId) {
    throw new Failure(
      "wrong_state",
      "This is the break-glass administrator of your single sign-on. Name another first.",
    );
  }
}

/** Ends a lock before its time. @throws Failure not_found, forbidden for oneself, step_up_required, wrong_state */
export function unlockAccount(context: ServiceContext, personId: string): Promise<AccountDto> {
  return change(context, personId, async (tx) => {
    if (!(await unlock(tx, personId))) throw new Failure("wrong_state", "The account is not locked.");
    return { action: "person.unlocked", detail: { personId } };
  });
}

/** Ends all sessions of a person. @throws Failure not_found, forbidden for oneself, step_up_required */
export function endSessionsOf(context: ServiceContext, personId: string): Promise<AccountDto> {
  return change(context, personId, async (tx) => {
    const sessionIds = await endSessions(tx, personId);
    return { action: "person.sessions_ended", detail: { personId, sessionIds } };
  });
}

function change(
  context: ServiceContext,
  personId: string,
  work: (tx: OrganisationTx, person: AccountHere) => Promise<RecordedEvent>,
): Promise<AccountDto> {
  return changePerson(context, { personId }, async (tx, person) => {
    recordInOrganisation(context, tx, await work(tx, person));
    const changed = await findAccountHere(tx, personId);
    if (!changed) throw notFound();
    return accountDto(changed);
  });
}
