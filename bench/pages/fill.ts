import { createHash, randomUUID } from "node:crypto";
import type pg from "pg";
import { chainStart, entryHash, hashPayload } from "@/lib/domain/audit/chain";
import { sha256 } from "@/lib/signing/node-crypto";
import { unguarded } from "../../prove/support/sql";

/** Where rows are put. */
export interface Place {
  readonly organisationId: string;
  /** The engagement that has rows of the trail, and the documents of its realistic most. */
  readonly engagementId: string;
  readonly userId: string;
}

/** Requirements that the engagement which is looked at decides: about as many as PCI DSS has. */
export const REQUIREMENTS = 300;
/** Of how many of them there is a worksheet. */
export const WORKSHEETS = 60;
/** Engagements that the person takes part in, beside that one: 60 or 600, both of them more than a page has. */
const ownEngagements = (rows: number) => Math.min(Math.round(rows * 0.06), 600);
/** Events that go in with one statement. */
const BATCH = 5_000;

/**
 * Puts down rows as an installation has them after years: people, engagements, the rows of workbooks, worksheets, findings,
 * comments, evidence, exports and events, so many of each. Events make a chain that verifies; the other rows are put down
 * without events, which a check of rows against the trail would tell.
 */
export async function fill(sql: pg.Client, place: Place, rows: number): Promise<void> {
  await unguarded(sql, async () => {
    for (const statement of STATEMENTS) await sql.query(statement(place, rows));
  });
  await fillTrail(sql, place, rows);
  await sql.query("ANALYZE");
}

const quoted = (text: string) => `'${text}'::uuid`;

/**
 * What is put down, in the order in which rows refer to each other. An organisation, an engagement and a person have as
 * many of everything as they can come to, and the rest is that of others; the trail is one organisation's own to its end.
 */
