import type { Metadata } from "next";
import { ControlsHead } from "@/components/controls/controls-head";
import { ReadinessList } from "@/components/controls/readiness-list";
import { NoRights } from "@/components/kit/no-rights";
import { orNotFound, orRefused, page } from "@/lib/server/page";
import { readEngagement } from "@/lib/services/engagement/read-engagement";
import { readReadiness } from "@/lib/services/readiness/read-readiness";

export const metadata: Metadata = { title: "Readiness" };

/** How ready an engagement is, and what is missing. */
export default async function ReadinessPage(props: { readonly params: Promise<{ engagementId: string }> }) {
  const { engagementId } = await props.params;
  const context = await page(`/engagements/${engagementId}/controls/readiness`);
  const engagement = await orNotFound(readEngagement(context, engagementId));
  const read = await orRefused(readReadiness(context, engagementId));
  if ("refused" in read) return <NoRights reason={read.refused} />;
  return (
    <>
      <ControlsHead
        engagement={engagement}
        title="Readiness"
        lead="How far each worksheet is on its way to a signature that holds: what gives points, what is missing, and where it is mended."
      />
      <ReadinessList readiness={read.data} />
    </>
  );
}
