import { z } from "zod";
import type { ApiTokenDto } from "@/lib/contracts/api-tokens";
import type { PersonRef } from "@/lib/contracts/section";
import { personName, requiredText, rowVersion, text, uuid } from "@/lib/contracts/text";
import { ENGAGEMENT_ROLES, type EngagementRole } from "@/lib/domain/access/roles";

const purpose = requiredText(1000, "Say what it is for.");

/** Body of `POST /organisation/service-accounts`. */
export const makeServiceAccountInput = z.strictObject({
  /** Without “(service account)”, which is added wherever it is shown. It stays as it is: the trail tells by it. */
  name: personName(100),
  purpose,
  ownerId: uuid,
});
export type MakeServiceAccountInput = z.infer<typeof makeServiceAccountInput>;

/** Body of `PUT /organisation/service-accounts/{id}`. */
export const changeServiceAccountInput = z.strictObject({ version: rowVersion, purpose, ownerId: uuid });
export type ChangeServiceAccountInput = z.infer<typeof changeServiceAccountInput>;

/** Body of `PUT /organisation/service-accounts/{id}/disabled`. */
export const disableServiceAccountInput = z.strictObject({ disabled: z.boolean() });

/**
 * Body of `POST /organisation/service-accounts/{id}/review`: the version that was looked over, with whether it was
 * disabled, and the roles and tokens that were seen, which are in no version.
 */
export const reviewServiceAccountInput = z.strictObject({
  version: rowVersion,
  disabled: z.boolean(),
  roles: z.array(z.strictObject({ engagementId: uuid, role: z.enum(ENGAGEMENT_ROLES) })).max(5000),
  tokenIds: z.array(uuid).max(100),
});
export type ReviewServiceAccountInput = z.infer<typeof reviewServiceAccountInput>;

/** What a reviewer of this account has seen. */
export function seenOf({ version, disabled, engagements, tokens }: ServiceAccountDto): ReviewServiceAccountInput {
  return {
    version,
    disabled,
    roles: engagements.flatMap(({ id, roles }) => roles.map((role) => ({ engagementId: id, role }))),
    tokenIds: tokens.map(({ id }) => id),
  };
}

/** Form of an account that is there, whose version the page knows. */
export const serviceAccountForm = z.object({ name: text(200), purpose, ownerId: uuid });

/** A service account, for the administrators of its organisation. Instants are ISO. */
export interface ServiceAccountDto {
  readonly id: string;
  /** As an administrator gave it; elsewhere it is shown with “(service account)” behind it. */
  readonly name: string;
  readonly purpose: string;
  readonly version: number;
  readonly disabled: boolean;
  readonly owner: ServiceOwnerDto;
  readonly createdAt: string;
  readonly createdBy: PersonRef;
  /** Null when nobody has reviewed it yet. */
  readonly reviewedAt: string | null;
  readonly reviewedBy: PersonRef | null;
  readonly reviewDueAt: string;
  readonly reviewOverdue: boolean;
  readonly engagements: readonly ServicePlaceDto[];
  /** Those that serve, the newest first. */
  readonly tokens: readonly ApiTokenDto[];
}

/** Who answers for it; `left` once that account is disabled: then somebody else has to. */
export interface ServiceOwnerDto extends PersonRef {
  readonly left: boolean;
}

/** An engagement in which it has a role. */
export interface ServicePlaceDto {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly EngagementRole[];
}

/** The service accounts of one's organisation: `GET /organisation/service-accounts`. */
export interface ServiceAccountsDto {
  readonly items: readonly ServiceAccountDto[];
  /** The longest that a new token may live; 0 where the organisation's policy allows none. */
  readonly mostDays: number;
}
