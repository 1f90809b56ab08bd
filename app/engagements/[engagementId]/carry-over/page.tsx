import { IconArrowRightBar } from "@tabler/icons-react";
import type { Metadata } from "next";
import { CarrySources } from "@/components/carry-over/carry-sources";
import { Place } from "@/components/frame/place";
import { EmptyState } from "@/components/kit/empty-state";
import { LinkButton } from "@/components/kit/link-button";
import { NoRights } from "@/components/kit/no-rights";
import { PageTitle } from "@/components/kit/page-title";
import { carrySourcesQuery } from "@/lib/contracts/carry-over";
import { orNotFound, orRefused, page } from "@/lib/server/page";
import { listCarrySources } from "@/lib/services/carry-over/list-carry-sources";
import { readEngagement } from "@/lib/services/engagement/read-engagement";

export const metadata: Metadata = { title: "Carry over from 3.2.1" };

/** The worksheets of 3.2.1 that may go on in an engagement of 4.0.1. */
export default async function CarryOverPage(props: {
  readonly params: Promise<{ readonly engagementId: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}) {
  const { engagementId } = await props.params;
  const context = await page(`/engagements/${engagementId}/carry-over`);
  const engagement = await orNotFound(readEngagement(context, engagementId));
  const { number } = carrySourcesQuery.safeParse(await props.searchParams).data ?? {};
  const found = await orRefused(listCarrySources(context, engagementId, number));
  if ("refused" in found) return <NoRights reason={found.refused} />;
  const workbook = `/engagements/${engagementId}`;
  return (
    <>
      <Place engagementId={engagementId} crumbs={[{ label: "Workbook", href: workbook }, { label: "Carry over" }]} />
      <PageTitle
        title={number === undefined ? "Carry over from PCI DSS 3.2.1" : `Carry over to ${number}`}
        lead="3.2.1 was retired on 31 March 2024. A worksheet goes on under the number that took its place: every word comes along, and what 4.0.1 asks in addition is listed in each section until it is seen to. Evidence stays behind, because it is to be of this assessment."
      />
      {found.data.items.length === 0 ? (
        <EmptyState
          icon={IconArrowRightBar}
          title="Nothing to carry over"
          action={<LinkButton href={workbook}>Back to the workbook</LinkButton>}
        >
          {engagement.standardVersion === "4.0.1"
            ? "Worksheets of engagements under 3.2.1 in which you take part appear here, as far as you may read them."
            : "This engagement is one of 3.2.1 itself. Begin one under 4.0.1, and carry its worksheets over there."}
        </EmptyState>
      ) : (
        <CarrySources
          engagementId={engagementId}
          assessmentType={engagement.assessmentType}
          items={found.data.items}
          number={number ?? null}
        />
      )}
    </>
  );
}
