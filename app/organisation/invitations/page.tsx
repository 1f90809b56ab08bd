import type { Metadata } from "next";
import { Place } from "@/components/frame/place";
import { NoRights } from "@/components/kit/no-rights";
import { PageTitle } from "@/components/kit/page-title";
import { SectionCard } from "@/components/kit/section-card";
import { InvitationList } from "@/components/organisation/invitation-list";
import { InvitePerson } from "@/components/organisation/invite-person";
import { page } from "@/lib/server/page";
import { readMe } from "@/lib/services/account/read-me";
import { readInvitations } from "@/lib/services/organisation/invite-person";

export const metadata: Metadata = { title: "Invitations" };

/** Invitations into one's own organisation. */
export default async function InvitationsPage() {
  const context = await page("/organisation/invitations");
  const me = await readMe(context);
  if (me.organisationRole !== "admin") {
    return <NoRights reason="Only administrators of the organisation invite people." href="/organisation" />;
  }
  const invitations = await readInvitations(context);
  const way = context.mail.isOn ? "They get a link by mail" : "They get a link from you";
  return (
    <>
      <Place crumbs={[{ label: "Invitations" }]} />
      <PageTitle title="Invitations" lead={`People of ${me.organisation.name} join by an invitation.`} />
      <SectionCard
        title="Invite somebody"
        description={`${way}, choose a password, set up a second factor, and can then be given roles in engagements.`}
      >
        <InvitePerson />
      </SectionCard>
      <SectionCard title="Open invitations">
        <InvitationList invitations={invitations.items} />
      </SectionCard>
    </>
  );
}
