import { systemClock } from "@/lib/clock";
import { config } from "@/lib/config";
import { OperatorError } from "@/lib/operator-error";
import { startSigner } from "@/lib/signer/start";
import { signerSocketPath } from "@/lib/signing/socket-path";

/**
 * `npm run signer`: the process that holds the signing keys and makes checkpoints, until Ctrl-C. `npm start` starts one
 * by itself; started by hand it can run as a user of its own (docs/operator-guide.md). Needs
 * `COUNTERVAIL_SIGNER_DATABASE_URL` and the folder of `COUNTERVAIL_DATA`.
 */
export async function main(): Promise<void> {
  const settings = config();
  if (settings.signerDatabaseUrl === undefined) {
    throw new OperatorError("COUNTERVAIL_SIGNER_DATABASE_URL is not set: the signer has a database login of its own.");
  }
  const ending = new Promise<void>((end) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => end());
  });
  const signer = await startSigner({
    folder: settings.signerFolder,
    socketPath: signerSocketPath(settings),
    sharedSocket: settings.signerSocket !== undefined,
    databaseUrl: settings.signerDatabaseUrl,
    clock: systemClock,
    backdated: settings.signerBackdates,
  });
  await ending;
  await signer.stop();
  process.exit(0);
}
