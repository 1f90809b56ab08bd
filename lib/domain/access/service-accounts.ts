import type { EngagementRole } from "@/lib/domain/access/roles";

/**
 * Service accounts: what programs of an organisation act as. PCI DSS asks of such accounts that they have an owner, the
 * least rights, and a periodic review (7.2.5, 7.2.5.1), and that nobody signs in as one without need (8.6.1).
 */

/** The roles that a program can have in an engagement: it writes what is assigned to it, or reads what was signed. */
export const SERVICE_ROLES: readonly EngagementRole[] = ["contributor", "observer"];

/** How every name of one ends, wherever a name is shown. */
const SUFFIX = " (service account)";
/** The same, as somebody could write it to look like one. */
const LIKE_SUFFIX = /\(\s*service\s+account\s*\)\s*$/i;

/** Characters that nobody sees. */
const UNSEEN = /[\p{Cf}\p{Mn}\u115F\u1160\u3164]/gu;

/** The name of a service account as everybody sees it. */
export function serviceName(name: string): string {
  return name + SUFFIX;
}

/** The name that an administrator gave it. */
export function givenName(shown: string): string {
  return shown.endsWith(SUFFIX) ? shown.slice(0, -SUFFIX.length) : shown;
}

/** Whether a name says that it is a service account's, which no person's may. */
export function saysService(name: string): boolean {
  return LIKE_SUFFIX.test(name.normalize("NFKC").replace(UNSEEN, ""));
}

/** Why a service account cannot be given a role, or null. */
export function serviceRoleBarrier(role: EngagementRole): string | null {
  if (SERVICE_ROLES.includes(role)) return null;
  return "A service account is a contributor or an observer: it never leads, reviews, assesses or decides.";
}

/** Why nothing is given to a service account that came along with an engagement from another service. */
export const NAME_ONLY =
  "This service account came along from another service. Here it is a name: nobody makes a token for it, so nothing can be given to it.";

/** Months after which a review is due again. */
export const REVIEW_MONTHS = 6;

/** The instant by which a service account is to be reviewed: half a year after the last time, or after it was made. */
export function reviewDue({
  createdAt,
  reviewedAt,
}: {
  readonly createdAt: Date;
  readonly reviewedAt: Date | null;
}): Date {
  const from = reviewedAt ?? createdAt;
  const due = new Date(from);
  due.setUTCDate(1);
  due.setUTCMonth(due.getUTCMonth() + REVIEW_MONTHS);
  const lastDay = new Date(Date.UTC(due.getUTCFullYear(), due.getUTCMonth() + 1, 0)).getUTCDate();
  due.setUTCDate(Math.min(from.getUTCDate(), lastDay));
  return due;
}

/** What of a service account is in no version: whether it acts, the roles that leads give it, and the tokens that serve. */
export interface ServiceStanding {
  readonly disabled: boolean;
  readonly roles: readonly { readonly engagementId: string; readonly role: EngagementRole }[];
  readonly tokenIds: readonly string[];
}

/** Ids that a reader has names for. */
interface StandingNames {
  readonly engagement: (id: string) => string;
  readonly token: (id: string) => string;
  readonly role: (role: EngagementRole) => string;
}

/** How a service account stands otherwise than somebody saw it, a sentence for each difference; empty where it does not. */
export function standingSince(seen: ServiceStanding, now: ServiceStanding, names: StandingNames): string[] {
  const keyed = ({ roles }: ServiceStanding) => new Map(roles.map((one) => [`${one.engagementId} ${one.role}`, one]));
  const [before, after] = [keyed(seen), keyed(now)];
  const came = [...after].filter(([key]) => !before.has(key)).map(([, one]) => one);
  const went = [...before].filter(([key]) => !after.has(key)).map(([, one]) => one);
  const made = now.tokenIds.filter((id) => !seen.tokenIds.includes(id));
  const gone = seen.tokenIds.filter((id) => !now.tokenIds.includes(id)).length;
  return [
    ...(seen.disabled === now.disabled ? [] : [`It was ${now.disabled ? "disabled" : "enabled"}.`]),
    ...came.map((one) => `It is ${names.role(one.role)} in ${names.engagement(one.engagementId)} now.`),
    ...went.map((one) => `It is no longer ${names.role(one.role)} in ${names.engagement(one.engagementId)}.`),
    ...made.map((id) => `The token “${names.token(id)}” was made.`),
    ...(gone > 0
      ? [`${gone === 1 ? "A token" : `${gone} tokens`} that you saw no longer serve${gone === 1 ? "s" : ""}.`]
      : []),
  ];
}
