import type { Kind } from "@/lib/db/kind-roles";
import type { Stance } from "@/lib/db/stance";
import { type Cast, type Company, type Play, type Player, sidesOf } from "./cast";

/** Whose a row is that was put down. */
export interface Whose {
  readonly company?: Company;
  readonly player?: Player;
  readonly play?: Play;
  /** Of a thread or comment: the company that wrote it, when it is private. */
  readonly privateTo?: Company | null;
  /** Of an event: its chain. */
  readonly log?: Company | "system";
}

/** Somebody who looks: a kind of transaction and the people, company and engagement it is about. */
export interface Viewer {
  readonly name: string;
  readonly stance: Stance;
  readonly kind: Kind;
  readonly player: Player | null;
  readonly company: Company | null;
  readonly play: Play | null;
}

/** For each of what a table has rows: of each company, person, engagement, … */
export type Shape =
  | "company"
  | "person"
  | "engagement"
  | "member"
  | "invitation"
  | "discussion"
  | "event"
  | "chain"
  | "change";

type Sees = (whose: Whose, viewer: Viewer, cast: Cast) => boolean;

/** What rows a table gets, and which of them each kind of transaction may see; none where a kind is not named. */
export interface TableRule {
  readonly rows: Shape;
  readonly sees: Readonly<Partial<Record<Kind, Sees>>>;
}

const everything: Sees = () => true;
const ownPerson: Sees = ({ player }, viewer) => player !== undefined && player === viewer.player;
/** Before anybody is known all accounts are there, afterwards one's own. */
const account: Sees = (whose, viewer, cast) => viewer.stance.userId == null || ownPerson(whose, viewer, cast);
const thisEngagement: Sees = ({ play }, viewer) => play !== undefined && play === viewer.play;
const thisDiscussion: Sees = (whose, viewer, cast) =>
  thisEngagement(whose, viewer, cast) && (whose.privateTo === null || whose.privateTo === viewer.company);
/** Engagements in which the person has a role, or that the person's company is a side of. */
const concerns = (play: Play, player: Player) =>
  play.members.includes(player) || sidesOf(play).includes(player.company);
const ofThePerson: Sees = ({ play }, { player }) => play !== undefined && player !== null && concerns(play, player);
const ownedEngagement: Sees = ({ play }, { company }) => play !== undefined && play.owner === company;
const ofTheSides: Sees = ({ player }, viewer) =>
  player !== undefined &&
  (player === viewer.player || (viewer.play !== null && sidesOf(viewer.play).includes(player.company)));
/** One's own people, and those of the firms that accepted an engagement of one's own company. */
const ofTheTrail: Sees = ({ player }, { company }, { plays }) =>
  player !== undefined &&
  (player.company === company ||
    plays.some((play) => play.owner === company && play.accepted && play.assessor === player.company));

/** For an admin: the accounts of one's own people, and not of a partner's. */
const ownPeople: Sees = ({ player }, { company }) => player !== undefined && player.company === company;
const ownCompany: Sees = ({ company }, viewer) => company !== undefined && company === viewer.company;
const companyOfAccount: Sees = ({ company }, { stance, player }) =>
  stance.userId == null || (company !== undefined && company === player?.company);

const webhooks: TableRule = { rows: "company", sees: { organisation: ownCompany, deliveries: everything } };

const ownAccount: TableRule = { rows: "person", sees: { identity: account, organisation: ownPeople } };
const people = { scoped: ofTheSides, organisation: ofTheTrail, identity: account, system: everything };
/** Kept by both sides, and facts of decisions. */
const facts: TableRule = { rows: "engagement", sees: { scoped: thisEngagement, identity: ofThePerson } };
const content: TableRule = { rows: "engagement", sees: { scoped: thisEngagement } };

/**
 * What is to be seen, written down apart from the policies. A table that is missing here fails the proof: say whose its
 * rows are.
 */
