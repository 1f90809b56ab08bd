import type { Party } from "@/lib/domain/access/parties";
import type { OrganisationRole } from "@/lib/domain/access/roles";

/** The organisations of the stage: the entity, its assessor company, and one that has nothing to do with them. */
export type Side = "entity" | "assessor" | "foreign";

/** Everybody who asks. Each has a role of that name where the table of standings says so. */
export const PEOPLE = {
  lead: ["entity", "member"],
  /** Every worksheet is assigned to this one, who also owns a row of each workbook. */
  contributor: ["entity", "member"],
  other_contributor: ["entity", "member"],
  internal_reviewer: ["entity", "member"],
  observer: ["entity", "member"],
  isa: ["entity", "member"],
  officer: ["entity", "member"],
  entity_admin: ["entity", "admin"],
  entity_member: ["entity", "member"],
  qsa_lead: ["assessor", "member"],
  qsa_assistant: ["assessor", "member"],
  assessor_admin: ["assessor", "admin"],
  assessor_member: ["assessor", "member"],
  foreigner: ["foreign", "admin"],
} as const satisfies Readonly<Record<string, readonly [Side, OrganisationRole]>>;

/** Somebody with an account. */
export type PersonKey = keyof typeof PEOPLE;

/** All of them, in the order above. */
export const PERSON_KEYS = Object.keys(PEOPLE) as readonly PersonKey[];

/** Somebody who asks, signed in or not. */
export type Asker = PersonKey | "anonymous";

/** The engagements of the stage: with an assessor company, without one, and with one that has not accepted yet. */
export const WORLDS = ["assessed", "self_assessed", "invited"] as const;
export type World = (typeof WORLDS)[number];

/**
 * How somebody stands towards an engagement: in a column of the fixture beside the policy, as the holder of a role that
 * counts for nothing there (and who is no stranger), or as a stranger, to whom it does not exist.
 */
export type Standing = Exclude<Party, "org_admin" | "org_member" | "operator"> | "powerless" | "stranger";

/** Who stands how, by hand after access.md. Who is not named is a stranger. */
const STANDINGS: Readonly<Record<World, Readonly<Partial<Record<PersonKey, Standing>>>>> = {
  assessed: {
    lead: "lead",
    contributor: "contributor",
    other_contributor: "contributor",
    internal_reviewer: "internal_reviewer",
    observer: "observer",
    entity_admin: "entity_admin",
    qsa_lead: "qsa_lead",
    qsa_assistant: "qsa_assistant",
    assessor_admin: "assessor_admin",
    isa: "powerless",
  },
  self_assessed: {
    lead: "lead",
    contributor: "contributor",
    other_contributor: "contributor",
    internal_reviewer: "internal_reviewer",
    observer: "observer",
    entity_admin: "entity_admin",
    isa: "isa",
    officer: "officer",
  },
  invited: {
    lead: "lead",
    entity_admin: "entity_admin",
    assessor_admin: "assessor_admin",
    isa: "powerless",
    qsa_lead: "powerless",
  },
};

/** How a person stands towards an engagement of the stage. */
export function standingOf(person: PersonKey, world: World): Standing {
  return STANDINGS[world][person] ?? "stranger";
}

/** The organisation that a person belongs to. */
export function sideOf(person: PersonKey): Side {
  return PEOPLE[person][0];
}

/** Whether the assessor company has accepted the engagement. */
export function isAccepted(world: World): boolean {
  return world === "assessed";
}

/** Whether a company is a side of an engagement, if only an invited one. */
export function isASide(side: Side, world: World): boolean {
  return side === "entity" || (side === "assessor" && world !== "self_assessed");
}
