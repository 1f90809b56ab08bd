import type { Metadata } from "next";
import { NewEngagementForm } from "@/components/engagement/new-engagement-form";
import { Place } from "@/components/frame/place";
import { NoRights } from "@/components/kit/no-rights";
import { PageTitle } from "@/components/kit/page-title";
import { page } from "@/lib/server/page";
import { readMe } from "@/lib/services/account/read-me";
import { readAssessors } from "@/lib/services/organisation/list-people";

export const metadata: Metadata = { title: "New engagement" };

/** Creates an engagement of one's own organisation. */
export default async function NewEngagementPage() {
  const context = await page("/engagements/new");
  const me = await readMe(context);
  if (me.organisation.kind !== "entity") {
    return (
      <NoRights reason="An engagement is created by the entity that is assessed, which then invites your company." />
    );
  }
  const firms = await readAssessors(context);
  return (
    <>
      <Place crumbs={[{ label: "New engagement" }]} />
      <PageTitle
        title="New engagement"
        lead={`One assessment of ${me.organisation.name}. You become its lead; further people are named under People.`}
      />
      <NewEngagementForm firms={firms.items} />
    </>
  );
}
