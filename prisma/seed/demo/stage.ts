import { randomUUID } from "node:crypto";
import type { ServiceContext, SignedInContext } from "@/lib/auth/context";
import type { SecretBox } from "@/lib/auth/secret-box";
import { actorOfToken } from "@/lib/auth/session";
import { openSession } from "@/lib/auth/sign-in";
import { stepUp } from "@/lib/auth/step-up";
import type { Database } from "@/lib/db/database";
import { NO_MAIL } from "@/lib/mail/mailer";
import { NO_SIGNER, type Signer } from "@/lib/signing/client";
import { demoInstant } from "./calendar";
import type { DemoPersonKey } from "./people";
import type { DemoMoment } from "./types";

/** A session is used on when its last use lies less than so long back; the service ends it after 15 minutes. */
const SESSION_MS = 14 * 60_000;
/** What the demo's browsers call themselves. */
export const USER_AGENT = "Countervail demo";

interface PlayedSession {
  token: string;
  lastUse: number;
}

/**
 * Where the demo is played: time that only moves forward, and the people who act in it. Everybody signs in before
 * acting, as the service wants it, so that the trail reads like one of real people.
 */
export class Stage {
  readonly #users = new Map<DemoPersonKey, string>();
  readonly #organisations = new Map<string, string>();
  readonly #sessions = new Map<DemoPersonKey, PlayedSession>();
  #now = 0;

  constructor(
    readonly database: Database,
    readonly secrets: SecretBox,
    private readonly signer: Signer,
    readonly today: string,
    private readonly password: string,
  ) {}

  /** The service's own context at a moment, with nobody signed in. */
  alone(day: number, minute: number): ServiceContext {
    // Two things never happen at once, and none before what was played already.
    this.#now = Math.max(demoInstant(this.today, day, minute).getTime(), this.#now + 1000);
    const now = new Date(this.#now);
    return {
      database: this.database,
      clock: () => now,
      secrets: this.secrets,
      mail: NO_MAIL,
      // Nothing is committed before the end, so there is nothing to make a checkpoint of.
      signer: { ...NO_SIGNER, statement: (type, payload) => this.signer.statement(type, payload) },
      requestId: randomUUID(),
      url: "",
      address: "unknown",
      actor: null,
    };
  }

  /** The context of a person who acts, signed in anew when the last use is too long ago. */
  async as({ by, day, minute }: DemoMoment): Promise<SignedInContext> {
    const context = this.alone(day, minute);
    const known = this.#sessions.get(by);
    const open = known && this.#now - known.lastUse < SESSION_MS ? known : await this.#signIn(context, by);
    open.lastUse = this.#now;
    return this.#actor(context, open.token);
  }

  /** As `as`, after entering the password once more. */
  async steppedUp(moment: DemoMoment): Promise<SignedInContext> {
    const context = await this.as(moment);
    const { token } = await stepUp(context, { password: this.password });
    const session = this.#sessions.get(moment.by);
    if (session) session.token = token;
    return this.#actor(context, token);
  }

  /** Remembers what a person was stored as. */
  enter(person: DemoPersonKey, userId: string): void {
    this.#users.set(person, userId);
  }

  /** The stored id of a person. */
  userId(person: DemoPersonKey): string {
    return known(this.#users.get(person), person);
  }

  /** Remembers what an organisation was stored as. */
  found(organisation: string, id: string): void {
    this.#organisations.set(organisation, id);
  }

  /** The stored id of an organisation. */
  organisationId(organisation: string): string {
    return known(this.#organisations.get(organisation), organisation);
  }

  async #signIn(context: ServiceContext, by: DemoPersonKey): Promise<PlayedSession> {
    const { token } = await openSession(context, this.userId(by), ["password", "totp"], USER_AGENT);
    const session = { token, lastUse: this.#now };
    this.#sessions.set(by, session);
    return session;
  }

  async #actor(context: ServiceContext, token: string): Promise<SignedInContext> {
    const actor = await actorOfToken(context, token, true);
    if (!actor) throw new Error("A session of the demo has ended too early.");
    return { ...context, actor };
  }
}

function known(id: string | undefined, name: string): string {
  if (id === undefined) throw new Error(`${name} has not entered the demo yet.`);
  return id;
}
