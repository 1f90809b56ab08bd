import type { TokensEnded } from "@/lib/domain/audit/token-details";
import { tokensEndedWords } from "@/lib/domain/audit/token-details";

/** The service account that an event is about, by the field that people stand in elsewhere. */
interface OfService {
  readonly personId: string;
}

/** What the trail tells of service accounts; their tokens are told as all tokens are. */
export interface ServiceAccountDetails {
  readonly "service_account.made": OfService & { readonly ownerId: string };
  /** Who answers for it, and whether its purpose is another one, whose words are no matter of the trail. */
  readonly "service_account.changed": OfService & {
    readonly version: number;
    readonly ownerId: string;
    readonly purposeChanged: boolean;
    readonly before: { readonly ownerId: string };
  };
  readonly "service_account.disabled": OfService & TokensEnded;
  readonly "service_account.enabled": OfService;
  /** An administrator looked it over: owner, purpose, roles and tokens are as they should be. */
  readonly "service_account.reviewed": OfService & { readonly version: number };
}

interface Names {
  person(id: string): string;
}
type Detail<A extends keyof ServiceAccountDetails> = Partial<ServiceAccountDetails[A]>;
const whom = ({ personId }: Partial<OfService>, names: Names) =>
  personId === undefined ? "a service account" : names.person(personId);

/** What is said of them behind the name of whoever acts. */
export const SERVICE_ACCOUNT_PHRASES = {
  "service_account.made": (detail: Detail<"service_account.made">, names: Names) => `made ${whom(detail, names)}`,
  "service_account.changed": (detail: Detail<"service_account.changed">, names: Names) =>
    `changed who answers for ${whom(detail, names)}, or what it is for`,
  "service_account.disabled": (detail: Detail<"service_account.disabled">, names: Names) =>
    `disabled ${whom(detail, names)}${tokensEndedWords(detail)}`,
  "service_account.enabled": (detail: Detail<"service_account.enabled">, names: Names) =>
    `enabled ${whom(detail, names)} again`,
  "service_account.reviewed": (detail: Detail<"service_account.reviewed">, names: Names) =>
    `reviewed ${whom(detail, names)}`,
} as const;
