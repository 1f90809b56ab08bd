import { codeOf } from "@/lib/db/connect";
import { CRITERION_IDS } from "@/lib/domain/worksheet/criteria";
import { inStance } from "@/test/in-stance";
import { addMember } from "../support/cast";
import type { Random } from "../support/random";
import { asApplication, asSuperuser, unguarded } from "../support/sql";
import { must, saveSection, submittableOf } from "../support/workbook";
import { type Line, nameOf } from "./line";
import type { PersonKey, World } from "./people";
import { EVIDENCE } from "./play-worksheet";
import type { Expected } from "./rights";
import type { Runner } from "./run-cases";
import type { Scene, Spot } from "./spot";

type Act = "save a section" | "add evidence" | "change evidence" | "remove evidence";
const ACTS: readonly Act[] = ["save a section", "add evidence", "change evidence", "remove evidence"];
const MOVES = "POST /api/v1/worksheets/[worksheetId]/moves";
const SIGN_OFF = "POST /api/v1/worksheets/[worksheetId]/sign-off";

/** What is proved of people who hold more roles than one, or other ones than before. */
export class Separation {
  constructor(
    private readonly runner: Runner,
    private readonly lines: readonly Line[],
  ) {}

  /** Every scenario; the short form lets one of the ways to become an author stand for all. */
  async prove(short: boolean, random: Random): Promise<void> {
    for (const act of short ? [random.pick(ACTS)] : ACTS) {
      await this.#authorDecides(act);
      await this.#authorReviews(act);
    }
    await this.#authorFromTheAssessor();
    await this.#qsaRoleInsideTheEntity();
    await this.#deciderWrites();
    await this.#assessorComesWhileSigning();
    await this.#databaseRefuses();
  }