const STATEMENTS: readonly ((place: Place, rows: number) => string)[] = [
  (_, rows) => `INSERT INTO app_user (id, email, name)
    SELECT md5('user' || n)::uuid, 'person' || n || '@bench.example', 'Person ' || n FROM generate_series(1, ${rows}) n`,
  // People of other companies, so that those of one stay as many as a company has.
  (_, rows) => `INSERT INTO organisation (id, kind, name)
    SELECT md5('org' || n)::uuid, 'entity', 'Company ' || n FROM generate_series(1, greatest(${rows} / 100, 1)) n`,
  (_, rows) => `INSERT INTO membership (id, organisation_id, user_id, role)
    SELECT md5('membership' || n)::uuid, md5('org' || (1 + n % greatest(${rows} / 100, 1)))::uuid, md5('user' || n)::uuid, 'member'
    FROM generate_series(1, ${rows}) n`,
  ({ organisationId }, rows) => `INSERT INTO engagement (id, organisation_id, name, standard_version, assessment_type,
      period_start, period_end, due_on, catalogue_version, created_at)
    SELECT md5('engagement' || n)::uuid,
      CASE WHEN n <= ${ownEngagements(rows)} THEN ${quoted(organisationId)} ELSE md5('org' || (1 + n % greatest(${rows} / 100, 1)))::uuid END,
      'Assessment ' || n, '4.0.1', 'ROC', '2026-01-01', '2026-12-31', '2027-01-31',
      (SELECT id FROM catalogue_version ORDER BY loaded_at DESC LIMIT 1), now() - interval '1 day' - n * interval '1 minute'
    FROM generate_series(1, ${rows}) n`,
  ({ userId }, rows) => `INSERT INTO engagement_member (id, engagement_id, organisation_id, user_id, role, created_at)
    SELECT gen_random_uuid(), id, organisation_id, ${quoted(userId)}, 'lead', created_at FROM engagement
    WHERE id IN (SELECT md5('engagement' || n)::uuid FROM generate_series(1, ${ownEngagements(rows)}) n)`,
  // Everybody else has one.
  (_, rows) => `INSERT INTO engagement_member (id, engagement_id, organisation_id, user_id, role, created_at)
    SELECT gen_random_uuid(), e.id, e.organisation_id, md5('user' || n)::uuid, 'lead', now()
    FROM generate_series(${ownEngagements(rows) + 1}, ${rows}) n JOIN engagement e ON e.id = md5('engagement' || n)::uuid`,
  ({ organisationId, engagementId, userId }) => `INSERT INTO disposition (id, engagement_id, organisation_id,
      requirement_number, source, updated_by_id, updated_at)
    SELECT gen_random_uuid(), ${quoted(engagementId)}, ${quoted(organisationId)}, r.number, 'added', ${quoted(userId)}, now()
    FROM (SELECT number FROM requirement WHERE standard_version = '4.0.1' AND leaf AND catalogue_version_id =
        (SELECT id FROM catalogue_version ORDER BY loaded_at DESC LIMIT 1) ORDER BY position LIMIT ${REQUIREMENTS}) r
    ON CONFLICT DO NOTHING`,
  ({ userId }, rows) => `INSERT INTO disposition (id, engagement_id, organisation_id,
      requirement_number, source, updated_by_id, updated_at)
    SELECT md5('row' || n)::uuid, e.id, e.organisation_id, '8.' || (n % 100), 'added', ${quoted(userId)}, now()
    FROM generate_series(0, ${rows} - 1) n JOIN engagement e ON e.id = md5('engagement' || (1 + n / 10))::uuid`,
  ({
    engagementId,
    organisationId,
    userId,
  }) => `INSERT INTO worksheet (id, engagement_id, organisation_id, disposition_id, requirement_number, created_by_id)
    SELECT gen_random_uuid(), ${quoted(engagementId)}, ${quoted(organisationId)}, id, requirement_number, ${quoted(userId)}
    FROM disposition WHERE engagement_id = ${quoted(engagementId)} ORDER BY requirement_number LIMIT ${WORKSHEETS}
    ON CONFLICT DO NOTHING`,
  ({
    userId,
  }) => `INSERT INTO worksheet (id, engagement_id, organisation_id, disposition_id, requirement_number, created_by_id)
    SELECT md5('sheet' || id)::uuid, engagement_id, organisation_id, id, requirement_number, ${quoted(userId)}
    FROM disposition WHERE id NOT IN (SELECT disposition_id FROM worksheet)
      AND engagement_id IN (SELECT id FROM engagement WHERE name LIKE 'Assessment %')`,
  () => `INSERT INTO section (id, engagement_id, organisation_id, worksheet_id, key, narrative, items, updated_at)
    SELECT gen_random_uuid(), w.engagement_id, w.organisation_id, w.id, s.key, s.narrative, s.items, now()
    FROM worksheet w CROSS JOIN (SELECT DISTINCT ON (key) key, narrative, items FROM section WHERE key <> 'criteria') s
    ON CONFLICT DO NOTHING`,
  ({
    userId,
  }) => `INSERT INTO thread (id, engagement_id, organisation_id, author_organisation_id, worksheet_id, revision_number,
      section, visibility, opened_by_id, opened_at)
    SELECT md5('thread' || id)::uuid, engagement_id, organisation_id, organisation_id, id, 1, 'objective', 'shared', ${quoted(userId)}, now()
    FROM worksheet`,
  ({
    userId,
  }) => `INSERT INTO comment (id, engagement_id, organisation_id, author_organisation_id, thread_id, body, author_id, at)
    SELECT gen_random_uuid(), engagement_id, organisation_id, organisation_id, id, 'Which firewall is meant?', ${quoted(userId)}, now()
    FROM thread`,
  ({
    userId,
  }) => `INSERT INTO evidence (id, engagement_id, organisation_id, worksheet_id, section, title, url, collected_on,
      added_by_id, added_at)
    SELECT md5('evidence' || id)::uuid, engagement_id, organisation_id, id, 'definition', 'Rules of the firewall',
      'https://bench.example/rules', current_date, ${quoted(userId)}, now()
    FROM worksheet`,
  () => `INSERT INTO blob (id, engagement_id, organisation_id, sha256, size, type, key, stored_at, scan)
    SELECT md5('blob' || id)::uuid, engagement_id, organisation_id, encode(sha256(id::text::bytea), 'hex'), 10, 'text/plain',
      encode(sha256(id::text::bytea), 'hex'), now(), 'off'
    FROM evidence`,
  ({
    userId,
  }) => `INSERT INTO evidence_file (id, engagement_id, organisation_id, worksheet_id, evidence_id, blob_id, name, position, uploaded_by_id, uploaded_at)
    SELECT md5('file' || id)::uuid, engagement_id, organisation_id, worksheet_id, id, md5('blob' || id)::uuid, 'rules.txt', 1, ${quoted(userId)}, now()
    FROM evidence`,
  // A person has twenty that are over, and the rest are other people's.
  (
    { userId },
    rows,
  ) => `INSERT INTO export_job (id, engagement_id, organisation_id, requested_by_id, kind, paper, seen, state,
      requested_at, finished_at, removes_at, removed_at)
    SELECT gen_random_uuid(), engagement_id, organisation_id, CASE WHEN n <= 20 THEN ${quoted(userId)} ELSE md5('user' || n)::uuid END,
      'workbook', 'A4', 'all', 'failed', now() - interval '30 days', now(), now(), now()
    FROM (SELECT *, row_number() OVER (ORDER BY id) AS n FROM disposition) d WHERE n <= ${rows}`,
];

