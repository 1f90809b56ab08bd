import type { ServiceContext } from "@/lib/auth/context";
import { makeEvent, organisationLog, SYSTEM_LOG } from "@/lib/auth/events";
import { asOwner, readAsSystem } from "@/lib/auth/open";
import {
  findGap,
  findOpenGaps,
  organisationIds,
  revokeAllApiTokens,
  switchOffAllWebhooks,
  writeRecordedGap,
} from "@/lib/data/service-gaps";
import { gapEvents } from "@/lib/domain/audit/gap-events";
import type { GapRecord } from "@/lib/domain/proof/gap";

/** The id of the newest gap that waits to be recorded; null when no restore has marked one. */
export async function openGapId(context: ServiceContext): Promise<string | null> {
  const [newest] = await readAsSystem(context, "recording a gap", findOpenGaps);
  return newest?.id ?? null;
}

/**
 * Records that what was signed of some chains and is not there any more is lost: on the system's chain, and on that of
 * each organisation that it is about. API tokens are revoked, since older data, however they came back, may hold some that
 * were revoked since. Doing it twice for one gap does nothing.
 * @param owner the same on a database that was opened as the owner of the tables: nobody else may lift the mark
 * @param envelope the record with its signature, the exact text
 * @param sha256 of the signed bytes, hex
 * @param which of the marks that wait it closes: all, unless it was written before they came
 */
export async function recordGap(
  context: ServiceContext,
  owner: ServiceContext,
  record: GapRecord,
  { envelope, sha256 }: { readonly envelope: string; readonly sha256: string },
  which: "its own" | "all",
): Promise<void> {
  const found = await readAsSystem(context, "recording a gap", async (tx) => ({
    isDone: Boolean((await findGap(tx, record.id))?.recordedAt),
    waiting: (await findOpenGaps(tx)).map(({ id }) => id),
    // An organisation that came after the backup is gone, and its chain with it.
    there: new Set([...(await organisationIds(tx)).map(organisationLog), SYSTEM_LOG]),
  }));
  if (found.isDone) return;
  const closed = new Set([...found.waiting.filter((id) => which === "all" || id === record.id), record.id]);
  await asOwner(owner, "recording a gap", {}, async (tx) => {
    for (const id of closed) await writeRecordedGap(tx, id, envelope);
    const tokens = await revokeAllApiTokens(tx);
    const webhooks = await switchOffAllWebhooks(tx);
    const changes = [
      ...[...closed].map((id) => ({ table: "service_gap", id })),
      ...tokens.map((id) => ({ table: "api_token", id })),
      ...webhooks.map((id) => ({ table: "webhook_endpoint", id })),
    ];
    for (const { logId, detail } of gapEvents(record, sha256)) {
      if (!found.there.has(logId)) continue;
      const body = { action: "service.gap_recorded", requestId: context.requestId, detail } as const;
      tx.record(makeEvent(logId, tx.now, null, body, logId === SYSTEM_LOG ? changes : []));
    }
  });
}