  /** Somebody who once wrote is given the ISA's role where no assessor company takes part. */
  async #authorDecides(act: Act): Promise<void> {
    const spot = this.#sheet("self_assessed", "draft");
    await this.#becomeAuthor(spot, act);
    await this.#move(spot, "submit");
    await this.#setRole("other_contributor", "self_assessed", "isa");
    await this.#deny(`${SIGN_OFF} (sign)`, await this.#asStored(spot), "other_contributor", ["not_an_author"]);
    await this.#deny(`${SIGN_OFF} (refuse)`, await this.#asStored(spot), "other_contributor", ["not_an_author"]);
    await this.runner.watch.putBack();
  }

  /** Somebody who once wrote is made an internal reviewer. */
  async #authorReviews(act: Act): Promise<void> {
    const spot = this.#sheet("assessed", "draft");
    await this.#becomeAuthor(spot, act);
    await this.#sql("UPDATE engagement SET internal_review = true WHERE id = $1", [this.#engagement("assessed")]);
    await this.#move(spot, "submit");
    await this.#setRole("other_contributor", "assessed", "internal_reviewer");
    await this.#deny(`${MOVES} (approve_internally)`, spot, "other_contributor", ["not_an_author"]);
    await this.#deny(`${MOVES} (send_back)`, spot, "other_contributor", ["not_an_author"]);
    await this.runner.watch.putBack();
  }

  /** A QSA who wrote in an earlier employment. */
  async #authorFromTheAssessor(): Promise<void> {
    for (const [scene, kind] of [
      ["qsa_review", "sign"],
      ["qsa_review", "refuse"],
      ["signed", "revoke"],
    ] as const) {
      const spot = this.#sheet("assessed", scene);
      await this.#sql(
        `INSERT INTO worksheet_author (worksheet_id, user_id, engagement_id, organisation_id, first_at)
         SELECT id, $2, engagement_id, organisation_id, now() FROM worksheet WHERE id = $1`,
        [spot.params.worksheetId, this.runner.stage.players.qsa_lead.userId],
      );
      await this.#deny(`${SIGN_OFF} (${kind})`, spot, "qsa_lead", ["not_an_author"]);
      await this.runner.watch.putBack();
    }
  }

  /** Somebody of the entity never decides where an assessor company takes part, whatever the rows say. */
  async #qsaRoleInsideTheEntity(): Promise<void> {
    await this.#setRole("officer", "assessed", "qsa_lead");
    for (const kind of ["sign", "refuse"]) {
      await this.#deny(`${SIGN_OFF} (${kind})`, this.#sheet("assessed", "qsa_review"), "officer", ["not_allowed"]);
    }
    await this.runner.watch.putBack();
  }

  /** Whoever decides as ISA never writes, as lead neither. */
  async #deciderWrites(): Promise<void> {
    const { players } = this.runner.stage;
    const engagement = { id: this.#engagement("self_assessed"), organisationId: players.lead.organisationId };
    await addMember(this.runner.stage.sql, engagement, players.lead, "isa");
    const draft = this.#sheet("self_assessed", "draft");
    const row = this.runner.stage.spots.find(
      (spot) => spot.kind === "row" && spot.world === "self_assessed" && !spot.taken,
    );
    if (!row) throw new Error("There is no free row.");
    const section = "PUT /api/v1/worksheets/[worksheetId]/sections/[section]";
    await this.#deny(section, draft, "lead", ["not_the_decider"]);
    await this.#deny("POST /api/v1/worksheets/[worksheetId]/evidence", draft, "lead", ["not_the_decider"]);
    await this.#deny("POST /api/v1/dispositions/[dispositionId]/worksheet", row, "lead", ["not_the_decider"]);
    await this.#deny("POST /api/v1/dispositions/[dispositionId]/records", row, "lead", ["not_the_decider"]);
    await this.runner.watch.putBack();
  }

  /**
   * An assessor company is invited between the ISA's right and the signature: the database refuses what the policy let
   * through, and that is a denial like any other.
   */
  async #assessorComesWhileSigning(): Promise<void> {
    const spot = this.#sheet("self_assessed", "qsa_review");
    const { app, organisations } = this.runner.stage;
    await asSuperuser(app, async (other) => {
      await other.query("BEGIN");
      await other.query("LOCK TABLE sign_off IN SHARE MODE");
      const signing = this.#deny(`${SIGN_OFF} (sign)`, spot, "isa", ["separation_of_duties"], ["engagement"]);
      const waiting = `SELECT FROM pg_locks
        WHERE relation = 'sign_off'::regclass AND mode = 'RowExclusiveLock' AND NOT granted`;
      const end = Date.now() + 60_000;
      while ((await other.query(waiting)).rowCount === 0) {
        if (Date.now() > end) throw new Error("The signature does not get as far as its row.");
      }
      await other.query("SET LOCAL session_replication_role = replica");
      await other.query("UPDATE engagement SET assessor_organisation_id = $2 WHERE id = $1", [
        this.#engagement("self_assessed"),
        organisations.assessor,
      ]);
      await other.query("COMMIT");
      await signing;
    });
    await this.runner.watch.putBack();
  }

  /** The rules that the database keeps by itself, against whoever has the application's rights on it. */
  async #databaseRefuses(): Promise<void> {
    const { app } = this.runner.stage;
    const assessed = this.#sheet("assessed", "qsa_review");
    const alone = this.#sheet("self_assessed", "qsa_review");
    const digest = assessed.sheet?.digest ?? "";
    const attempts: readonly (readonly [what: string, spot: Spot, signer: PersonKey, digest: string, code: string])[] =
      [
        ["an author", alone, "contributor", alone.sheet?.digest ?? "", "CV004"],
        ["somebody of the entity beside an assessor company", assessed, "isa", digest, "CV004"],
        ["another digest than the revision's", assessed, "qsa_lead", "0".repeat(64), "CV004"],
        ["who may, with a criterion that is not met", assessed, "qsa_lead", digest, "CV004"],
        // Otherwise the others could be refused for anything.
        ["who may", assessed, "qsa_lead", digest, ""],
      ];
    for (const [what, spot, signer, signed, code] of attempts) {
      const { userId, organisationId, name } = this.runner.stage.players[signer];
      const engagementId = this.runner.stage.engagements[spot.world];
      const stance = { kind: "scoped", userId, organisationId, engagementId } as const;
      const outcome = what.endsWith("not met") ? "not_met" : "met";
      const criteria = JSON.stringify(CRITERION_IDS.map((id) => ({ id, outcome })));
      const values = [spot.params.worksheetId, signed, userId, name, criteria];
      const answer = await asApplication(app, (sql) =>
        inStance(sql, stance, () => sql.query(SIGN_OFF_ROW, values).then(() => "", codeOf)),
      );
      this.runner.findings.expect(answer === code, `the database answers a signature of ${what} with “${answer}”`);
    }
  }

  /** Lets the contributor without the worksheet have it, and leave a trace in it. */
  async #becomeAuthor(spot: Spot, act: Act): Promise<void> {
    const { players } = this.runner.stage;
    const { worksheetId = "", evidenceId } = spot.params;
    const lead = players.lead.plain.client;
    const { client } = players.other_contributor.plain;
    const userIds = [players.other_contributor.userId];
    must(await lead.send("PUT", `/api/v1/worksheets/${worksheetId}/assignees`, { body: { userIds } }));
    switch (act) {
      case "save a section":
        must(
          await saveSection(client, { worksheetId, key: "objective" }, 1, submittableOf("objective", "Written once.")),
        );
        return;
      case "add evidence":
        must(await client.send("POST", `/api/v1/worksheets/${worksheetId}/evidence`, { body: EVIDENCE }));
        return;
      case "change evidence":
        must(await client.send("PUT", `/api/v1/evidence/${evidenceId}`, { body: { ...EVIDENCE, version: 1 } }));
        return;
      case "remove evidence":
        must(await client.send("DELETE", `/api/v1/evidence/${evidenceId}?version=1`));
    }
  }

  async #move(spot: Spot, move: string): Promise<void> {
    const path = `/api/v1/worksheets/${spot.params.worksheetId}/moves`;
    must(await this.runner.stage.players.lead.plain.client.send("POST", path, { body: { move, reason: "" } }));
  }

  /** Gives somebody one role in the place of all others. */
  async #setRole(key: PersonKey, world: World, role: "isa" | "internal_reviewer" | "qsa_lead"): Promise<void> {
    const { players, sql } = this.runner.stage;
    const id = this.#engagement(world);
    const player = players[key];
    await this.#sql("DELETE FROM engagement_member WHERE engagement_id = $1 AND user_id = $2", [id, player.userId]);
    await addMember(sql, { id, organisationId: players.lead.organisationId }, player, role);
  }

  /** A worksheet with the digest that it has now. */
  async #asStored(spot: Spot): Promise<Spot> {
    const { rows } = await this.runner.stage.sql.query<{ digest: string }>(
      "SELECT digest FROM revision WHERE worksheet_id = $1 ORDER BY number DESC LIMIT 1",
      [spot.params.worksheetId],
    );
    return spot.sheet ? { ...spot, sheet: { ...spot.sheet, digest: rows[0]?.digest ?? "" } } : spot;
  }

  /** Asks for something with the password entered again, which has to be denied for that reason alone. */
  async #deny(
    name: string,
    spot: Spot,
    asker: PersonKey,
    codes: readonly string[],
    aside: readonly string[] = [],
  ): Promise<void> {
    const line = this.lines.find((one) => nameOf(one) === name);
    if (!line) throw new Error(`The matrix has no line ${name}.`);
    const expected: Expected = { kind: "denied", status: 403, codes };
    await this.runner.watch.look();
    await this.runner.run({ line, spot, asker, steppedUp: true, expected }, aside);
  }

  #sheet(world: World, scene: Scene): Spot {
    const spot = this.runner.stage.spots.find(
      (one) => one.kind === "worksheet" && one.world === world && one.sheet?.scene === scene,
    );
    if (!spot) throw new Error(`Nothing was played into ${scene}.`);
    return spot;
  }

  #engagement(world: World): string {
    return this.runner.stage.engagements[world];
  }

  async #sql(text: string, values: readonly unknown[]): Promise<void> {
    const { sql } = this.runner.stage;
    await unguarded(sql, () => sql.query(text, [...values]));
  }
}

