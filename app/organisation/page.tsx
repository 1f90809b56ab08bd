import type { Metadata } from "next";
import { LinkButton } from "@/components/kit/link-button";
import { PageTitle } from "@/components/kit/page-title";
import { SectionCard } from "@/components/kit/section-card";
import { InvitationList } from "@/components/organisation/invitation-list";
import { InvitePerson } from "@/components/organisation/invite-person";
import { OrganisationPeople } from "@/components/organisation/organisation-people";
import { page } from "@/lib/server/page";
import { readMe } from "@/lib/services/account/read-me";
import { readInvitations } from "@/lib/services/organisation/invite-person";
import { readPeople } from "@/lib/services/organisation/list-people";

export const metadata: Metadata = { title: "Organisation" };

/** One's own organisation: its people, and for admins its invitations and trail. */
export default async function OrganisationPage() {
  const context = await page("/organisation");
  const [me, people] = await Promise.all([readMe(context), readPeople(context)]);
  const admin = me.organisationRole === "admin";
  const invitations = admin ? await readInvitations(context) : null;
  const kind = me.organisation.kind === "entity" ? "Entity" : "Assessor company";
  return (
    <>
      <PageTitle
        title={me.organisation.name}
        lead={`${kind}. ${admin ? "You are an admin here." : "An admin invites people and sees the organisation’s trail."}`}
        actions={
          admin ? (
            <LinkButton href="/organisation/trail" variant="default">
              Trail
            </LinkButton>
          ) : null
        }
      />
      {invitations ? (
        <SectionCard
          title="Invite somebody"
          description="They get a link from you, choose a password, and can then be given roles in engagements."
        >
          <InvitePerson />
          <div style={{ marginTop: "1rem" }}>
            <InvitationList invitations={invitations.items} />
          </div>
        </SectionCard>
      ) : null}
      <SectionCard title="People">
        <OrganisationPeople people={people.items} />
      </SectionCard>
    </>
  );
}
