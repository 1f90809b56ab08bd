import { resolve } from "node:path";
import { requireWholeData } from "@/lib/backup/restoring";
import { type Config, config } from "@/lib/config";
import { choosePlace, makeDataFolder } from "@/lib/db/embedded/place";
import { loadSecrets, type Secrets } from "@/lib/db/embedded/secrets";
import { migrate } from "@/lib/db/migrate";
import type { OperatorError } from "@/lib/operator-error";
import { signerSocketPath } from "@/lib/signing/socket-path";
import { generateClient } from "../support/prisma-client";
import { buildBundles, buildWhenChanged } from "./build";
import { Closers } from "./closers";
import { type Content, fillDatabase } from "./content";
import { checkLogin, connectExternal, type LauncherDatabase, startEmbedded } from "./databases";
import { prepareKeys, recordKeys } from "./keys";
import { takeFolder } from "./lock";
import { checkPort } from "./port";
import { startSigner } from "./signer";
import { keepSweeping } from "./sweeps";
import { keepTrail } from "./upkeep";
import { startWeb, type WebMode } from "./web";
import { startWorker } from "./worker";

/**
 * Runs Countervail until somebody ends it: database, migrations, catalogue, demo or set-up code, build, web server; then
 * one line with the address. SIGINT, SIGTERM and SIGHUP end the web server, then the database. A part that dies is
 * started again; when it dies over and over, everything ends with one line. What kill -9 of any part leaves behind, the
 * next start clears up.
 * @returns the exit status
 * @throws OperatorError when something is not as it has to be; all parts are stopped then
 */
export async function launch(mode: WebMode): Promise<number> {
  const closers = new Closers();
  const ending = new Promise<OperatorError | undefined>((end) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => end(undefined));
    followNpm(() => end(undefined));
    start(mode, closers, end).catch((error: unknown) =>
      end(error instanceof Error ? (error as OperatorError) : undefined),
    );
  });
  const failure = await ending;
  await closers.close();
  if (failure) throw failure;
  // Signals during start-up leave work behind that nobody waits for any more.
  process.exit(0);
}

/**
 * When npm is told to end, it ends the shell between us and does not pass the signal on, so we watch for the parent that
 * npm gave us to go away.
 */
function followNpm(end: () => void): void {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) end();
  }, 500).unref();
}

async function start(mode: WebMode, closers: Closers, giveUp: (reason: OperatorError) => void): Promise<void> {
  const settings = config();
  await makeDataFolder(settings.dataFolder);
  const release = await takeFolder(settings.dataFolder, settings.url);
  closers.add(async () => release());
  await requireWholeData(settings.dataFolder);
  await checkPort(settings.host, settings.port);
  await generateClient();
  const secrets = await loadSecrets(settings.dataFolder);
  const database = await openDatabase(settings, secrets, closers, giveUp);
  await migrate(database.ownerUrl);
  await checkLogin(settings, database);
  const keys = await prepareKeys(settings, database);
  const signer = await startSigner(settings, database.signerUrl, closers);
  await recordKeys(database, signer);
  const building = mode === "start" ? buildWhenChanged(closers) : buildBundles();
  const [content] = await Promise.all([fillDatabase(settings, database, keys, signer), building]);
  if (closers.isClosing) return;
  startWorker(settings, database.workerUrl, closers);
  await startWeb(mode, settings, webEnvironment(settings, database, secrets.auth, content), closers, giveUp);
  if (settings.url.startsWith("https:") && !settings.trustsProxy) {
    console.error(
      "No reverse proxy is trusted, so everybody counts as the proxy: in limits and in the trail. Set COUNTERVAIL_TRUSTED_PROXIES to its address.",
    );
  }
  if (mode === "start") await keepSweeping(settings, database, closers);
  keepTrail(settings, database, closers);
  console.log(`Countervail is ready at ${settings.url}${content.hint}`);
}

async function openDatabase(
  settings: Config,
  secrets: Secrets,
  closers: Closers,
  giveUp: (reason: OperatorError) => void,
): Promise<LauncherDatabase> {
  if (settings.databaseUrl !== undefined) return connectExternal(settings, settings.databaseUrl);
  const place = await choosePlace(settings.dataFolder);
  if (place.notice !== undefined) console.error(place.notice);
  return startEmbedded(place, secrets, closers, giveUp);
}

/** What the web server is told. Owner's and administrator's addresses stay here. */
function webEnvironment(
  settings: Config,
  database: LauncherDatabase,
  authSecret: string,
  content: Content,
): Record<string, string | undefined> {
  return {
    PORT: String(settings.port),
    HOST: settings.host,
    COUNTERVAIL_URL: settings.url,
    COUNTERVAIL_DATA: resolve(settings.dataFolder),
    COUNTERVAIL_KEK_FILE: resolve(settings.kekFile),
    DATABASE_URL: database.appUrl,
    COUNTERVAIL_MIGRATION_URL: undefined,
    COUNTERVAIL_ADMIN_URL: undefined,
    COUNTERVAIL_SIGNER_DATABASE_URL: undefined,
    COUNTERVAIL_WORKER_DATABASE_URL: undefined,
    COUNTERVAIL_KEEPER_DATABASE_URL: undefined,
    COUNTERVAIL_SIGNER: signerSocketPath(settings),
    COUNTERVAIL_AUTH_SECRET: settings.authSecret ?? authSecret,
    COUNTERVAIL_SETUP_CODE: content.setupCode,
    // To the web server every database is an external one, so the demo is asked for by name.
    COUNTERVAIL_DEMO: content.demo ? "external" : "0",
    NEXTAUTH_URL: settings.url,
  };
}
