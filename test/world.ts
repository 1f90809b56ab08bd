import { randomUUID } from "node:crypto";
import { hash } from "@node-rs/argon2";
import { generate } from "otplib";
import type { ServiceContext, SignedInContext } from "@/lib/auth/context";
import { makeEvent, organisationLog, SYSTEM_LOG } from "@/lib/auth/events";
import { asSystem, changeIdentity } from "@/lib/auth/open";
import { totpPlace } from "@/lib/auth/second-factor";
import { actorOfToken, type OpenSession, requireSession, sessionOfToken } from "@/lib/auth/session";
import { STEP_UP_MS } from "@/lib/auth/session-token";
import { openSession } from "@/lib/auth/sign-in";
import { stepUp } from "@/lib/auth/step-up";
import type { Actor } from "@/lib/contracts/request-context";
import { storePassword } from "@/lib/data/credentials";
import { insertOrganisation } from "@/lib/data/organisations";
import { insertPerson } from "@/lib/data/people";
import { type Database, openDatabase } from "@/lib/db/database";
import type { ChangedRow } from "@/lib/db/transactions";
import { type Mailer, NO_MAIL } from "@/lib/mail/mailer";
import { NO_SIGNER, type Signer } from "@/lib/signing/client";
import { makeTestDatabase, type TestDatabase } from "@/test/database";
import { testSecrets } from "@/test/secrets";
import { startTestSigner, type TestSigner } from "@/test/signer";

/** Whom the people of the tests work for. `elsewhere` has nothing to do with the other two. */
const COMPANIES = { entity: "Quayside Payments", firm: "Ledgerline Assurance", elsewhere: "Elsewhere Retail" } as const;
export type Company = keyof typeof COMPANIES;

/** The people of the tests, named by what they do. */
const PEOPLE = {
  admin: "entity",
  lead: "entity",
  contributor: "entity",
  colleague: "entity",
  reviewer: "entity",
  observer: "entity",
  isa: "entity",
  officer: "entity",
  firmAdmin: "firm",
  qsa: "firm",
  assistant: "firm",
  stranger: "elsewhere",
} as const satisfies Readonly<Record<string, Company>>;
export type Person = keyof typeof PEOPLE;
const ADMINS: readonly Person[] = ["admin", "firmAdmin", "stranger"];

/** The password of everybody. */
export const PASSWORD = "a password for tests alone";
const SEED = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
/** Its hash says how much work checking it is; the least will do where nobody guesses. */
const CHEAP = { memoryCost: 1_024, timeCost: 1, parallelism: 1 };

/** Where everybody's requests come from. */
export const ADDRESS = "192.0.2.10";

/** An event as it was left, with names in the place of ids. */
export interface LeftEvent {
  readonly chain: Company | "system";
  readonly action: string;
  readonly by: Person | null;
  readonly worksheetId: string | null;
  readonly changes: readonly ChangedRow[];
  readonly detail: Readonly<Record<string, unknown>>;
  readonly origin: unknown;
}

/** A database of a test file's own with companies and people in it, and the time that passes there. */
export class World {
  #signer: TestSigner | undefined;
  readonly #tokens = new Map<Person, string>();
  readonly #actors = new Map<Person, { readonly at: Date; readonly actor: Actor }>();
  readonly secrets = testSecrets();
  /** Replaced by a test that looks at mails. */
  mail: Mailer = NO_MAIL;
  /** None unless `startSigner` was called. */
  signer: Signer = NO_SIGNER;
  now: Date;

  private constructor(
    readonly stored: TestDatabase,
    readonly database: Database,
    /** The same database as its superuser, to look behind row-level security. */
    readonly behind: Database,
    private readonly organisations: ReadonlyMap<Company, string>,
    private readonly users: ReadonlyMap<Person, string>,
    start: Date,
  ) {
    this.now = start;
  }

