import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type pg from "pg";
import { newToken, sessionCookieName, tokenHash } from "@/lib/auth/session-token";
import { databaseUrl } from "@/lib/db/addresses";
import { withConnection } from "@/lib/db/connect";
import { choosePlace } from "@/lib/db/embedded/place";
import { loadSecrets } from "@/lib/db/embedded/secrets";
import type { SessionStage } from "@/lib/domain/security/session-life";

/** Works on the database of a running app as its superuser: to set a stage, or to look behind everything. */
export async function onDatabaseOf<T>(dataFolder: string, work: (sql: pg.Client) => Promise<T>): Promise<T> {
  const { cluster } = await choosePlace(dataFolder);
  const port = Number((await readFile(join(cluster, "postmaster.pid"), "utf8")).split("\n")[3]);
  const { superuser: password } = await loadSecrets(dataFolder);
  const address = { host: "127.0.0.1", port, user: "postgres", password, database: "countervail" };
  return withConnection(databaseUrl(address), work);
}

/** A session that was put down, and the cookie of the browser that is in it. */
export interface PutSession {
  readonly sessionId: string;
  readonly cookie: { readonly name: string; readonly value: string };
}

/**
 * Puts a session down as if the person had just signed in, which costs no password and no code.
 * @param url the app's address
 * @param stage how far the sign-in has come; to its end unless said otherwise
 */
export async function putSession(
  sql: pg.Client,
  url: string,
  userId: string,
  stage: SessionStage = "full",
): Promise<PutSession> {
  const sessionId = randomUUID();
  const value = newToken();
  await sql.query(
    `INSERT INTO session (id, token_hash, token_changed_at, user_id, stage, methods, created_at, last_seen_at)
     VALUES ($1, $2, now(), $3, $4, $5, now(), now())`,
    [sessionId, tokenHash(value), userId, stage, stage === "full" ? ["password", "totp"] : ["password"]],
  );
  return { sessionId, cookie: { name: sessionCookieName(url), value } };
}
