import { randomUUID } from "node:crypto";
import type pg from "pg";
import { codeOf } from "@/lib/db/connect";
import type { Stance } from "@/lib/db/stance";
import { inStance } from "@/test/in-stance";
import type { Findings } from "../support/findings";
import type { Cast, Company, Play, Player } from "./cast";
import { logOf, threadOf } from "./fill";

interface Attempt {
  readonly what: string;
  readonly stance: Stance;
  readonly statements: readonly string[];
  /** Absent where the attempt has to go through, so that the others are not refused for anything. */
  readonly refused?: true;
}

/**
 * What a whole table does not show: rows that would change hands, acts in another's name, other chains, and companies
 * that are about to be invited. @returns how many attempts had to be refused
 */
export async function checkAttempts(sql: pg.Client, cast: Cast, findings: Findings): Promise<number> {
  const attempts = attemptsOf(cast);
  for (const { what, stance, statements, refused } of attempts) {
    const code = await inStance(sql, stance, async () => {
      for (const statement of statements) {
        const answer = await sql.query(statement).then(() => "", codeOf);
        if (answer !== "") return answer;
      }
      return "";
    });
    const answered = `${what}: answered with “${code}”`;
    findings.expect(refused ? code === "42501" : code === "", answered);
  }
  return attempts.filter(({ refused }) => refused).length;
}

function attemptsOf(cast: Cast): Attempt[] {
  const play = found(cast.plays.find(({ accepted }) => accepted));
  const other = found(cast.plays.find(({ owner }) => owner !== play.owner));
  const firm = found(play.assessor);
  const [me, colleague] = peopleOf(cast, play.owner);
  const [stranger] = peopleOf(cast, other.owner);
  const [qsa] = peopleOf(cast, firm);
  const entity = { userId: me.id, organisationId: play.owner.id };
  const scoped = { kind: "scoped", ...entity, engagementId: play.id } as const;
  const byFirm = { kind: "scoped", userId: qsa.id, organisationId: firm.id, engagementId: play.id } as const;
  const organisation = { kind: "organisation", ...entity } as const;
  return [
    ...moved(scoped, other),
    refuse(
      "an engagement given to another owner",
      scoped,
      `UPDATE engagement SET organisation_id = '${other.owner.id}'`,
    ),
    refuse("a role for a stranger", scoped, member(play, stranger)),
    accept("a role for a colleague", scoped, member(play, colleague)),
    refuse("a comment in another's name", scoped, comment(play, threadOf(play, null), play.owner, colleague)),
    refuse("a comment in a private thread of the firm", scoped, comment(play, threadOf(play, firm), play.owner, me)),
    refuse("a comment in a private thread of the entity", byFirm, comment(play, threadOf(play, play.owner), firm, qsa)),
    accept(
      "a comment in the firm's private thread by the firm",
      byFirm,
      comment(play, threadOf(play, firm), firm, qsa),
    ),
    refuse("an event on the chain of a stranger", scoped, event(other.owner)),
    refuse("an event on the chain of the system", scoped, append("system")),
    refuse("an event on the firm's chain by the entity", scoped, event(firm)),
    accept("an event on the chain of the owner by the firm", byFirm, event(play.owner)),
    refuse("an event on another chain", organisation, event(firm)),
    refuse("the end of another chain", organisation, `SELECT * FROM audit_end('${logOf(other.owner)}')`),
    refuse(
      "a stretch of the firm's chain by the entity",
      scoped,
      `SELECT * FROM audit_stretch('${logOf(firm)}', 0, 9)`,
    ),
    refuse(
      "the checkpoint of another chain",
      organisation,
      `SELECT * FROM audit_last_checkpoint('${logOf(other.owner)}')`,
    ),
    refuse("what the signer may ask", organisation, "SELECT * FROM signer_chains()"),
    refuse("a checkpoint by hand", scoped, "SELECT signer_store('system', 1, '', '', '', now())"),
    accept(
      "the checkpoint of the owner's chain by the firm",
      byFirm,
      `SELECT * FROM audit_last_checkpoint('${logOf(play.owner)}')`,
    ),
    refuse(
      "the end of a chain before a decision",
      { kind: "identity", ...entity },
      "SELECT * FROM audit_end('system')",
    ),
    accept("the end of the owner's chain by the firm", byFirm, `SELECT * FROM audit_end('${logOf(play.owner)}')`),
    refuse("an event of the public", { kind: "public" }, append("system")),
    refuse("an engagement of another company", { ...organisation, organisationId: firm.id }, begin(play.owner, firm)),
    refuse(
      "a worksheet that is changed while it is held",
      { kind: "identity", userId: me.id },
      "UPDATE worksheet SET id = id",
    ),
    ...invited(scoped, play, cast),
  ];
}

