import { randomUUID } from "node:crypto";
import canonicalize from "canonicalize";
import pg from "pg";
import { withConnection } from "@/lib/db/connect";
import { MIGRATION_LOCK } from "@/lib/db/migrate";
import { MOVED_TABLES, type MovedTable, peopleIn, SHARED_TABLES } from "@/lib/domain/move/format";
import { OperatorError } from "@/lib/operator-error";
import type { BlobStore } from "@/lib/storage/blob-store";
import { type MovedKeys, vetDecisions } from "./moved-decisions";
import { storeFiles } from "./moved-files";
import { type MovedFile, movedLines, type ReadRow } from "./read-moved";
import { PLAIN_VALUES } from "./tables";

/** Where an engagement is to come in. */
export interface MoveInPlace {
  /** The database as the owner of its tables. */
  readonly ownerUrl: string;
  readonly store: BlobStore;
  /** Where files are put down before they are stored. */
  readonly draftFolder: string;
  readonly now: Date;
  /** Companies that are known here already, as the operator says, and take the engagement in beside their others. */
  readonly known: readonly string[];
  /** Ids of root keys of other services, which the operator has compared with what they know from elsewhere. */
  readonly roots: readonly string[];
  /** Whether files are scanned for viruses here: then those that come in wait for it, whatever was found elsewhere. */
  readonly scans: boolean;
}

/** A way in for an administrator who is new here: the hash of its token is stored, and the token handed out by the caller. */
export type MakeLink = (person: { readonly userId: string; readonly email: string; readonly name: string }) => {
  readonly tokenHash: string;
  readonly expiresAt: Date;
};

/** What came in. */
export interface MovedIn {
  readonly rows: number;
  readonly files: number;
}

const name = pg.escapeIdentifier;
/** Rows that are put in with one statement. */
const AT_ONCE = 200;
/** It judges a decision by the moment in which it is made, and these were made long ago. */
const OF_THE_MOMENT = { table: "criterion_decision", trigger: "criterion_decision_apart" } as const;

/**
 * Puts an engagement of another service in, with its ids: files first, then all rows in one transaction with an event that
 * tells the state of each, so that the trail here goes on from what came. The database's own rules judge the rows as they
 * judge those that are made here.
 * @throws OperatorError when something of it is here already, or the rows are not as they have to be; then nothing of it stays
 */
export async function moveIn(file: MovedFile, place: MoveInPlace, link: MakeLink): Promise<MovedIn> {
  const parties = await partiesIn(file);
  const { fresh, service } = await requireRoom(file, parties, place);
  const keys = await vetDecisions(file, { roots: place.roots, ownService: service });
  const files = await storeFiles(file, place);
  try {
    const rows = await withConnection(place.ownerUrl, (client) =>
      putIn(client, file, { ...place, parties, fresh, keys }, link),
    );
    return { rows, files };
  } catch (error) {
    throw asOperatorError(error);
  }
}

/**
 * What would be refused later is refused before anything is stored. A company that is here already is somebody's, so the
 * operator has to have named it. @returns the companies that are new here, and the id of this service
 */
function requireRoom({ head }: MovedFile, parties: Parties, { ownerUrl, known }: MoveInPlace): Promise<Room> {
  return withConnection(ownerUrl, async (client) => {
    await client.query("BEGIN");
    await client.query(PLAIN_VALUES);
    await liftForce(client);
    const there = async (table: string, id: string) =>
      (await client.query(`SELECT FROM ${name(table)} WHERE id = $1`, [id])).rowCount !== 0;
    if (!(await there("catalogue_version", head.catalogueVersion))) {
      throw new OperatorError(`The catalogue of ${head.catalogueVersion}, which it keeps to, is not loaded here.`);
    }
    if (await there("engagement", head.engagementId)) throw new OperatorError("This engagement is here already.");
    const fresh: string[] = [];
    for (const id of parties) {
      const isHere = await there("organisation", id);
      if (!isHere) fresh.push(id);
      else if (!known.includes(id)) {
        throw new OperatorError(
          `The company ${id} is here already. If it is the same one, say so: --organisation ${id}`,
        );
      }
    }
    const { rows } = await client.query<{ id: string }>("SELECT id FROM service_identity");
    await client.query("ROLLBACK");
    return { fresh, service: rows[0]?.id ?? "" };
  });
}

