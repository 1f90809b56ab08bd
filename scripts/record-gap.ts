import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { userInfo } from "node:os";
import { type Clock, systemClock } from "@/lib/clock";
import { config } from "@/lib/config";
import { requiredText } from "@/lib/contracts/text";
import { OperatorError } from "@/lib/operator-error";
import { openChains } from "@/lib/signer/chains";
import { chainsInGap, Gaps, type WrittenGap } from "@/lib/signer/gaps";
import { Keyring } from "@/lib/signer/keyring";
import { Trees } from "@/lib/signer/trees";
import { NO_SIGNER } from "@/lib/signing/client";
import { withServiceContext } from "./launcher/keys";
import { readArguments } from "./support/arguments";
import { installedDatabase, ownedDatabase, signerDatabase } from "./support/installation";
import { generateClient } from "./support/prisma-client";

const USAGE = "countervail record-gap --reason TEXT [--operator NAME]";

/**
 * `countervail record-gap --reason TEXT`: after data were put back from a backup, says in the trail what was signed and is
 * lost, and lets the signer go on from what there is. Works beside the running service, where the signer's folder is.
 * Run again after an interruption it finishes what it began.
 */
export async function main(given: readonly string[]): Promise<void> {
  const { flags } = readArguments(given, { flags: ["reason", "operator"], plain: 0, usage: USAGE });
  const reason = requiredText(500).safeParse(flags.reason?.trim()).data;
  const operator = requiredText(100).safeParse(flags.operator ?? userInfo().username).data;
  if (reason === undefined || operator === undefined) throw new OperatorError(`Use: ${USAGE}`);
  const settings = config();
  const { signerFolder } = settings;
  if (!existsSync(signerFolder)) {
    throw new OperatorError(`There is no signer in ${signerFolder}: run this where its folder is.`);
  }
  const place = {
    signerFolder,
    appUrl: await installedDatabase(settings),
    ownerUrl: await ownedDatabase(settings),
    signerUrl: await signerDatabase(settings),
    clock: systemClock,
  };
  await generateClient();
  const gap = await recordGapAt(place, reason, operator);
  for (const { logId, signed, size } of gap.record.chains) {
    if (signed) console.log(`${logId}: ${signed.size} events had been signed, ${size} are there.`);
  }
  console.log(`The gap is recorded (SHA-256 of its record: ${gap.sha256}). Signing goes on within a minute.`);
}

/** Where a gap is recorded. */
export interface GapPlace {
  readonly signerFolder: string;
  /** The database as the application. */
  readonly appUrl: string;
  /** The same as the owner of its tables. */
  readonly ownerUrl: string;
  /** The same as the signer. */
  readonly signerUrl: string;
  readonly clock: Clock;
}

/**
 * Finishes what an interruption left, then writes the gap down in the signer's folder, records it in the trail, and lets the signer go on.
 * @throws OperatorError when there is none
 */
export async function recordGapAt(place: GapPlace, reason: string, operator: string): Promise<WrittenGap> {
  const { signerFolder, appUrl, ownerUrl, signerUrl, clock } = place;
  const { openGapId, recordGap } = await import("@/lib/services/gap/record-gap");
  const chains = openChains(signerUrl);
  try {
    return await withServiceContext(appUrl, NO_SIGNER, async (context) => {
      const gaps = new Gaps(signerFolder);
      const trees = new Trees(signerFolder);
      await trees.open();
      const begin = async () => {
        const marked = await openGapId(context);
        const found = await chainsInGap(chains, trees, clock, marked !== null);
        if (found.length === 0) return null;
        const record = { service: await chains.service(), id: marked ?? randomUUID(), at: clock().toISOString() };
        return gaps.begin({ ...record, reason, operator, chains: found }, new Keyring(signerFolder, clock));
      };
      const finish = async (gap: WrittenGap, which: "its own" | "all") => {
        await withServiceContext(
          ownerUrl,
          NO_SIGNER,
          (owner) => recordGap({ ...context, clock }, { ...owner, clock }, gap.record, gap, which),
          "any",
        );
        await gaps.settle(gap, trees);
        return gap;
      };
      // One that an interruption left says nothing of what has come back since.
      const left = await gaps.unsettled();
      if (left) await finish(left, "its own");
      const gap = await begin();
      if (gap) return finish(gap, "all");
      if (left) return left;
      throw new OperatorError("There is no gap to record: every chain goes on from what was signed of it.");
    });
  } finally {
    await chains.close();
  }
}