  /**
   * Call it in `beforeAll`, and `close` in `afterAll`. Without apps nobody has a second factor, and no key is made yet.
   * @param settings `stored` is the database to use; one is made on the server of the test run when there is none
   */
  static async make(
    start = "2026-11-24T09:00:00Z",
    settings: { readonly apps?: boolean; readonly stored?: TestDatabase } = {},
  ): Promise<World> {
    const { apps = true, stored = await makeTestDatabase({ catalogue: true }) } = settings;
    const database = openDatabase(stored.appUrl);
    const behind = openDatabase(stored.adminUrl, "any");
    const organisations = new Map<Company, string>();
    const users = new Map<Person, string>();
    const world = new World(stored, database, behind, organisations, users, new Date(start));
    const passwordHash = await hash(PASSWORD, CHEAP);
    for (const company of Object.keys(COMPANIES) as Company[]) {
      await asSystem(world.alone(), "test", async (tx) => {
        const { id } = await insertOrganisation(tx, company === "firm" ? "assessor" : "entity", COMPANIES[company]);
        const changes: ChangedRow[] = [{ table: "organisation", id }];
        organisations.set(company, id);
        for (const person of peopleOf(company)) {
          const role = ADMINS.includes(person) ? ("admin" as const) : ("member" as const);
          const entry = { email: emailOf(person), name: nameOf(person), organisationId: id, role };
          const { userId, membershipId } = await insertPerson(tx, entry);
          await storePassword(tx, userId, passwordHash);
          users.set(person, userId);
          changes.push({ table: "app_user", id: userId }, { table: "membership", id: membershipId });
        }
        const body = { action: "organisation.created", requestId: "test" } as const;
        tx.record(makeEvent(SYSTEM_LOG, tx.now, null, body, changes));
      });
      if (apps) await world.#giveApps(company);
    }
    return world;
  }

