import type pg from "pg";
import type { EngagementRole } from "@/lib/domain/access/roles";
import type { App } from "../support/app";
import type { Person, PutSession } from "../support/cast";
import type { Client } from "../support/client";
import type { Confidential } from "./confidential";
import type { PersonKey, Side, World } from "./people";
import type { Spot } from "./spot";

/** Somebody of the cast in two browsers: in one of them the password was entered again. */
export interface Player extends Person {
  readonly plain: PutSession;
  readonly steppedUp: PutSession;
}

/** Accounts and requests of a company, for its administrators. */
export interface Administered {
  /** Locked, with an authenticator app. */
  readonly person: Person;
  /** An open request of another administrator about somebody's second factors. */
  readonly resetId: string;
  readonly invitationId: string;
  readonly tokenId: string;
  /** A service account, and a token of it. */
  readonly serviceId: string;
  readonly serviceTokenId: string;
  readonly webhookId: string;
}

/** Everything that requests are made from, and are aimed at. */
export interface Stage {
  readonly app: App;
  readonly sql: pg.Client;
  readonly organisations: Readonly<Record<Side, string>>;
  readonly players: Readonly<Record<PersonKey, Player>>;
  /** People who ask for nothing: others give them roles and take them away. */
  readonly extras: Readonly<Record<"entity" | "assessor", Person>>;
  readonly engagements: Readonly<Record<World, string>>;
  readonly spots: readonly Spot[];
  /** A shared control in the register of each engagement, which no worksheet uses. */
  readonly controls: Readonly<Record<World, string>>;
  /** Exports that everybody asked for in every engagement: one that is done, and one that waits. */
  readonly exports: Readonly<Record<World, Readonly<Record<PersonKey, Readonly<Record<"done" | "open", string>>>>>>;
  readonly confidential: Confidential;
  /** What administrators do to people is done to these. */
  readonly administered: Readonly<Record<Side, Administered>>;
  /** The token of an invitation into the entity that nobody has used. */
  readonly invitation: string;
  /** The token of a link for a new password that nobody has used. */
  readonly passwordReset: string;
  readonly anonymous: Client;
}

/** The role that the extra of each side has in each engagement that the side takes part in. */
export const EXTRA_ROLES = { entity: "observer", assessor: "qsa_assistant" } as const satisfies Readonly<
  Record<"entity" | "assessor", EngagementRole>
>;
