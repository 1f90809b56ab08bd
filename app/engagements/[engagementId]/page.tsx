import type { Metadata } from "next";
import { NoRights } from "@/components/kit/no-rights";
import { Workbook } from "@/components/workbook/workbook";
import { orNotFound, orRefused, page } from "@/lib/server/page";
import { ownPlaces } from "@/lib/services/account/own-engagements";
import { readMe } from "@/lib/services/account/read-me";
import { readWorkbook } from "@/lib/services/disposition/read-workbook";
import { readCandidates, readMembers } from "@/lib/services/engagement/manage-members";
import { readEngagement } from "@/lib/services/engagement/read-engagement";

export const metadata: Metadata = { title: "Workbook" };

/** The workbook of an engagement. */
export default async function WorkbookPage(props: { readonly params: Promise<{ engagementId: string }> }) {
  const { engagementId } = await props.params;
  const context = await page(`/engagements/${engagementId}`);
  const engagement = await orNotFound(readEngagement(context, engagementId));
  const workbook = await orRefused(readWorkbook(context, engagementId));
  if ("refused" in workbook) return <NoRights reason={workbook.refused} />;
  const [me, members, candidates] = await Promise.all([
    readMe(context),
    readMembers(context, engagementId),
    readCandidates(context, engagementId),
  ]);
  const ofEntity = me.organisation.id === engagement.entity.id;
  const people = new Map(
    [
      ...members.items
        .filter(({ organisation, acts }) => organisation.id === engagement.entity.id && acts)
        .map(({ userId, name }) => ({ id: userId, name })),
      ...(ofEntity ? candidates.items : []),
    ].map(({ id, name }) => [id, { id, name }]),
  );
  const carriesOver =
    engagement.standardVersion === "4.0.1" &&
    engagement.permissions.decideDispositions &&
    (await ownPlaces(context, { standardVersion: "3.2.1", organisationId: engagement.entity.id })).length > 0;
  return (
    <Workbook
      engagement={engagement}
      items={workbook.data.items}
      progress={workbook.data.progress}
      carriesOver={carriesOver}
      people={[...people.values()].sort((a, b) => a.name.localeCompare(b.name))}
    />
  );
}
