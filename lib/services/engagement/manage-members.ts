import type { ServiceContext } from "@/lib/auth/context";
import { recordInEngagement } from "@/lib/auth/record";
import { changeScope, couldDo, type Grant, readScope } from "@/lib/auth/scope";
import { Failure, fieldProblem, notFound } from "@/lib/contracts/failure";
import type { Collection } from "@/lib/contracts/paging";
import type { MemberDto } from "@/lib/contracts/people";
import {
  countRole,
  deleteMember,
  findMembership,
  holdRoles,
  insertMember,
  listCandidates,
  listMembers,
  placeOf,
} from "@/lib/data/engagements";
import { organisationRef } from "@/lib/data/organisations";
import { holdServiceAccount } from "@/lib/data/service-accounts";
import type { ScopedTx } from "@/lib/db/kinds";
import { ASSESSOR_ROLES, type EngagementRole } from "@/lib/domain/access/roles";
import { NAME_ONLY, serviceRoleBarrier } from "@/lib/domain/access/service-accounts";
import { roleBarrier } from "@/lib/domain/engagement/membership";

/** Everybody with a role in an engagement. */
export async function readMembers(context: ServiceContext, engagementId: string): Promise<Collection<MemberDto>> {
  const items = await readScope(context, "engagement.read", { engagementId }, memberDtos);
  return { total: items.length, items };
}

/** A person who can be given a role. */
export interface CandidateDto {
  readonly id: string;
  readonly name: string;
  /** Null for a service account, which has none. */
  readonly email: string | null;
}

/** The others of one's own organisation, who can be given a role; nobody gives one to themselves. Empty for those who may not give any. */
export async function readCandidates(context: ServiceContext, engagementId: string): Promise<Collection<CandidateDto>> {
  const items = await readScope(context, "engagement.read", { engagementId }, async (tx, grant) =>
    mayStaff(grant)
      ? (await listCandidates(tx, tx.actor.organisationId)).filter(({ id }) => id !== tx.actor.userId)
      : [],
  );
  return { total: items.length, items };
}

function mayStaff(grant: Grant): boolean {
  return (
    couldDo(grant, "engagement.people", { personId: null }) || couldDo(grant, "assessor.staff", { personId: null })
  );
}

/** Assessor roles are the assessor company's to give, all others the entity's. */
function staffingAction(role: EngagementRole): "assessor.staff" | "engagement.people" {
  return ASSESSOR_ROLES.includes(role) ? "assessor.staff" : "engagement.people";
}

/** Gives a person of one's own side a role. @throws Failure invalid, already_exists, blocked */
export function addMember(
  context: ServiceContext,
  engagementId: string,
  input: { readonly userId: string; readonly role: EngagementRole },
): Promise<MemberDto> {
  const { userId, role } = input;
  const reference = { engagementId, personId: userId };
  return changeScope(context, staffingAction(role), reference, "none", async (tx) => {
    const place = await placeOf(tx, userId);
    if (place?.organisationId !== tx.actor.organisationId) {
      throw fieldProblem("userId", "Choose somebody of your own organisation.");
    }
    if (place.nameOnly) throw fieldProblem("userId", NAME_ONLY);
    await hold(tx, userId, place.service);
    const held = (await memberDtos(tx)).find((member) => member.userId === userId)?.roles ?? [];
    const barrier =
      (place.service ? serviceRoleBarrier(role) : null) ??
      roleBarrier(role, held, tx.engagement.assessorOrganisationId !== null);
    if (barrier !== null) throw fieldProblem("role", barrier);
    if (held.includes(role)) throw new Failure("already_exists", "This person holds that role already.");
    const memberId = await insertMember(tx, userId, role);
    recordInEngagement(context, tx, {
      action: "engagement.member_added",
      detail: { personId: userId, role },
      changes: [{ table: "engagement_member", id: memberId }],
    });
    const member = (await memberDtos(tx)).find((one) => one.userId === userId);
    if (!member) throw new Error("A member was added and is not there.");
    return member;
  });
}

/** Takes a role away. The last lead stays. @throws Failure not_found, blocked */
export function removeMember(
  context: ServiceContext,
  engagementId: string,
  userId: string,
  role: EngagementRole,
): Promise<void> {
  const reference = { engagementId, personId: userId };
  return changeScope(context, staffingAction(role), reference, "none", async (tx) => {
    await hold(tx, userId, (await placeOf(tx, userId))?.service ?? false);
    const memberId = await findMembership(tx, userId, role);
    if (memberId === null) throw notFound();
    if (role === "lead" && (await countRole(tx, "lead")) === 1) {
      throw new Failure("blocked", "An engagement keeps at least one lead. Name another one first.");
    }
    await deleteMember(tx, memberId);
    recordInEngagement(context, tx, {
      action: "engagement.member_removed",
      detail: { personId: userId, role },
      changes: [{ table: "engagement_member", id: memberId }],
    });
  });
}

/** Holds the roles, and before them a service account: whoever looks that over holds it alone, and waits for nothing else. */
async function hold(tx: ScopedTx, userId: string, isService: boolean): Promise<void> {
  if (isService) await holdServiceAccount(tx, userId);
  await holdRoles(tx);
}

async function memberDtos(tx: ScopedTx): Promise<MemberDto[]> {
  const people = new Map<string, { dto: Omit<MemberDto, "roles">; roles: EngagementRole[] }>();
  for (const { user, role, acts } of await listMembers(tx)) {
    const organisation = user.memberships[0]?.organisation;
    if (!organisation) continue;
    const person = people.get(user.id) ?? {
      dto: {
        ...{ userId: user.id, name: user.name, email: user.email, organisation: organisationRef(organisation) },
        acts,
      },
      roles: [],
    };
    person.roles.push(role as EngagementRole);
    people.set(user.id, person);
  }
  return [...people.values()].map(({ dto, roles }) => ({ ...dto, roles }));
}
