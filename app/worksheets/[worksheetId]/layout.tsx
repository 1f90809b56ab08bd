import type { ReactNode } from "react";
import { CurrentEngagement } from "@/components/frame/place";
import { publicPage } from "@/lib/server/page";
import { engagementOfPage } from "@/lib/services/engagement/engagement-of-page";

/** Tells the frame which engagement the worksheet belongs to. Each page still authorises itself. */
export default async function WorksheetLayout(props: {
  readonly children: ReactNode;
  readonly params: Promise<{ worksheetId: string }>;
}) {
  const { worksheetId } = await props.params;
  const context = await publicPage();
  const engagement = context.actor ? await engagementOfPage(context, `/worksheets/${worksheetId}`) : null;
  return (
    <>
      {engagement ? <CurrentEngagement {...engagement} /> : null}
      {props.children}
    </>
  );
}
