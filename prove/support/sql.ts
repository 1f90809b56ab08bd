import type pg from "pg";
import { databaseUrl } from "@/lib/db/addresses";
import { withConnection } from "@/lib/db/connect";
import { loadSecrets } from "@/lib/db/embedded/secrets";
import type { App } from "./app";

/** The address of an app's database with its superuser's login. */
export async function superuserUrl(app: App): Promise<string> {
  const { superuser } = await loadSecrets(app.dataFolder);
  const port = await app.databasePort();
  return databaseUrl({ host: "127.0.0.1", port, user: "postgres", password: superuser, database: "countervail" });
}

/** Works on an app's database as its superuser: to look behind everything, to set a stage, or to play the attacker. */
export async function asSuperuser<T>(app: App, work: (client: pg.Client) => Promise<T>): Promise<T> {
  return withConnection(await superuserUrl(app), work);
}

/** Works on an app's database with the rights that the web server has, and no more. */
export async function asApplication<T>(app: App, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const { app: password } = await loadSecrets(app.dataFolder);
  const port = await app.databasePort();
  const address = { host: "127.0.0.1", port, user: "countervail_app", password, database: "countervail" };
  return withConnection(databaseUrl(address), work);
}

/** Does something while the worker of the app can begin nothing, since its login may not become what it works as. */
export async function withoutWorker<T>(client: pg.Client, work: () => Promise<T>): Promise<T> {
  await client.query("REVOKE countervail_exports FROM countervail_jobs");
  try {
    return await work();
  } finally {
    await client.query("GRANT countervail_exports TO countervail_jobs WITH INHERIT FALSE, SET TRUE");
  }
}

/** Does something in one transaction in which no trigger runs, so that rows can be put down without events. */
export async function unguarded<T>(client: pg.Client, work: () => Promise<T>): Promise<T> {
  await client.query("BEGIN");
  await client.query("SET LOCAL session_replication_role = replica");
  try {
    const result = await work();
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  }
}
