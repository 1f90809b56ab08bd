import type { Metadata } from "next";
import { PageTitle } from "@/components/kit/page-title";
import { actionGroups } from "@/components/trail/action-groups";
import { ArchivedNote } from "@/components/trail/archived-note";
import { ChainStrip } from "@/components/trail/chain-strip";
import { CheckpointStrip } from "@/components/trail/checkpoint-strip";
import { NoTrailRights } from "@/components/trail/no-rights";
import { TrailExport } from "@/components/trail/trail-export";
import { TrailFilterBar } from "@/components/trail/trail-filter-bar";
import { activeFilters, trailFilters } from "@/components/trail/trail-query";
import { TrailTableExport } from "@/components/trail/trail-table-export";
import { TrailTimeline } from "@/components/trail/trail-timeline";
import { trailQuery } from "@/lib/contracts/trail";
import { orNotFound, orRefused, page } from "@/lib/server/page";
import { readMembers } from "@/lib/services/engagement/manage-members";
import { readEngagement } from "@/lib/services/engagement/read-engagement";
import { readEngagementArchived } from "@/lib/services/trail/archived-part";
import { readEngagementCheckpoint } from "@/lib/services/trail/checkpoints";
import { readEngagementTrail } from "@/lib/services/trail/read-trail";
import { listWorksheets } from "@/lib/services/worksheet/list-worksheets";

export const metadata: Metadata = { title: "Trail" };

interface Props {
  readonly params: Promise<{ readonly engagementId: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

/** The trail of an engagement: who did what and when, and whether the chain holds. */
export default async function EngagementTrailPage({ params, searchParams }: Props) {
  const { engagementId } = await params;
  const context = await page(`/engagements/${engagementId}/trail`);
  const engagement = await orNotFound(readEngagement(context, engagementId));
  const asked = trailFilters(await searchParams);
  const parsed = trailQuery.safeParse(activeFilters(asked));
  const filters = parsed.success ? asked : trailFilters({});
  const first = await orRefused(readEngagementTrail(context, engagementId, parsed.data ?? trailQuery.parse({})));
  if ("refused" in first) return <NoTrailRights reason={first.refused} />;

  const archived = await readEngagementArchived(context, engagementId);
  const checkpoint = await readEngagementCheckpoint(context, engagementId);
  const members = await readMembers(context, engagementId);
  const listed = await orRefused(listWorksheets(context, engagementId));
  const worksheets = ("data" in listed ? listed.data.items : []).map(({ id, requirementNumber, requirementTitle }) => ({
    value: id,
    label: `${requirementNumber} ${requirementTitle}`,
    number: requirementNumber,
  }));
  return (
    <>
      <PageTitle
        title="Trail"
        lead={`${engagement.name}. Every change, decision and reading; the newest first.`}
        actions={
          <>
            <TrailExport path={["engagements", engagementId, "events"]} />
            <TrailTableExport engagementId={engagementId} />
          </>
        }
      />
      <ChainStrip path={`/engagements/${engagementId}/events/verification`} />
      <CheckpointStrip state={checkpoint} />
      <ArchivedNote part={archived} />
      <TrailFilterBar
        filters={filters}
        people={members.items.map(({ userId, name, organisation }) => ({
          value: userId,
          label: `${name}, ${organisation.name}`,
        }))}
        actions={actionGroups("engagement")}
        place={{
          name: "worksheetId",
          label: "Worksheet",
          choices: worksheets.map(({ value, label }) => ({ value, label })),
        }}
      />
      <TrailTimeline
        key={JSON.stringify(filters)}
        path={`/engagements/${engagementId}/events`}
        filters={filters}
        first={first.data}
        worksheetNames={Object.fromEntries(worksheets.map(({ value, number }) => [value, number]))}
      />
    </>
  );
}
