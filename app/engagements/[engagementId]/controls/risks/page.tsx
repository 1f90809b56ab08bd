import type { Metadata } from "next";
import { ControlsHead } from "@/components/controls/controls-head";
import { RiskChart } from "@/components/controls/risk-chart";
import { NoRights } from "@/components/kit/no-rights";
import { orNotFound, orRefused, page } from "@/lib/server/page";
import { readRisks } from "@/lib/services/controls/overviews";
import { readEngagement } from "@/lib/services/engagement/read-engagement";

export const metadata: Metadata = { title: "Risks" };

/** The risks of an engagement by likelihood and impact. */
export default async function RisksPage(props: { readonly params: Promise<{ engagementId: string }> }) {
  const { engagementId } = await props.params;
  const context = await page(`/engagements/${engagementId}/controls/risks`);
  const engagement = await orNotFound(readEngagement(context, engagementId));
  const read = await orRefused(readRisks(context, engagementId));
  if ("refused" in read) return <NoRights reason={read.refused} />;
  return (
    <>
      <ControlsHead
        engagement={engagement}
        title="Risks"
        lead="All risks of the worksheets by likelihood and impact, with the controls that answer them and what is left."
      />
      <RiskChart risks={read.data} />
    </>
  );
}
