import { z } from "zod";
import { pagingQuery } from "@/lib/contracts/paging";
import type { PersonRef } from "@/lib/contracts/section";
import { calendarDay, uuid } from "@/lib/contracts/text";
import { SIGN_IN_KINDS, type SignInKind } from "@/lib/domain/audit/sign-in-kinds";

/** Query of `GET /me/sign-ins`. */
export const ownSignInsQuery = pagingQuery.extend({
  kind: z.enum(SIGN_IN_KINDS).optional(),
  from: calendarDay.optional(),
  to: calendarDay.optional(),
});
export type OwnSignInsQuery = z.infer<typeof ownSignInsQuery>;

/** Query of `GET /organisation/sign-ins`. */
export const signInsQuery = ownSignInsQuery.extend({ personId: uuid.optional() });
export type SignInsQuery = z.infer<typeof signInsQuery>;

/** Something that happened around signing in, from the trail. */
export interface SignInDto {
  readonly seq: number;
  readonly at: string;
  readonly kind: SignInKind;
  readonly actor: PersonRef | null;
  readonly sentence: string;
  /** Network address that it came from, where the trail has one. */
  readonly address: string | null;
}
