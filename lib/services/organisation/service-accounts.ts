import type { ServiceContext } from "@/lib/auth/context";
import { changeOrganisation, readOrganisation } from "@/lib/auth/organisation";
import { type RecordedEvent, recordInOrganisation } from "@/lib/auth/record";
import { Failure, fieldProblem, notFound } from "@/lib/contracts/failure";
import {
  type ChangeServiceAccountInput,
  type MakeServiceAccountInput,
  type ReviewServiceAccountInput,
  type ServiceAccountDto,
  type ServiceAccountsDto,
  seenOf,
} from "@/lib/contracts/service-accounts";
import { findAccountHere } from "@/lib/data/accounts";
import {
  findServiceAccount,
  holdServiceAccount,
  insertServiceAccount,
  listServiceAccounts,
  noteReview,
  type ServiceAccountRow,
  serviceNameTaken,
  setServiceDisabled,
  updateServiceAccount,
} from "@/lib/data/service-accounts";
import type { OrganisationTx } from "@/lib/db/kinds";
import { serviceName, standingSince } from "@/lib/domain/access/service-accounts";
import { ROLE_WORDS } from "@/lib/domain/audit/role-words";
import { revokeTokens } from "@/lib/services/account/revoke-tokens";
import { serviceAccountDtos } from "@/lib/services/organisation/service-account-dto";

/** The service accounts of one's own organisation, by name, for its administrators. @throws Failure forbidden */
export function readServiceAccounts(context: ServiceContext): Promise<ServiceAccountsDto> {
  return readOrganisation(context, "organisation.accounts", async (tx) =>
    serviceAccountDtos(tx, await listServiceAccounts(tx)),
  );
}

/**
 * Makes a service account, which nobody can sign in to: it has no address, password, factors or sessions, now or later.
 * @throws Failure forbidden, step_up_required, already_exists, invalid for an owner who is none of the organisation's people
 */
export function makeServiceAccount(
  context: ServiceContext,
  input: MakeServiceAccountInput,
): Promise<ServiceAccountDto> {
  return changeOrganisation(context, "organisation.services", async (tx) => {
    const name = serviceName(input.name.trim());
    await requireOwner(tx, input.ownerId);
    if (await serviceNameTaken(tx, name)) {
      const message = "There is a service account of this name.";
      throw new Failure("already_exists", message, { errors: [{ path: "name", message }] });
    }
    const { purpose, ownerId } = input;
    const { userId, membershipId } = await insertServiceAccount(tx, { name, purpose, ownerId });
    recordInOrganisation(context, tx, {
      action: "service_account.made",
      detail: { personId: userId, ownerId },
      changes: [
        { table: "app_user", id: userId },
        { table: "membership", id: membershipId },
        { table: "service_account", id: userId },
      ],
    });
    return dtoOf(tx, userId);
  });
}

/**
 * Changes what a service account is for, and who answers for it. Its name stays, because the trail tells by it.
 * @throws Failure not_found, forbidden, step_up_required, invalid, stale with what is stored
 */
export function changeServiceAccount(
  context: ServiceContext,
  serviceId: string,
  input: ChangeServiceAccountInput,
): Promise<ServiceAccountDto> {
  return change(context, serviceId, async (tx, before) => {
    const { version, purpose, ownerId } = input;
    // An owner who has left may stay with what is changed beside; somebody new has to be there.
    if (ownerId !== before.ownerId) await requireOwner(tx, ownerId);
    if (!(await updateServiceAccount(tx, serviceId, version, { purpose, ownerId }))) throw await stale(tx, serviceId);
    return {
      action: "service_account.changed",
      detail: {
        ...{ personId: serviceId, version: version + 1, ownerId, purposeChanged: purpose !== before.purpose },
        before: { ownerId: before.ownerId },
      },
      changes: [{ table: "service_account", id: serviceId }],
    };
  });
}

/**
 * Disables a service account, which revokes its tokens in the same instant, or enables it again.
 * @throws Failure not_found, forbidden, step_up_required, wrong_state
 */
