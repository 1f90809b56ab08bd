import type { Metadata } from "next";
import { Place } from "@/components/frame/place";
import { PageTitle } from "@/components/kit/page-title";
import { actionGroups } from "@/components/trail/action-groups";
import { ArchivedNote } from "@/components/trail/archived-note";
import { ChainStrip } from "@/components/trail/chain-strip";
import { CheckpointStrip } from "@/components/trail/checkpoint-strip";
import { NoTrailRights } from "@/components/trail/no-rights";
import { SigningKeys } from "@/components/trail/signing-keys";
import { TrailExport } from "@/components/trail/trail-export";
import { TrailFilterBar } from "@/components/trail/trail-filter-bar";
import { activeFilters, trailFilters } from "@/components/trail/trail-query";
import { TrailTimeline } from "@/components/trail/trail-timeline";
import type { OrganisationKind } from "@/lib/contracts/session";
import { organisationTrailQuery } from "@/lib/contracts/trail";
import { orRefused, page } from "@/lib/server/page";
import { readMe } from "@/lib/services/account/read-me";
import { readSigningKeys } from "@/lib/services/keys/read-signing-keys";
import { readPeople } from "@/lib/services/organisation/list-people";
import { readOrganisationArchived } from "@/lib/services/trail/archived-part";
import { readOrganisationCheckpoint } from "@/lib/services/trail/checkpoints";
import { readOrganisationTrail, readTrailEngagements } from "@/lib/services/trail/read-trail";

export const metadata: Metadata = { title: "Organisation trail" };

/** What an organisation's chain holds: an engagement leaves its events on that of the entity. */
const LEADS: Readonly<Record<OrganisationKind, (name: string) => string>> = {
  entity: (name) => `Everything that ${name} and its engagements left in the trail; the newest first.`,
  assessor: (name) =>
    `What the people of ${name} did outside their clients’ trails: sign-ins, private notes, what was denied. The newest first.`,
};

interface Props {
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

/** The whole chain of one's own organisation: people, sign-ins, engagements and everything in them. */
export default async function OrganisationTrailPage({ searchParams }: Props) {
  const context = await page("/organisation/trail");
  const me = await readMe(context);
  const asked = trailFilters(await searchParams);
  const parsed = organisationTrailQuery.safeParse(activeFilters(asked));
  const filters = parsed.success ? asked : trailFilters({});
  const first = await orRefused(readOrganisationTrail(context, parsed.data ?? organisationTrailQuery.parse({})));
  if ("refused" in first) return <NoTrailRights reason={first.refused} />;

  const archived = await readOrganisationArchived(context);
  const checkpoint = await readOrganisationCheckpoint(context);
  const keys = await readSigningKeys(context);
  const people = await readPeople(context);
  const engagements = await readTrailEngagements(context);
  return (
    <>
      <Place crumbs={[{ label: "Trail" }]} />
      <PageTitle
        title="Organisation trail"
        lead={LEADS[me.organisation.kind](me.organisation.name)}
        actions={<TrailExport path={["organisation", "events"]} />}
      />
      <ChainStrip path="/organisation/events/verification" />
      <CheckpointStrip state={checkpoint} />
      <ArchivedNote part={archived} />
      {keys && <SigningKeys {...keys} />}
      <TrailFilterBar
        filters={filters}
        people={people.items.map(({ id, name }) => ({ value: id, label: name }))}
        actions={actionGroups("organisation")}
        place={{
          name: "engagementId",
          label: "Engagement",
          choices: engagements.map(({ id, name }) => ({ value: id, label: name })),
        }}
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