  /** Everybody has an authenticator app, all with one seed. */
  async #giveApps(company: Company): Promise<void> {
    const organisationId = this.organisationId(company);
    await changeIdentity(this.alone(), async (tx) => {
      const changes: ChangedRow[] = [];
      for (const userId of peopleOf(company).map((person) => this.userId(person))) {
        const secret = await this.secrets.seal(tx, totpPlace(userId, organisationId), SEED);
        await tx.db.totpFactor.create({
          data: { userId, organisationId, secret, createdAt: tx.now, confirmedAt: tx.now },
        });
        changes.push({ table: "totp_factor", id: userId });
      }
      const body = { action: "factor.enrolled", requestId: "test", detail: { kind: "totp" } } as const;
      tx.record(makeEvent(SYSTEM_LOG, tx.now, null, body, changes));
    });
  }

  /** Lets a signer run beside this world until its end: from now on there are checkpoints and signatures. */
  async startSigner(): Promise<TestSigner> {
    this.#signer = await startTestSigner(this.stored, () => this.now);
    this.signer = this.#signer.client;
    return this.#signer;
  }

  async close(): Promise<void> {
    await this.#signer?.remove();
    await this.database.close();
    await this.behind.close();
    await this.stored.drop();
  }

  /** Lets time pass. */
  pass({ days = 0, hours = 0, minutes = 0, seconds = 0 }): void {
    const milliseconds = ((days * 24 + hours) * 60 + minutes) * 60_000 + seconds * 1000;
    this.now = new Date(this.now.getTime() + Math.round(milliseconds));
  }

  /** A request of nobody. */
  alone(): ServiceContext {
    return {
      database: this.database,
      clock: () => this.now,
      secrets: this.secrets,
      mail: this.mail,
      signer: this.signer,
      url: "http://localhost:4999",
      address: ADDRESS,
      requestId: randomUUID(),
      actor: null,
    };
  }

  /** The next request of a person, who signs in when there is no session or it has ended. */
  async as(person: Person): Promise<SignedInContext> {
    const known = this.#actors.get(person);
    // Within one instant a session stays what it was, but for the password that was entered again.
    if (known?.at === this.now && known.actor.stepUpAt === null) return { ...this.alone(), actor: known.actor };
    const actor = (await this.#actorOf(this.#tokens.get(person))) ?? (await this.#signIn(person));
    this.#actors.set(person, { at: this.now, actor });
    return { ...this.alone(), actor };
  }

  /** As `as`, with the password entered once more when the last time is over or used up. */
  async steppedUp(person: Person): Promise<SignedInContext> {
    const context = await this.as(person);
    const { stepUpAt } = context.actor;
    if (stepUpAt !== null && this.now.getTime() - stepUpAt.getTime() < STEP_UP_MS) return context;
    this.#tokens.set(person, (await stepUp(context, { password: PASSWORD })).token);
    this.#actors.delete(person);
    return this.as(person);
  }

  async #actorOf(token: string | undefined): Promise<Actor | null> {
    return token === undefined ? null : actorOfToken(this.alone(), token, true);
  }

  async #signIn(person: Person): Promise<Actor> {
    const token = await this.signedIn(person);
    this.#tokens.set(person, token);
    const actor = await this.#actorOf(token);
    if (!actor) throw new Error(`${person} cannot sign in.`);
    return actor;
  }

  /** The session that a person's next request comes with; whoever's token was replaced meanwhile signs in anew. */
  async session(person: Person): Promise<OpenSession> {
    await this.as(person);
    const session = await sessionOfToken(this.alone(), this.#tokens.get(person) ?? "", false);
    if (session) return session;
    this.#actors.delete(person);
    await this.as(person);
    return requireSession(await sessionOfToken(this.alone(), this.#tokens.get(person) ?? "", false));
  }

  /** A new session of a person who has shown password and app. @returns its token */
  async signedIn(person: Person): Promise<string> {
    return (await openSession(this.alone(), this.userId(person), ["password", "totp"], "test")).token;
  }

  /** The seed of everybody's authenticator app. */
  readonly seed = SEED;

  /** Takes a person's app away, as for somebody who has just joined. */
  async withoutFactors(person: Person): Promise<void> {
    const userId = this.userId(person);
    await changeIdentity(this.alone(), async (tx) => {
      await tx.db.totpFactor.deleteMany({ where: { userId } });
      const body = { action: "factor.removed", requestId: "test" } as const;
      tx.record(makeEvent(SYSTEM_LOG, tx.now, null, body, [{ table: "totp_factor", id: userId }]));
    });
  }

  /** The code that everybody's app shows now. */
  codeOf(): Promise<string> {
    return generate({ secret: SEED, epoch: Math.floor(this.now.getTime() / 1000) });
  }

  userId(person: Person): string {
    return found(this.users.get(person));
  }

  organisationId(company: Company): string {
    return found(this.organisations.get(company));
  }

  /** The events that some work leaves, in the order of time; the work's own failure passes through. */
  async eventsOf(work: () => Promise<unknown>): Promise<LeftEvent[]> {
    const before = new Map((await this.behind.prisma.auditHead.findMany()).map(({ logId, size }) => [logId, size]));
    await work();
    const rows = await this.behind.prisma.auditEvent.findMany({ orderBy: [{ at: "asc" }, { seq: "asc" }] });
    return rows.filter(({ logId, seq }) => seq >= (before.get(logId) ?? 0n)).map((row) => this.#left(row));
  }

  #left(row: { logId: string; action: string; payload: string; actorId: string | null; worksheetId: string | null }) {
    const { changes, detail, origin } = JSON.parse(row.payload) as Pick<LeftEvent, "changes" | "detail" | "origin">;
    const company = [...this.organisations].find(([, id]) => organisationLog(id) === row.logId)?.[0];
    const by = [...this.users].find(([, id]) => id === row.actorId)?.[0] ?? null;
    const { action, worksheetId } = row;
    return { chain: company ?? ("system" as const), action, by, worksheetId, changes, detail, origin };
  }
}

/** The people of a company. */
export function peopleOf(company: Company): Person[] {
  return (Object.keys(PEOPLE) as Person[]).filter((person) => PEOPLE[person] === company);
}

/** How a person is called on the page. */
export function nameOf(person: Person): string {
  return `The ${person} of ${COMPANIES[PEOPLE[person]]}`;
}

/** The address that a person signs in with. */
export function emailOf(person: Person): string {
  return `${person.toLowerCase()}@${PEOPLE[person]}.example`;
}

function found(id: string | undefined): string {
  if (id === undefined) throw new Error("Not in this world.");
  return id;
}