export const TABLES: Readonly<Record<string, TableRule>> = {
  organisation: {
    rows: "company",
    sees: {
      scoped: ({ company }, { play }) => company !== undefined && play !== null && sidesOf(play).includes(company),
      organisation: ({ company }, viewer) => company === viewer.company || company?.kind === "assessor",
      identity: ({ company }, { stance, player }, { plays }) =>
        stance.userId == null ||
        (company !== undefined &&
          player !== null &&
          (company === player.company ||
            plays.some((play) => concerns(play, player) && sidesOf(play).includes(company)))),
      system: everything,
    },
  },
  app_user: { rows: "person", sees: people },
  membership: { rows: "person", sees: people },
  credential: { rows: "person", sees: { identity: account, organisation: ownPeople, system: everything } },
  session: ownAccount,
  sign_in_guard: ownAccount,
  password_history: { rows: "person", sees: { identity: account } },
  totp_factor: { rows: "person", sees: { identity: account, organisation: ownPeople, system: everything } },
  passkey: ownAccount,
  recovery_code: ownAccount,
  password_reset: ownAccount,
  sso_identity: ownAccount,
  api_token: ownAccount,
  api_token_use: ownAccount,
  // A program asks who answers for it; administrators see those of their company.
  service_account: { rows: "person", sees: { scoped: ownPeople, organisation: ownPeople } },
  sso_flow: { rows: "change", sees: { identity: everything } },
  webauthn_challenge: { rows: "change", sees: { identity: everything } },
  rate_limit: { rows: "change", sees: { identity: everything } },
  factor_reset: { rows: "company", sees: { organisation: ownCompany } },
  organisation_policy: { rows: "company", sees: { organisation: ownCompany, identity: companyOfAccount } },
  organisation_rigour: {
    rows: "company",
    sees: {
      organisation: ownCompany,
      // Of an engagement's worksheets both companies know by what they are judged.
      scoped: ({ company }, { play }) => company !== undefined && play !== null && company === play.owner,
    },
  },
  organisation_logo: {
    rows: "company",
    sees: {
      organisation: ownCompany,
      // Both companies print the entity's worksheets with it.
      scoped: ({ company }, { play }) => company !== undefined && play !== null && company === play.owner,
    },
  },
  sso_connection: {
    rows: "company",
    sees: { organisation: ownCompany, identity: companyOfAccount, system: everything },
  },
  data_key: { rows: "company", sees: { organisation: ownCompany, identity: companyOfAccount, system: everything } },
  idempotency_key: { rows: "person", sees: { identity: ownPerson, scoped: ownPerson, organisation: ownPerson } },
  invitation: {
    rows: "invitation",
    sees: {
      organisation: ({ company }, viewer) => company === viewer.company,
      identity: (_, { stance }) => stance.userId == null,
    },
  },
  engagement: {
    rows: "engagement",
    sees: {
      scoped: thisEngagement,
      organisation: ({ play }, { company }) =>
        play !== undefined && company !== null && sidesOf(play).includes(company),
      identity: ofThePerson,
    },
  },
  engagement_member: {
    rows: "member",
    sees: { scoped: thisEngagement, organisation: ownedEngagement, identity: ownPerson },
  },
  worksheet: {
    rows: "engagement",
    sees: { scoped: thisEngagement, organisation: ownedEngagement, identity: ofThePerson },
  },
  disposition: facts,
  worksheet_author: facts,
  worksheet_assignee: facts,
  evidence: facts,
  control_record: facts,
  revision: facts,
  sign_off: facts,
  evidence_file: content,
  blob: { rows: "engagement", sees: { scoped: thisEngagement, system: everything } },
  blob_key: { rows: "company", sees: { identity: companyOfAccount, system: everything } },
  webhook_endpoint: { ...webhooks, sees: { ...webhooks.sees, system: everything } },
  webhook_message: webhooks,
  webhook_attempt: webhooks,
  export_job: {
    rows: "member",
    sees: {
      scoped: (whose, viewer, cast) => thisEngagement(whose, viewer, cast) && ownPerson(whose, viewer, cast),
      identity: ownPerson,
      exports: everything,
    },
  },
  scope_answer: content,
  section: content,
  worksheet_transition: content,
  worksheet_origin: content,
  moved_key_set: content,
  thread: { rows: "discussion", sees: { scoped: thisDiscussion, identity: ofThePerson } },
  comment: { rows: "discussion", sees: { scoped: thisDiscussion } },
  // A proposal is its company's alone, as a private note is.
  criterion_decision: { rows: "discussion", sees: { scoped: thisDiscussion } },
  audit_event: {
    rows: "event",
    sees: {
      scoped: (whose, viewer, cast) => thisEngagement(whose, viewer, cast) && whose.log === viewer.play?.owner,
      organisation: ({ log }, { company }) => log === company,
    },
  },
  audit_head: { rows: "chain", sees: {} },
  audit_checkpoint: { rows: "chain", sees: {} },
  audit_segment: { rows: "chain", sees: {} },
  audit_kept: {
    rows: "event",
    sees: { scoped: (whose, viewer, cast) => thisEngagement(whose, viewer, cast) && whose.log === viewer.play?.owner },
  },
  signing_key_set: {
    rows: "change",
    sees: { scoped: everything, organisation: everything, system: everything },
  },
  service_gap: { rows: "change", sees: { system: everything, public: everything } },
  audit_change: { rows: "change", sees: {} },
  audit_pending: { rows: "change", sees: {} },
  audit_shape: { rows: "change", sees: {} },
};

/** Everybody's to read: no row of theirs belongs to anybody. */
export const CATALOGUE: readonly string[] = [
  "catalogue_version",
  "requirement",
  "requirement_mapping",
  "article_row",
  "article_claim",
  "key_option",
  "final_check",
  "service_identity",
];

/** Nobody's but the owner's. */
export const APART: readonly string[] = ["_prisma_migrations"];
