import type pg from "pg";
import type { App } from "../support/app";
import { addOrganisation, addPerson, addSession, type PutSession } from "../support/cast";
import type { Findings } from "../support/findings";

/** How old a session may be and how long unused, in seconds, and whether it is there then: a minute before, and after. */
const AGES = [
  { what: "unused for 14:00", unused: 840, age: 840, there: true },
  { what: "unused for 15:00", unused: 900, age: 900, there: false },
  { what: "7:59:00 old", unused: 0, age: 28_740, there: true },
  { what: "8:00:00 old", unused: 0, age: 28_800, there: false },
] as const;

/** A request, how long its session was unused before (seconds), and whether it counts as use that is stored. */
interface Use {
  readonly what: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly unused: number;
  readonly stored: boolean;
}

const POLL = { "x-countervail-background": "1" };
const AHEAD = { rsc: "1", "next-router-prefetch": "1" };
const PART_AHEAD = { ...AHEAD, "next-router-segment-prefetch": "/_tree" };
const byItself = { unused: 600, stored: false } as const;
const byThePerson = { unused: 600, stored: true } as const;

const USES: readonly Use[] = [
  { what: "polling the session", path: "/api/v1/session", headers: POLL, ...byItself },
  { what: "polling the account", path: "/api/v1/me", headers: POLL, ...byItself },
  { what: "a link that the router fetched ahead", path: "/account", headers: AHEAD, ...byItself },
  { what: "a part of a page that the router fetched ahead", path: "/account", headers: PART_AHEAD, ...byItself },
  {
    what: "a page that the browser fetched ahead",
    path: "/account",
    headers: { "sec-purpose": "prefetch" },
    ...byItself,
  },
  { what: "a request of the page", path: "/api/v1/me", ...byThePerson },
  { what: "opening a page", path: "/account", ...byThePerson },
  { what: "following a link", path: "/account", headers: { rsc: "1" }, ...byThePerson },
  // The last use is written down at most every 30 seconds, and then as it was.
  { what: "a use 5 s after another", path: "/api/v1/me", unused: 5, stored: false },
  { what: "a use 35 s after another", path: "/api/v1/me", unused: 35, stored: true },
];

/** Tries what time does to sessions of running apps, with stored instants moved back. @returns how many were tried */
export async function playAges(sql: pg.Client, apps: readonly App[], findings: Findings): Promise<number> {
  const person = await addPerson(sql, await addOrganisation(sql, "entity", "Session Ages"), "member", "Aged");
  for (const app of apps) {
    for (const { what, unused, age, there } of AGES) {
      const session = await addSession(sql, app, person);
      await makeOlder(sql, session, unused, age);
      const { status } = await session.client.send("GET", "/api/v1/me", { headers: POLL });
      findings.expect(status === (there ? 200 : 401), `a session ${what} was answered ${status}`);
    }
    for (const use of USES) {
      const stored = await isStored(sql, await addSession(sql, app, person), use);
      findings.expect(stored === use.stored, `${use.what} ${stored ? "counted" : "did not count"} as use`);
    }
  }
  return apps.length * (AGES.length + USES.length);
}

/** Whether a request moves the stored last use of a session. */
async function isStored(sql: pg.Client, session: PutSession, { path, headers, unused }: Use): Promise<boolean> {
  await makeOlder(sql, session, unused, unused);
  const { client, sessionId } = session;
  let reply = await client.send("GET", path, { headers });
  // The router's requests are answered under an address that names what they ask for.
  const { location } = reply.headers;
  if (location !== undefined) reply = await client.send("GET", location, { headers });
  if (reply.status !== 200) throw new Error(`GET ${path} was answered ${reply.status}: ${reply.text.slice(0, 200)}`);
  const { rows } = await sql.query<{ unused: number }>(
    "SELECT extract(epoch FROM now() - last_seen_at)::float AS unused FROM session WHERE id = $1",
    [sessionId],
  );
  return Number(rows[0]?.unused) < unused;
}

async function makeOlder(sql: pg.Client, { sessionId }: PutSession, unused: number, age: number): Promise<void> {
  await sql.query(
    `UPDATE session SET last_seen_at = now() - make_interval(secs => $2), created_at = now() - make_interval(secs => $3)
     WHERE id = $1`,
    [sessionId, unused, age],
  );
}
