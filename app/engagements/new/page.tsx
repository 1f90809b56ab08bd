import type { Metadata } from "next";
import { NewEngagementForm } from "@/components/engagement/new-engagement-form";
import { NoRights } from "@/components/kit/no-rights";
import { PageTitle } from "@/components/kit/page-title";
import { page } from "@/lib/server/page";
import { readMe } from "@/lib/services/account/read-me";

export const metadata: Metadata = { title: "New engagement" };

/** Creates an engagement of one's own organisation. */
export default async function NewEngagementPage() {
  const me = await readMe(await page("/engagements/new"));
  if (me.organisation.kind !== "entity") {
    return (
      <NoRights reason="An engagement is created by the entity that is assessed, which then invites your company." />
    );
  }
  return (
    <>
      <PageTitle
        title="New engagement"
        lead={`One assessment of ${me.organisation.name}. You become its lead; people and the assessor company come after.`}
      />
      <NewEngagementForm />
    </>
  );
}
