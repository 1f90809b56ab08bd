import type { Metadata } from "next";
import { PageTitle } from "@/components/kit/page-title";
import { actionGroups } from "@/components/trail/action-groups";
import { ChainStrip } from "@/components/trail/chain-strip";
import { NoTrailRights } from "@/components/trail/no-rights";
import { TrailFilterBar } from "@/components/trail/trail-filter-bar";
import { activeFilters, trailFilters } from "@/components/trail/trail-query";
import { TrailTimeline } from "@/components/trail/trail-timeline";
import { trailQuery } from "@/lib/contracts/trail";
import { orRefused, page } from "@/lib/server/page";
import { readMe } from "@/lib/services/account/read-me";
import { readPeople } from "@/lib/services/organisation/list-people";
import { readOrganisationTrail } from "@/lib/services/trail/read-trail";

export const metadata: Metadata = { title: "Organisation trail" };

interface Props {
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

/** The whole chain of one's own organisation: people, sign-ins, engagements and everything in them. */
export default async function OrganisationTrailPage({ searchParams }: Props) {
  const context = await page("/organisation/trail");
  const me = await readMe(context);
  const asked = trailFilters(await searchParams);
  const parsed = trailQuery.safeParse(activeFilters(asked));
  const filters = parsed.success ? asked : trailFilters({});
  const first = await orRefused(readOrganisationTrail(context, parsed.data ?? trailQuery.parse({})));
  if ("refused" in first) return <NoTrailRights reason={first.refused} />;

  const people = await readPeople(context);
  return (
    <>
      <PageTitle
        title="Organisation trail"
        lead={`Everything that ${me.organisation.name} and its engagements left in the trail; the newest first.`}
      />
      <ChainStrip path="/organisation/events/verification" />
      <TrailFilterBar
        filters={filters}
        people={people.items.map(({ id, name }) => ({ value: id, label: name }))}
        actions={actionGroups("organisation")}
        worksheets={[]}
      />
      <TrailTimeline
        key={JSON.stringify(filters)}
        path="/organisation/events"
        filters={filters}
        first={first.data}
        worksheetNames={{}}
      />
    </>
  );
}
