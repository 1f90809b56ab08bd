import type { ServiceContext } from "@/lib/auth/context";
import { requireActor } from "@/lib/auth/context";
import { changePerson, readOrganisation } from "@/lib/auth/organisation";
import { recordInOrganisation } from "@/lib/auth/record";
import { Failure, notFound } from "@/lib/contracts/failure";
import type { Collection } from "@/lib/contracts/paging";
import type { FactorResetDto } from "@/lib/contracts/people";
import { countAdministratorsBeside, findAccountHere } from "@/lib/data/accounts";
import {
  decideFactorReset,
  type FactorResetDecision,
  type FactorResetRow,
  findFactorReset,
  insertFactorReset,
  listFactorResets,
} from "@/lib/data/factor-resets";
import { deleteRecoveryCodes, deleteTotp } from "@/lib/data/factors";
import { deletePasskeys } from "@/lib/data/passkeys";
import { namesOf, personRef } from "@/lib/data/people";
import { endSessions } from "@/lib/data/sessions";
import type { OrganisationTx } from "@/lib/db/kinds";
import type { ChangedRow } from "@/lib/db/transactions";
import { factorResetLetter } from "@/lib/mail/letters";
import { type RevokedTokens, revokeTokens } from "@/lib/services/account/revoke-tokens";

const NO_SECOND =
  "A second administrator has to agree, and there is none beside you and this person. Make somebody else an administrator first: change the role of a person here, or invite one.";

/** The requests that wait for a second administrator. */
export function readFactorResets(context: ServiceContext): Promise<Collection<FactorResetDto>> {
  return readOrganisation(context, "organisation.accounts", async (tx) => {
    const items = await factorResetDtos(tx, await listFactorResets(tx));
    return { total: items.length, items };
  });
}

/**
 * Asks to take somebody's second factors away: a second administrator has to agree within a day. The person is told.
 * @throws Failure not_found, forbidden for oneself, step_up_required, wrong_state, already_exists, blocked
 */
export async function requestFactorReset(
  context: ServiceContext,
  personId: string,
  reason: string,
): Promise<FactorResetDto> {
  const { person, dto } = await changePerson(context, { personId }, async (tx, found) => {
    if (!found.secondFactor) throw new Failure("wrong_state", "This person has no second factor to remove.");
    if ((await listFactorResets(tx)).some(({ userId }) => userId === personId)) {
      throw new Failure("already_exists", "This was asked for already and waits for a second administrator.");
    }
    const others = await countAdministratorsBeside(tx, [personId, tx.actor.userId]);
    if (others === 0) throw new Failure("blocked", NO_SECOND);
    const row = await insertFactorReset(tx, personId, reason);
    recordInOrganisation(context, tx, {
      action: "factor.reset_requested",
      detail: { resetId: row.id, personId, reason },
      changes: [{ table: "factor_reset", id: row.id }],
    });
    const [made] = await factorResetDtos(tx, [row]);
    if (!made) throw notFound();
    return { person: found, dto: made };
  });
  context.mail.post(factorResetLetter(person, requireActor(context).name, "requested"));
  return dto;
}

/**
 * Decides on a request of another administrator. Agreeing removes app, passkeys and recovery codes and ends the person's
 * sessions and API tokens; whoever asked may take the request back, and never agrees to it. The person is told.
 * @throws Failure not_found, forbidden, step_up_required, wrong_state
 */
export async function decideOnFactorReset(
  context: ServiceContext,
  resetId: string,
  decision: FactorResetDecision,
): Promise<void> {
  const person = await changePerson({ ...context, idempotency: undefined }, { resetId }, async (tx, found) => {
    const reset = await findFactorReset(tx, resetId);
    if (!reset) throw notFound();
    if (!reset.waits) throw new Failure("wrong_state", "This was decided already, or has waited for more than a day.");
    if (decision === "approved" && reset.requestedById === tx.actor.userId) {
      throw new Failure("forbidden", "You asked for this yourself. Another administrator has to agree.");
    }
    if (decision === "approved") await requireAsker(tx, reset);
    await decideFactorReset(tx, resetId, decision);
    const { detail, changes } = decision === "approved" ? await removeFactors(tx, found.userId) : NOTHING_REMOVED;
    recordInOrganisation(context, tx, {
      action: decision === "approved" ? "factor.reset_approved" : "factor.reset_declined",
      detail: { resetId, personId: found.userId, ...detail },
      changes: [{ table: "factor_reset", id: resetId }, ...changes],
    });
    return found;
  });
  context.mail.post(factorResetLetter(person, requireActor(context).name, decision));
}

/** Two administrators take factors away, so whoever asked has to be one still. @throws Failure wrong_state */
async function requireAsker(tx: OrganisationTx, { requestedById }: FactorResetRow): Promise<void> {
  const asker = await findAccountHere(tx, requestedById);
  if (asker && !asker.disabled && asker.role === "admin") return;
  throw new Failure("wrong_state", "Whoever asked for this is no administrator any more. Decline it, and ask anew.");
}

const NOTHING_REMOVED: RevokedTokens = { detail: {}, changes: [] };

/** Takes everything away that a person can show beside a password, and ends their sessions and API tokens. */
async function removeFactors(tx: OrganisationTx, userId: string): Promise<RevokedTokens> {
  const hadApp = await deleteTotp(tx, userId);
  const passkeys = await deletePasskeys(tx, userId);
  const codes = await deleteRecoveryCodes(tx, userId);
  await endSessions(tx, userId);
  const tokens = await revokeTokens(tx, userId);
  const changes: ChangedRow[] = [
    ...(hadApp ? [{ table: "totp_factor", id: userId }] : []),
    ...passkeys.map((id) => ({ table: "passkey", id })),
    ...codes.map((id) => ({ table: "recovery_code", id })),
    ...tokens.changes,
  ];
  return { detail: tokens.detail, changes };
}

async function factorResetDtos(tx: OrganisationTx, rows: readonly FactorResetRow[]): Promise<FactorResetDto[]> {
  const names = await namesOf(
    tx,
    rows.flatMap(({ userId, requestedById }) => [userId, requestedById]),
  );
  return rows.map(({ id, userId, requestedById, reason, createdAt, expiresAt }) => ({
    id,
    person: personRef(names, userId),
    requestedBy: personRef(names, requestedById),
    reason,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  }));
}
