import type { SecretBox } from "@/lib/auth/secret-box";
import type { Clock } from "@/lib/clock";
import { Failure } from "@/lib/contracts/failure";
import type { Actor, Idempotency } from "@/lib/contracts/request-context";
import type { Database } from "@/lib/db/database";
import type { FileLimits } from "@/lib/domain/evidence/file-limits";
import type { Mailer } from "@/lib/mail/mailer";
import type { Signer } from "@/lib/signing/client";

/** What a use case knows about the request behind it. Made by lib/server, by tests and by the demo's seed. */
export interface ServiceContext {
  readonly database: Database;
  readonly clock: Clock;
  readonly secrets: SecretBox;
  readonly mail: Mailer;
  readonly signer: Signer;
  /** How much evidence may be stored, where the operator has set other limits than the built-in ones. */
  readonly limits?: FileLimits;
  readonly requestId: string;
  /** The one origin people reach us at; passkeys are bound to it and links begin with it. */
  readonly url: string;
  /** Network address that the request came from, in its canonical form; "unknown" where there is none. */
  readonly address: string;
  readonly actor: Actor | null;
  readonly idempotency?: Idempotency | undefined;
}

/** A context with somebody signed in. */
export interface SignedInContext extends ServiceContext {
  readonly actor: Actor;
}

/** The signed-in person. @throws Failure sign_in_required */
export function requireActor(context: ServiceContext): Actor {
  if (!context.actor) throw new Failure("sign_in_required", "Please sign in.");
  return context.actor;
}
