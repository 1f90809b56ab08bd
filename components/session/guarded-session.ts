import type { SessionDto } from "@/lib/contracts/factors";
import type { MeDto } from "@/lib/contracts/session";

/** The session that a page was made in. */
export interface GuardedSession {
  readonly person: Pick<MeDto, "id" | "name" | "email">;
  /** The single sign-on that the person has to come back by; null where none is. */
  readonly singleSignOn: MeDto["singleSignOn"];
  readonly idleMinutes: number;
  readonly ends: Pick<SessionDto, "idleEndsAt" | "absoluteEndsAt" | "now">;
  /** Whether this is the demo, whose people's codes are filled in. */
  readonly demo: boolean;
}
