import { randomUUID } from "node:crypto";
import type { Random } from "../support/random";

/** A company of the proof. */
export interface Company {
  readonly id: string;
  readonly kind: "entity" | "assessor";
}

/** Somebody with an account, in one company. */
export interface Player {
  readonly id: string;
  readonly company: Company;
}

/** An engagement, with the company that assesses it and who takes part. */
export interface Play {
  readonly id: string;
  readonly owner: Company;
  readonly assessor: Company | null;
  readonly accepted: boolean;
  readonly members: readonly Player[];
}

/** Everybody there is. */
export interface Cast {
  readonly companies: readonly Company[];
  readonly players: readonly Player[];
  readonly plays: readonly Play[];
}

/** How many of each. */
export interface Size {
  readonly entities: number;
  readonly firms: number;
  readonly peopleEach: number;
}

/** Makes up companies, people and engagements: each entity has one without a firm, one with, and one that a firm was invited to. */
export function makeCast(random: Random, { entities, firms, peopleEach }: Size): Cast {
  const make = (kind: Company["kind"], count: number) =>
    Array.from({ length: count }, () => ({ id: randomUUID(), kind }));
  const assessors = make("assessor", firms);
  const companies: Company[] = [...make("entity", entities), ...assessors];
  const players = companies.flatMap((company) =>
    Array.from({ length: peopleEach }, (): Player => ({ id: randomUUID(), company })),
  );
  const some = (company: Company) => players.filter((one) => one.company === company && random.int(3) > 0);
  const plays = companies
    .filter(({ kind }) => kind === "entity")
    .flatMap((owner) =>
      [null, random.pick(assessors), random.pick(assessors)].map((assessor, index): Play => {
        const accepted = assessor !== null && index === 1;
        const members = [...some(owner), ...(assessor && accepted ? some(assessor) : [])];
        return { id: randomUUID(), owner, assessor, accepted, members };
      }),
    );
  return { companies, players, plays };
}

/** Both sides of an engagement, whether or not the firm has accepted. */
export function sidesOf({ owner, assessor }: Play): Company[] {
  return assessor ? [owner, assessor] : [owner];
}
