import type { ServiceContext } from "@/lib/auth/context";
import { organisationLog } from "@/lib/auth/events";
import { changeOrganisation, readOrganisation } from "@/lib/auth/organisation";
import { recordInEngagement, recordInOrganisation } from "@/lib/auth/record";
import { changeScope } from "@/lib/auth/scope";
import type { Page } from "@/lib/contracts/paging";
import type { OrganisationTrailQuery, TrailEventDto, TrailQuery } from "@/lib/contracts/trail";
import { type EngagementName, listEngagementNames } from "@/lib/data/engagements";
import { namesOf, personRef } from "@/lib/data/people";
import { listEvents, requirementsOfWorksheets, type TrailPlace } from "@/lib/data/trail";
import type { OrganisationTx, ScopedTx } from "@/lib/db/kinds";
import { describeEvent, peopleIn } from "@/lib/domain/audit/describe";
import { NO_DOCUMENT } from "@/lib/domain/audit/describe-words";
import { eventFacts } from "@/lib/domain/audit/event-facts";
import { readCursor } from "@/lib/services/trail/cursor";
import { readWithheld } from "@/lib/services/trail/withheld";

/** The events of an engagement, newest first. Looking at them is an event itself. */
export function readEngagementTrail(
  context: ServiceContext,
  engagementId: string,
  query: TrailQuery,
): Promise<Page<TrailEventDto>> {
  return changeScope(context, "trail.read", { engagementId }, "none", async (tx) => {
    const logId = organisationLog(tx.engagement.organisationId);
    const fromOutside = tx.actor.organisationId !== tx.engagement.organisationId;
    const page = await readPage(tx, { logId, engagementId, fromOutside }, query);
    recordInEngagement(context, tx, { action: "trail.viewed", detail: { ...query } });
    return page;
  });
}

/** The whole chain of one's own organisation, newest first. Looking at it is an event itself. */
export function readOrganisationTrail(
  context: ServiceContext,
  query: OrganisationTrailQuery,
): Promise<Page<TrailEventDto>> {
  return changeOrganisation(context, "organisation.trail", async (tx) => {
    const logId = organisationLog(tx.organisationId);
    const page = await readPage(tx, { logId, engagementId: query.engagementId }, query);
    recordInOrganisation(context, tx, { action: "trail.viewed", detail: { ...query } });
    return page;
  });
}

/** The engagements that the chain of one's own organisation may speak of, newest first. */
export function readTrailEngagements(context: ServiceContext): Promise<readonly EngagementName[]> {
  return readOrganisation(context, "organisation.trail", listEngagementNames);
}

async function readPage(
  tx: ScopedTx | OrganisationTx,
  place: TrailPlace,
  query: TrailQuery,
): Promise<Page<TrailEventDto>> {
  const rows = await listEvents(tx, place, query, readCursor(query.cursor));
  const read = "engagement" in tx ? readWithheld : readWhole;
  const shown = rows.slice(0, query.limit).map((row) => ({ ...row, detail: read(row.payload) }));
  const names = await namesOf(
    tx,
    shown.flatMap((row) => [row.actorId, ...peopleIn(row.detail)]),
  );
  const requirements = await requirementsOfWorksheets(
    tx,
    shown.flatMap((row) => row.worksheetId ?? []),
  );
  const person = (id: string) => personRef(names, id).name;
  return {
    items: shown.map((row) => {
      const { detail } = row;
      return {
        logId: row.logId,
        seq: Number(row.seq),
        at: row.at.toISOString(),
        action: row.action,
        actor: (row.actorId && names.get(row.actorId)) || null,
        sentence: describeEvent(detail, {
          person,
          ...((row.worksheetId && requirements.get(row.worksheetId)) || NO_DOCUMENT),
        }),
        worksheetId: row.worksheetId,
        facts: eventFacts(detail, person),
        detail,
        entryHash: Buffer.from(row.entryHash).toString("hex"),
      };
    }),
    nextCursor: rows.length > query.limit ? String(shown.at(-1)?.seq) : null,
  };
}

function readWhole(payload: string): unknown {
  return JSON.parse(payload);
}