/** What is here before anything comes in. */
interface Room {
  readonly fresh: string[];
  readonly service: string;
}

/** The ids of the companies that an engagement is of. */
type Parties = readonly string[];

/** The companies of the file: the owner's, and the assessor company of the engagement's row. */
async function partiesIn(file: MovedFile): Promise<Parties> {
  for await (const line of movedLines(file)) {
    if (!("row" in line) || line.table !== "engagement") continue;
    const assessor = line.row.assessor_organisation_id;
    return [file.head.organisationId, ...(typeof assessor === "string" ? [assessor] : [])];
  }
  throw new OperatorError("The file has no engagement in it.");
}

/** Where it comes in, and who its companies are. */
interface Entry extends MoveInPlace {
  readonly parties: Parties;
  /** Those that are new here: their people come in with them. Who belongs to a company that is here is for that company to say. */
  readonly fresh: Parties;
  /** Of the service that it comes from; null where that one signed nothing. */
  readonly keys: MovedKeys | null;
}

async function putIn(client: pg.Client, file: MovedFile, place: Entry, link: MakeLink): Promise<number> {
  await client.query("SELECT pg_advisory_lock($1)", [MIGRATION_LOCK]);
  await client.query("BEGIN");
  await client.query(PLAIN_VALUES);
  const tx = randomUUID();
  await client.query("SELECT set_config('countervail.tx_token', $1, true)", [tx]);
  await liftForce(client);
  await client.query(`ALTER TABLE ${OF_THE_MOMENT.table} DISABLE TRIGGER ${OF_THE_MOMENT.trigger}`);
  const rows = await putRows(client, file, place);
  await putKeys(client, file, place);
  await putLinks(client, place, link);
  await recordEvent(client, file, place.now, tx);
  await client.query("SET CONSTRAINTS ALL IMMEDIATE");
  await client.query(`ALTER TABLE ${OF_THE_MOMENT.table} ENABLE TRIGGER ${OF_THE_MOMENT.trigger}`);
  for (const table of TOUCHED) await client.query(`ALTER TABLE ${name(table)} FORCE ROW LEVEL SECURITY`);
  await client.query("COMMIT");
  return rows;
}

const TOUCHED = [...MOVED_TABLES, "password_reset"];

/** For this transaction alone, as migrations do (CONTRIBUTING.md): the owner is no exception otherwise. */
async function liftForce(client: pg.Client): Promise<void> {
  for (const table of TOUCHED) await client.query(`ALTER TABLE ${name(table)} NO FORCE ROW LEVEL SECURITY`);
}

async function putRows(client: pg.Client, file: MovedFile, entry: Entry): Promise<number> {
  let batch: ReadRow[] = [];
  let count = 0;
  const people = new Set<string>();
  const put = async () => {
    const [first] = batch;
    const rows = batch.map((one) => (entry.scans ? waiting(one) : one.row));
    if (first) count += await insert(client, first.table, rows);
    batch = [];
  };
  for await (const line of movedLines(file)) {
    if (!("row" in line)) continue;
    requireOwn(line, file, { parties: entry.parties, people });
    if (line.table === "membership") people.add(String(line.row.user_id));
    if (line.table === "membership" && !entry.fresh.includes(String(line.row.organisation_id))) continue;
    if (batch.length >= AT_ONCE || (batch[0] && batch[0].table !== line.table)) await put();
    batch.push(line);
  }
  await put();
  return count;
}

/** What another service's scanner said of a file is hearsay; that it objected is heard. */
function waiting({ table, row }: ReadRow): ReadRow["row"] {
  if (table !== "blob" || row.scan === "infected") return row;
  return { ...row, scan: "pending", scan_note: "", scanned_at: null };
}

/** Who is of the file: its companies, and their people as far as they came by. */
interface Cast {
  readonly parties: Parties;
  readonly people: ReadonlySet<string>;
}

