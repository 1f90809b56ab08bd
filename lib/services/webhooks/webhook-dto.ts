import type { WebhookDto } from "@/lib/contracts/webhooks";
import { namesOf, personRef } from "@/lib/data/people";
import { type EndpointRow, type EndpointStanding, standings } from "@/lib/data/webhooks";
import type { OrganisationTx } from "@/lib/db/kinds";

/** Endpoints as they are shown. */
export async function webhookDtos(tx: OrganisationTx, rows: readonly EndpointRow[]): Promise<WebhookDto[]> {
  const lines = await standings(
    tx,
    rows.map(({ id }) => id),
  );
  const names = await namesOf(
    tx,
    rows.map(({ createdById }) => createdById),
  );
  return rows.map((row) => dtoOf(row, personRef(names, row.createdById), lines.get(row.id), tx.now));
}

function dtoOf(
  row: EndpointRow,
  createdBy: WebhookDto["createdBy"],
  line: EndpointStanding | undefined,
  now: Date,
): WebhookDto {
  const { id, url, description, eventTypes, engagementId, isOn, offReason, formerUntil, createdAt, version } = row;
  const { waiting = 0, failed = 0, last = null } = line ?? {};
  return {
    id,
    url,
    description,
    eventTypes,
    engagementId,
    isOn,
    offReason,
    formerSecretUntil: formerUntil !== null && formerUntil > now ? formerUntil.toISOString() : null,
    createdBy,
    createdAt: createdAt.toISOString(),
    version,
    waiting,
    failed,
    lastAttempt: last && { ...last, at: last.at.toISOString() },
  };
}