/** A signature on the newest revision of a worksheet, as somebody with the application's rights would put it in. */
const SIGN_OFF_ROW = `
  WITH said AS (
    SELECT r.*, s.id AS statement_id, jsonb_build_object('id', s.id, 'kind', 'signed', 'commentsSha256',
      encode(sha256('{}'), 'hex'), 'worksheet', jsonb_build_object('id', r.worksheet_id, 'sha256', $2::text),
      'signer', jsonb_build_object('id', $3::text), 'authentication', jsonb_build_object('kind', 'server_witnessed'),
      'criteria', $5::jsonb)::text AS text
    FROM revision r CROSS JOIN (SELECT gen_random_uuid() AS id) AS s
    WHERE r.worksheet_id = $1 ORDER BY r.number DESC LIMIT 1)
  INSERT INTO sign_off (id, engagement_id, organisation_id, worksheet_id, revision_id, kind, digest, statement_version,
    statement_text, signer_id, signer_name, signer_role, firm_name, at, statement, statement_sha256, envelope, comments, witness)
  SELECT statement_id, engagement_id, organisation_id, worksheet_id, id, 'signed', $2, 'v', 'words', $3::uuid, $4,
    'Lead QSA', 'Firm', now(), text, encode(sha256(convert_to(text, 'UTF8')), 'hex'), '{}', '{}', 'server_witnessed'
  FROM said`;