export function setServiceAccountDisabled(
  context: ServiceContext,
  serviceId: string,
  disabled: boolean,
): Promise<ServiceAccountDto> {
  return change(context, serviceId, async (tx, before) => {
    if (before.disabled === disabled) {
      throw new Failure("wrong_state", `The service account is ${disabled ? "disabled" : "enabled"} already.`);
    }
    if (!disabled) await requireOwner(tx, before.ownerId, "Choose somebody else to answer for it first.");
    await setServiceDisabled(tx, serviceId, disabled);
    const account = { table: "app_user", id: serviceId };
    if (!disabled) return { action: "service_account.enabled", detail: { personId: serviceId }, changes: [account] };
    const tokens = await revokeTokens(tx, serviceId);
    return {
      action: "service_account.disabled",
      detail: { personId: serviceId, ...tokens.detail },
      changes: [account, ...tokens.changes],
    };
  });
}

/**
 * Notes that an administrator looked a service account over as it stands: owner and purpose in this version, and as they were
 * seen whether it acts, its roles and tokens.
 * @throws Failure not_found, forbidden, step_up_required, blocked without an owner, stale with what is stored where any of
 *   it is otherwise by now
 */
export function reviewServiceAccount(
  context: ServiceContext,
  serviceId: string,
  seen: ReviewServiceAccountInput,
): Promise<ServiceAccountDto> {
  return change(context, serviceId, async (tx, before) => {
    if (before.ownerLeft) {
      throw new Failure("blocked", "Nobody answers for this service account any more. Choose another owner first.");
    }
    requireAsSeen(await dtoOf(tx, serviceId), seen);
    if (!(await noteReview(tx, serviceId, seen.version))) throw await stale(tx, serviceId);
    return {
      action: "service_account.reviewed",
      detail: { personId: serviceId, version: seen.version + 1 },
      changes: [{ table: "service_account", id: serviceId }],
    };
  });
}

/** @throws Failure stale, which says what is otherwise */
function requireAsSeen(current: ServiceAccountDto, seen: ReviewServiceAccountInput): void {
  const { engagements, tokens } = current;
  const named = (list: readonly { readonly id: string; readonly name: string }[]) => (id: string) =>
    list.find((one) => one.id === id)?.name ?? "one of the engagements that you saw";
  const since = standingSince(seen, seenOf(current), {
    engagement: named(engagements),
    token: named(tokens),
    role: (role) => ROLE_WORDS[role],
  });
  if (since.length === 0) return;
  throw new Failure("stale", `It is not as you saw it. ${since.join(" ")} Look it over again.`, { current });
}

/** Changes a service account of one's own organisation with one event. */
function change(
  context: ServiceContext,
  serviceId: string,
  work: (tx: OrganisationTx, before: ServiceAccountRow) => Promise<RecordedEvent>,
): Promise<ServiceAccountDto> {
  return changeOrganisation(context, "organisation.services", async (tx) => {
    await holdServiceAccount(tx, serviceId);
    const before = await findServiceAccount(tx, serviceId);
    if (!before) throw notFound();
    recordInOrganisation(context, tx, await work(tx, before));
    return dtoOf(tx, serviceId);
  });
}

/** Whoever answers for a program is a person of the organisation whose account is in use. @throws Failure invalid */
async function requireOwner(
  tx: OrganisationTx,
  ownerId: string,
  message = "Choose a person of your organisation whose account is in use.",
): Promise<void> {
  const owner = await findAccountHere(tx, ownerId);
  if (!owner || owner.disabled) throw fieldProblem("ownerId", message);
}

async function stale(tx: OrganisationTx, serviceId: string): Promise<Failure> {
  const current = await dtoOf(tx, serviceId);
  return new Failure("stale", "Somebody else changed this service account meanwhile.", { current });
}

async function dtoOf(tx: OrganisationTx, serviceId: string): Promise<ServiceAccountDto> {
  const row = await findServiceAccount(tx, serviceId);
  const [dto] = row ? (await serviceAccountDtos(tx, [row])).items : [];
  if (!dto) throw notFound();
  return dto;
}
