import type { Metadata } from "next";
import { NoRights } from "@/components/kit/no-rights";
import { PageTitle } from "@/components/kit/page-title";
import { Desk } from "@/components/review/desk";
import { ASSESSOR_ROLES } from "@/lib/domain/access/roles";
import { orNotFound, orRefused, page } from "@/lib/server/page";
import { readEngagement } from "@/lib/services/engagement/read-engagement";
import { listWorksheets } from "@/lib/services/worksheet/list-worksheets";

export const metadata: Metadata = { title: "Review" };

interface Props {
  readonly params: Promise<{ readonly engagementId: string }>;
}

/** The desk of those who review: what waits for them, then everything else. */
export default async function ReviewListPage({ params }: Props) {
  const { engagementId } = await params;
  const context = await page(`/engagements/${engagementId}/review`);
  const engagement = await orNotFound(readEngagement(context, engagementId));
  const listed = await orRefused(listWorksheets(context, engagementId));
  if ("refused" in listed) return <NoRights reason={listed.refused} />;
  const ofAssessor = engagement.myRoles.some((role) => ASSESSOR_ROLES.includes(role));
  return (
    <>
      <PageTitle
        title={ofAssessor ? "Desk" : "Review"}
        lead={`${engagement.name} · ${engagement.entity.name}. Worksheets by whose turn it is.`}
      />
      <Desk worksheets={listed.data.items} roles={engagement.myRoles} hasAssessor={engagement.assessor !== null} />
    </>
  );
}
