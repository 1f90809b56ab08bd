import type { Metadata } from "next";
import { EngagementFacts } from "@/components/engagement/engagement-facts";
import { SettingsForm } from "@/components/engagement/settings-form";
import { PageTitle } from "@/components/kit/page-title";
import { orNotFound, page } from "@/lib/server/page";
import { readEngagement } from "@/lib/services/engagement/read-engagement";

export const metadata: Metadata = { title: "Settings" };

/** The settings of an engagement. */
export default async function SettingsPage(props: { readonly params: Promise<{ engagementId: string }> }) {
  const { engagementId } = await props.params;
  const context = await page(`/engagements/${engagementId}/settings`);
  const engagement = await orNotFound(readEngagement(context, engagementId));
  return (
    <>
      <PageTitle title="Settings" lead={<EngagementFacts engagement={engagement} />} />
      <SettingsForm engagement={engagement} />
    </>
  );
}
