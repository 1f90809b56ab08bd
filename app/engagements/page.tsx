import type { Metadata } from "next";
import { EngagementList } from "@/components/engagement/engagement-list";
import { LinkButton } from "@/components/kit/link-button";
import { PageTitle } from "@/components/kit/page-title";
import { page } from "@/lib/server/page";
import { readMe } from "@/lib/services/account/read-me";
import { readEngagements } from "@/lib/services/engagement/list-engagements";

export const metadata: Metadata = { title: "Engagements" };

/** The engagements one takes part in or administers. */
export default async function EngagementsPage() {
  const context = await page("/engagements");
  const [engagements, me] = await Promise.all([readEngagements(context), readMe(context)]);
  const mayCreate = me.organisation.kind === "entity";
  return (
    <>
      <PageTitle
        title="Engagements"
        lead="One assessment each: what is left, and whose turn it is."
        actions={
          mayCreate && engagements.total > 0 ? <LinkButton href="/engagements/new">New engagement</LinkButton> : null
        }
      />
      <EngagementList engagements={engagements.items} mayCreate={mayCreate} />
    </>
  );
}
