import type { Metadata } from "next";
import { ControlsHead } from "@/components/controls/controls-head";
import { Matrix } from "@/components/controls/matrix";
import { NoRights } from "@/components/kit/no-rights";
import { orNotFound, orRefused, page } from "@/lib/server/page";
import { readMatrix } from "@/lib/services/controls/overviews";
import { readEngagement } from "@/lib/services/engagement/read-engagement";

export const metadata: Metadata = { title: "Requirements and controls" };

/** Requirements × controls of an engagement. */
export default async function MatrixPage(props: { readonly params: Promise<{ engagementId: string }> }) {
  const { engagementId } = await props.params;
  const context = await page(`/engagements/${engagementId}/controls/matrix`);
  const engagement = await orNotFound(readEngagement(context, engagementId));
  const read = await orRefused(readMatrix(context, engagementId));
  if ("refused" in read) return <NoRights reason={read.refused} />;
  return (
    <>
      <ControlsHead
        engagement={engagement}
        title="Requirements and controls"
        lead="Which control stands in for which requirement: shared controls first, then those of one worksheet."
      />
      <Matrix engagementId={engagementId} matrix={read.data} />
    </>
  );
}
