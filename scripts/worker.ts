import { constants, setPriority } from "node:os";
import { makeSecretBox } from "@/lib/auth/secret-box";
import { systemClock } from "@/lib/clock";
import { config } from "@/lib/config";
import { openDatabase } from "@/lib/db/database";
import { startWorker } from "@/lib/jobs/worker";
import { NO_MAIL, openMailer } from "@/lib/mail/mailer";
import { OperatorError } from "@/lib/operator-error";
import { openKeks } from "@/lib/secrets/open-keks";
import { openSigner } from "@/lib/signing/client";
import { signerSocketPath } from "@/lib/signing/socket-path";
import { openEvidenceFiles } from "@/lib/storage/evidence-files";

/**
 * `npm run worker`: the process that makes exports and delivers webhooks, until Ctrl-C. `npm start` starts one by itself; started by hand it can
 * run elsewhere, on the same data folder (docs/operator-guide.md). Needs `COUNTERVAIL_WORKER_DATABASE_URL`.
 */
export async function main(): Promise<void> {
  yieldToPages();
  const settings = config();
  const { workerDatabaseUrl: databaseUrl, dataFolder, evidence, exports, url } = settings;
  if (databaseUrl === undefined) {
    throw new OperatorError("COUNTERVAIL_WORKER_DATABASE_URL is not set: the worker has a database login of its own.");
  }
  const ending = new Promise<void>((end) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => end());
  });
  const database = openDatabase(databaseUrl);
  const worker = startWorker({
    databaseUrl,
    context: {
      database,
      clock: systemClock,
      secrets: makeSecretBox(openKeks(settings), systemClock),
      mail: settings.mail ? openMailer(settings.mail) : NO_MAIL,
      signer: openSigner(signerSocketPath(settings)),
      requestId: "worker",
      url,
      address: "unknown",
      actor: null,
    },
    workshop: { exports, store: openEvidenceFiles(dataFolder, evidence).store },
    pace: settings.webhookPace,
  });
  await ending;
  await worker.stop();
  await database.close();
  process.exit(0);
}

/**
 * Somebody waits for a page, and nobody stands beside an export: where both want a processor, pages have it. Threads that
 * are begun later are like the one that begins them.
 */
function yieldToPages(): void {
  try {
    setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Where the system does not let it, exports are made all the same.
  }
}
