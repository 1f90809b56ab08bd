import type { ServiceContext } from "@/lib/auth/context";
import { readAsSystem } from "@/lib/auth/open";
import type { RecordedGapDto } from "@/lib/contracts/trail";
import { readServiceId } from "@/lib/data/checkpoints";
import { findRecordedGaps, type ServiceGap } from "@/lib/data/service-gaps";
import { findLastKeySet } from "@/lib/data/signing-keys";
import { verifyGap } from "@/lib/domain/proof/gap";
import type { KeyRecord } from "@/lib/domain/proof/keys";
import { askForKeys, keysIn } from "@/lib/services/trail/compare-checkpoint";
import { checkSignature } from "@/lib/signing/node-crypto";

/** A recorded gap, and the chains that its record names: none where it cannot be read. */
export interface RecordedGap extends RecordedGapDto {
  readonly logIds: readonly string[];
}

/**
 * Gaps that were recorded, the newest first, each with whether its record was signed by a key of this service: whoever
 * has the database could write one down that no operator has made.
 * @param asked the keys that the signer told; the recorded ones are taken when it told none
 */
export async function readRecordedGaps(
  context: ServiceContext,
  asked: readonly KeyRecord[] | null,
): Promise<RecordedGap[]> {
  const { gaps, service, envelope } = await readAsSystem(context, "verifying the records of gaps", async (tx) => ({
    gaps: await findRecordedGaps(tx),
    service: await readServiceId(tx),
    envelope: (await findLastKeySet(tx))?.envelope ?? "",
  }));
  if (gaps.length === 0) return [];
  const keys = asked ?? (await keysIn(envelope));
  return Promise.all(gaps.map((gap) => judged(gap, service, keys)));
}

/** As {@link readRecordedGaps}, with the signer asked for its keys. */
export async function listRecordedGaps(context: ServiceContext): Promise<readonly RecordedGapDto[]> {
  return readRecordedGaps(context, await askForKeys(context));
}

async function judged(gap: ServiceGap, service: string, keys: readonly KeyRecord[] | null): Promise<RecordedGap> {
  const verdict = await verifyGap(gap.record ?? "", service, keys, checkSignature);
  return {
    recordedAt: gap.recordedAt?.toISOString() ?? "",
    backupAt: gap.backupAt?.toISOString() ?? null,
    signature: !verdict.ok ? "invalid" : keys === null ? "unchecked" : "valid",
    logIds: verdict.ok ? verdict.value.record.chains.map(({ logId }) => logId) : [],
  };
}