/** A row that belongs to anybody else would come in beneath them, and one that names somebody else would speak for them. */
function requireOwn({ table, row }: ReadRow, { head }: MovedFile, { parties, people }: Cast): void {
  const author = row.author_organisation_id ?? null;
  const isOfParty = author === null || parties.includes(String(author));
  // Companies and people come before all rows that name any of them.
  const isByMembers = SHARED_TABLES.includes(table) || peopleIn(row).every((id) => people.has(id));
  if (belongs(table, row, head, parties) && isOfParty && isByMembers) return;
  throw new OperatorError(`A row of ${table} in the file does not belong to its engagement.`);
}

function belongs(table: MovedTable, row: ReadRow["row"], head: MovedFile["head"], parties: Parties): boolean {
  if (table === "app_user") return true;
  if (table === "organisation") return parties.includes(String(row.id));
  if (table === "membership") return parties.includes(String(row.organisation_id));
  const engagement = table === "engagement" ? row.id : row.engagement_id;
  return engagement === head.engagementId && row.organisation_id === head.organisationId;
}

async function insert(client: pg.Client, table: MovedTable, rows: readonly object[]): Promise<number> {
  const known = SHARED_TABLES.includes(table) ? " ON CONFLICT (id) DO NOTHING" : "";
  const { rowCount } = await client.query(
    `INSERT INTO ${name(table)} SELECT * FROM jsonb_populate_recordset(NULL::${name(table)}, $1::jsonb)${known}`,
    [JSON.stringify(rows)],
  );
  return rowCount ?? 0;
}

/** The keys by which what was decided elsewhere verifies stay with the engagement, and leave with it again. */
async function putKeys(client: pg.Client, { head }: MovedFile, { keys, now }: Entry): Promise<void> {
  if (!keys) return;
  await client.query(
    `INSERT INTO moved_key_set (id, engagement_id, organisation_id, service, envelope, recorded_at)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [randomUUID(), head.engagementId, head.organisationId, keys.service, keys.envelope, now],
  );
}

/**
 * Nobody brings a password along: administrators of a company that is new here get a link to choose theirs, and let the
 * others in; of a company whose administrators did not come along, everybody who did.
 */
async function putLinks(client: pg.Client, { now, fresh }: Entry, link: MakeLink): Promise<void> {
  const { rows } = await client.query<{ userId: string; email: string; name: string }>(
    `SELECT u.id AS "userId", u.email, u.name FROM membership m JOIN app_user u ON u.id = m.user_id
     WHERE m.organisation_id = ANY ($1::uuid[]) AND u.disabled_at IS NULL AND u.email IS NOT NULL AND (m.role = 'admin' OR NOT EXISTS (
         SELECT FROM membership a WHERE a.organisation_id = m.organisation_id AND a.role = 'admin'))
       AND NOT EXISTS (SELECT FROM credential c WHERE c.user_id = u.id) ORDER BY u.email`,
    [fresh],
  );
  for (const person of rows) {
    const { tokenHash, expiresAt } = link(person);
    await client.query(
      "INSERT INTO password_reset (id, user_id, token_hash, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)",
      [randomUUID(), person.userId, tokenHash, now, expiresAt],
    );
  }
}

/** One event tells every row that came. */
async function recordEvent(client: pg.Client, { head, sha256 }: MovedFile, now: Date, tx: string): Promise<void> {
  const { rows: changes } = await client.query(
    `SELECT table_name AS "table", row_id AS id, number, state FROM audit_states() ORDER BY 1, 2`,
  );
  const payload = canonicalize({
    v: 1,
    at: now.toISOString(),
    actorId: null,
    actorOrganisationId: null,
    action: "engagement.moved_in",
    requestId: "import",
    engagementId: head.engagementId,
    detail: { service: head.service, fileSha256: sha256 },
    changes,
    tx,
  });
  await client.query("SELECT audit_append($1, $2)", [`org:${head.organisationId}`, payload]);
}

/** What the database refuses is the file's fault: it says which rule, and the row stays out of the words. */
function asOperatorError(error: unknown): unknown {
  if (!(error instanceof pg.DatabaseError)) return error;
  if (error.constraint === "app_user_email_key") {
    return new OperatorError("Nothing was put in: somebody of the file has an address that another account here has.");
  }
  const what = error.table ?? "the database";
  return new OperatorError(`Nothing was put in: ${what} refuses a row of the file (${error.message}).`);
}
