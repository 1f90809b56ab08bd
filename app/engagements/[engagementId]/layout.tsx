import type { ReactNode } from "react";
import { CurrentEngagement } from "@/components/frame/place";
import { orNotFound, publicPage } from "@/lib/server/page";
import { readEngagement } from "@/lib/services/engagement/read-engagement";

/** Tells the frame which engagement its pages belong to. Each page still authorises itself. */
export default async function EngagementLayout(props: {
  readonly children: ReactNode;
  readonly params: Promise<{ engagementId: string }>;
}) {
  const { engagementId } = await props.params;
  const context = await publicPage();
  // Somebody signed out is sent to the sign-in by the page, which knows its own address.
  const engagement = context.actor ? await orNotFound(readEngagement(context, engagementId)) : null;
  return (
    <>
      {engagement ? <CurrentEngagement {...engagement} roles={engagement.myRoles} /> : null}
      {props.children}
    </>
  );
}
