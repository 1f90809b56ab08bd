import type { Metadata } from "next";
import { PageTitle } from "@/components/kit/page-title";
import { PeoplePage } from "@/components/people/people-page";
import { orNotFound, page } from "@/lib/server/page";
import { readCandidates, readMembers } from "@/lib/services/engagement/manage-members";
import { readEngagement } from "@/lib/services/engagement/read-engagement";
import { readAssessors } from "@/lib/services/organisation/list-people";

export const metadata: Metadata = { title: "People" };

/** Who takes part in an engagement. */
export default async function EngagementPeoplePage(props: { readonly params: Promise<{ engagementId: string }> }) {
  const { engagementId } = await props.params;
  const context = await page(`/engagements/${engagementId}/people`);
  const engagement = await orNotFound(readEngagement(context, engagementId));
  // One that was asked but has not accepted can be replaced.
  const mayInvite = !engagement.assessorAccepted && engagement.permissions.settings;
  const [members, candidates, firms] = await Promise.all([
    readMembers(context, engagementId),
    readCandidates(context, engagementId),
    mayInvite ? readAssessors(context) : { items: [] },
  ]);
  return (
    <>
      <PageTitle
        title="People"
        lead="Who takes part, on which side. Nobody who wrote any part of a worksheet can sign it."
      />
      <PeoplePage engagement={engagement} members={members.items} candidates={candidates.items} firms={firms.items} />
    </>
  );
}