/** Rows that would go into another engagement, from every table that has one. */
function moved(stance: Stance, other: Play): Attempt[] {
  const tables = [
    "engagement_member",
    "scope_answer",
    "disposition",
    "worksheet",
    "worksheet_author",
    "worksheet_assignee",
  ];
  tables.push(
    "section",
    "evidence",
    "evidence_file",
    "control_record",
    "blob",
    "revision",
    "worksheet_transition",
    "sign_off",
    "thread",
    "comment",
    "criterion_decision",
    "worksheet_origin",
    "moved_key_set",
  );
  return tables.map((table) =>
    refuse(`rows of ${table} moved`, stance, `UPDATE ${table} SET engagement_id = '${other.id}'`),
  );
}

/** A firm that is invited is seen once it is named; one with people of its own gets no admin from outside. */
function invited(stance: Stance, { owner }: Play, { companies }: Cast): Attempt[] {
  const name = (id: string) => `SELECT set_config('countervail.invited_id', '${id}', true)`;
  const fresh = randomUUID();
  const found = (kind: string) =>
    `INSERT INTO organisation (id, kind, name) VALUES ('${fresh}', '${kind}', 'New') RETURNING id`;
  const invite = (id: string) =>
    `INSERT INTO invitation (id, organisation_id, email, name, role, token_hash, invited_by_id, expires_at)
     VALUES (gen_random_uuid(), '${id}', 'a@b.example', 'A', 'admin', gen_random_uuid(), '${stance.userId}', now()) RETURNING id`;
  const known = companies.filter(({ kind, id }) => kind === "assessor" && id !== owner.id);
  return [
    accept("a new firm with its first admin", stance, name(fresh), found("assessor"), invite(fresh)),
    refuse("a new firm that was not named", stance, found("assessor")),
    refuse("a new entity", stance, name(fresh), found("entity")),
    ...known.map(({ id }) => refuse("an admin for a firm that has people", stance, name(id), invite(id))),
    refuse("an admin for the entity itself", stance, name(owner.id), invite(owner.id)),
  ];
}

function refuse(what: string, stance: Stance, ...statements: string[]): Attempt {
  return { what, stance, statements, refused: true };
}

function accept(what: string, stance: Stance, ...statements: string[]): Attempt {
  return { what, stance, statements };
}

function member(play: Play, person: Player): string {
  return `INSERT INTO engagement_member (id, engagement_id, organisation_id, user_id, role)
    VALUES (gen_random_uuid(), '${play.id}', '${play.owner.id}', '${person.id}', gen_random_uuid())`;
}

function comment(play: Play, thread: string, by: Company, author: Player): string {
  return `INSERT INTO comment (id, engagement_id, organisation_id, author_organisation_id, thread_id, body, author_id, at)
    VALUES (gen_random_uuid(), '${play.id}', '${play.owner.id}', '${by.id}', '${thread}', 'x', '${author.id}', now())`;
}

function event(company: Company): string {
  return append(logOf(company));
}

function append(log: string): string {
  return `SELECT audit_append('${log}', jsonb_build_object('at', '2026-11-24T09:00:00Z', 'action', 'test',
    'tx', set_config('countervail.tx_token', gen_random_uuid()::text, true))::text)`;
}

function begin(owner: Company, firm: Company): string {
  return `INSERT INTO engagement (id, organisation_id, assessor_organisation_id, name, standard_version, assessment_type,
      period_start, period_end, due_on, catalogue_version)
    VALUES (gen_random_uuid(), '${owner.id}', '${firm.id}', 'x', '4.0.1', 'ROC', now(), now(), now(), 'x')`;
}

function peopleOf({ players }: Cast, company: Company): [Player, Player] {
  const [first, second] = players.filter((one) => one.company === company);
  return [found(first), found(second)];
}

function found<T>(one: T | null | undefined): T {
  if (one == null) throw new Error("The cast lacks somebody.");
  return one;
}
