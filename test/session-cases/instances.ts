import { GET as getSession } from "@/app/api/v1/session/route";
import { POST as stepUp } from "@/app/api/v1/session/step-up/route";
import { openSession } from "@/lib/auth/sign-in";
import { type Database, openDatabase } from "@/lib/db/database";
import type { SignInMethod } from "@/lib/domain/security/session-life";
import { browser, type Handler, type Sent, serve } from "@/test/requests";
import { PASSWORD, type Person, type World } from "@/test/world";

/** One of two instances of the app. */
export type Instance = 0 | 1;
const BOTH: readonly Instance[] = [0, 1];

/** What a page asks by itself says so. */
const BY_ITSELF = { "x-countervail-background": "1" } as const;

/**
 * Two instances of the app over the database of a world: the real handlers, each instance with connections of its own.
 * Both go by the world's clock.
 */
export class Instances {
  readonly #databases: readonly [Database, Database];

  constructor(readonly world: World) {
    this.#databases = [world.database, openDatabase(world.stored.appUrl)];
  }

  /** Closes the second instance; the first one is the world's. */
  async close(): Promise<void> {
    await this.#databases[1].close();
  }

  /** Sends a request to a handler of one instance, with the token of a session or none. */
  ask(instance: Instance, token: string | null, handler: Handler, sent: Sent = {}): Promise<Response> {
    serve(this.#databases[instance], () => this.world.now);
    return browser(token)(handler, sent);
  }

  /** As `ask`, for what has to work. @returns the token that the browser has from then on @throws Error with the reply */
  async do(instance: Instance, token: string, handler: Handler, sent: Sent = {}): Promise<string> {
    const reply = await this.ask(instance, token, handler, { method: "POST", ...sent });
    if (!reply.ok) throw new Error(`It was answered ${reply.status}: ${await reply.text()}`);
    return tokenIn(reply) ?? token;
  }

  /** A new session of a person, in a browser of its own. @returns its token */
  async signIn(
    person: Person,
    methods: readonly SignInMethod[] = ["password", "totp"],
    instance: Instance = 0,
  ): Promise<string> {
    const context = { ...this.world.alone(), database: this.#databases[instance] };
    return (await openSession(context, this.world.userId(person), methods, "test")).token;
  }

  /** A new session of a person who has shown again that it is them. @returns its token */
  async steppedUp(person: Person, instance: Instance = 0): Promise<string> {
    return this.do(instance, await this.signIn(person), stepUp, { body: { password: PASSWORD } });
  }

  /** Does something on the page, which the instance is told. @returns whether the session was there */
  async use(token: string, instance: Instance = 0): Promise<boolean> {
    return (await this.ask(instance, token, getSession)).ok;
  }

  /** Whether a session is there, as the page asks by itself. */
  async isThere(token: string, instance: Instance): Promise<boolean> {
    return (await this.ask(instance, token, getSession, { headers: BY_ITSELF })).ok;
  }

  /** Both instances take these sessions at their next request. @throws Error in words otherwise */
  async expectThere(what: string, ...tokens: readonly string[]): Promise<void> {
    for (const [index, token] of tokens.entries()) {
      for (const instance of BOTH) {
        if (!(await this.isThere(token, instance))) throw new Error(`${what}: ${place(index, instance)} is gone`);
      }
    }
  }

  /** Neither instance takes these sessions at its next request, which is the person's. @throws Error in words otherwise */
  async expectGone(what: string, ...tokens: readonly string[]): Promise<void> {
    for (const [index, token] of tokens.entries()) {
      for (const instance of BOTH) {
        if (await this.use(token, instance)) throw new Error(`${what}: ${place(index, instance)} is still there`);
      }
    }
  }

  /** How many of these sessions are there, as the first instance sees it. */
  async countThere(tokens: readonly string[]): Promise<number> {
    let count = 0;
    for (const token of tokens) if (await this.isThere(token, 0)) count += 1;
    return count;
  }

  /** A session that nobody uses ends exactly after so long. @throws Error in words otherwise */
  async expectEnd(what: string, token: string, after: { readonly minutes: number; readonly seconds?: number }) {
    this.world.pass({ ...after, seconds: (after.seconds ?? 0) - 0.001 });
    await this.expectThere(`${what}, a millisecond before its end`, token);
    this.world.pass({ seconds: 0.001 });
    await this.expectGone(`${what}, at its end`, token);
  }
}

function place(index: number, instance: Instance): string {
  return `session ${index + 1} at instance ${instance + 1}`;
}

/** The token that a reply gives the browser, if it gives one. */
function tokenIn(reply: Response): string | null {
  return /^countervail=([^;]+)/.exec(reply.headers.get("set-cookie") ?? "")?.[1] ?? null;
}

/** Something that has to hold of sessions: what it is, and a play that throws an Error in words when it does not. */
export type SessionCase = readonly [what: string, play: (app: Instances) => Promise<void>];
