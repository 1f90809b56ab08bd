import type { SessionStage } from "@/lib/domain/security/session-life";

/** A sign-in that was begun: how far it came, and whose it is. */
export interface BegunSignIn {
  readonly stage: Exclude<SessionStage, "full">;
  readonly name: string;
}

/** Who signs in, as far as this page knows. What was typed stays for the steps that want it again. */
export interface Entrant {
  readonly email: string;
  readonly password: string;
  /** Known when the sign-in was begun before this page was loaded. */
  readonly name: string | null;
}
