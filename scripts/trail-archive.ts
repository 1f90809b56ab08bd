import { systemClock } from "@/lib/clock";
import { config } from "@/lib/config";
import { archiveTrail, expireTrail } from "@/lib/keeper/archive";
import { SegmentFiles } from "@/lib/keeper/segment-files";
import { openKeeperStore } from "@/lib/keeper/store";
import { OperatorError } from "@/lib/operator-error";
import { openSigner } from "@/lib/signing/client";
import { signerSocketPath } from "@/lib/signing/socket-path";
import { keepersDatabase } from "./support/installation";

/**
 * `npm run trail:archive`: moves events that are older than three whole months (`COUNTERVAIL_ARCHIVE_AFTER_MONTHS`) into
 * signed segments under `archive/` of the data folder. Works beside the running service, whose signer it needs.
 * `npm run trail:archive -- --expire`: gives segments up all of whose events are older than seven years
 * (`COUNTERVAIL_RETENTION_YEARS`, one at least), and archives nothing. Both leave an event on the chain.
 */
export async function main(args: readonly string[]): Promise<void> {
  const isOver = args.length === 1 && args[0] === "--expire";
  if (args.length > 0 && !isOver) throw new OperatorError("trail:archive knows --expire, and nothing else.");
  const settings = config();
  const { folder, months, years } = settings.archive;
  const store = openKeeperStore(await keepersDatabase(settings));
  const files = new SegmentFiles(folder);
  try {
    if (isOver) {
      const { segments, events } = await store.alone("giving up", () =>
        expireTrail({ store, files, clock: systemClock }, years),
      );
      console.log(`${events} events in ${segments} segments older than ${years} years were given up.`);
      return;
    }
    const signer = openSigner(signerSocketPath(settings));
    if ((await signer.health()) === null) {
      throw new OperatorError("The signer does not answer, and segments are signed: start Countervail, and try again.");
    }
    const { segments, events } = await store.alone("archiving", () =>
      archiveTrail({ store, files, signer, clock: systemClock }, months),
    );
    console.log(`${events} events older than ${months} months were archived in ${segments} segments.`);
  } finally {
    await store.close();
  }
}