/** Appends events as an organisation leaves them, nine of ten of the engagement, the tenth a sign-in of somebody. */
async function fillTrail(sql: pg.Client, place: Place, rows: number): Promise<void> {
  const { organisationId, engagementId } = place;
  const logId = `org:${organisationId}`;
  const { rows: heads } = await sql.query<{ size: string; head: Buffer }>(
    "SELECT size, head FROM audit_head WHERE log_id = $1",
    [logId],
  );
  const start = chainStart(logId, sha256);
  let next = BigInt(heads[0]?.size ?? start.nextSeq);
  let last: Uint8Array = heads[0]?.head ?? start.lastHash;
  const begun = Date.now() - rows * 60_000;
  const { rows: sheets } = await sql.query<{ id: string }>("SELECT id FROM worksheet WHERE engagement_id = $1", [
    engagementId,
  ]);
  for (let done = 0; done < rows; done += BATCH) {
    const events = Array.from({ length: Math.min(BATCH, rows - done) }, (_, n) => {
      const at = new Date(begun + (done + n) * 60_000).toISOString();
      const sheet = sheets[n % sheets.length]?.id ?? "";
      const { payload, ...event } = n % 10 === 9 ? signIn(place, n, at) : save(place, n, at, sheet);
      const prev = last;
      const entry = entryHash(next, prev, hashPayload(payload, sha256), sha256);
      const row = [
        next,
        prev,
        entry,
        payload,
        at,
        event.action,
        event.actor,
        event.engagement,
        event.worksheet,
      ] as const;
      next += 1n;
      last = entry;
      return row;
    });
    const column = (at: number) => events.map((event) => event[at]);
    await unguarded(sql, () =>
      sql.query(
        `INSERT INTO audit_event (log_id, seq, prev_hash, entry_hash, payload, tx_token, at, action, actor_id, engagement_id, worksheet_id)
         SELECT $1, seq, prev, entry, payload, gen_random_uuid(), at, action, actor, engagement, worksheet
         FROM unnest($2::bigint[], $3::bytea[], $4::bytea[], $5::text[], $6::timestamptz[], $7::text[], $8::uuid[], $9::uuid[], $10::uuid[])
           AS e (seq, prev, entry, payload, at, action, actor, engagement, worksheet)`,
        [logId, ...Array.from({ length: 9 }, (_, at) => column(at))],
      ),
    );
  }
  await unguarded(sql, () =>
    sql.query("UPDATE audit_head SET size = $2, head = $3 WHERE log_id = $1", [logId, next, last]),
  );
}

/** Somebody signs in: one of a hundred people, or, each fifth time, the one who looks at the lists. */
function signIn({ organisationId, userId }: Place, n: number, at: string) {
  const actor =
    n % 50 === 49
      ? userId
      : createHash("md5")
          .update(`user${(n % 100) + 1}`)
          .digest("hex");
  const detail = { methods: ["password"], stage: "full" };
  const payload = payloadOf("session.started", { actorId: actor, actorOrganisationId: organisationId, at, detail });
  return { action: "session.started", actor, engagement: null, worksheet: null, payload };
}

function save({ organisationId, engagementId, userId }: Place, n: number, at: string, worksheetId: string) {
  const detail = { section: "objective", sha256: "0".repeat(64), version: n };
  const place = { engagementId, worksheetId };
  const payload = payloadOf("section.saved", {
    ...{ actorId: userId, actorOrganisationId: organisationId, at, detail },
    ...place,
  });
  return { action: "section.saved", actor: userId, engagement: engagementId, worksheet: worksheetId, payload };
}

function payloadOf(action: string, said: Readonly<Record<string, unknown>>): string {
  const rest = { changes: [], origin: { address: "192.0.2.10" }, requestId: randomUUID(), tx: randomUUID(), v: 1 };
  return JSON.stringify({ action, ...said, ...rest });
}
