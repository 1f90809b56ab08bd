import { Text } from "@mantine/core";
import type { Metadata } from "next";
import { OwnMeasures } from "@/components/catalogue/own-measures";
import { Place } from "@/components/frame/place";
import { ServiceNotice } from "@/components/frame/service-notice";
import { PageTitle } from "@/components/kit/page-title";
import { SectionCard } from "@/components/kit/section-card";
import { dayInWords } from "@/lib/domain/format-date";
import { publicPage } from "@/lib/server/page";
import { listArticleRows } from "@/lib/services/catalogue/list-parts";
import { readGapState } from "@/lib/services/gap/gap-state";
import { listRecordedGaps } from "@/lib/services/gap/recorded-gaps";

/** The page's title. */
export const metadata: Metadata = { title: "How Countervail stands" };

/** Who stands for what is said to be lost. */
const SIGNED = {
  valid: "The record is signed by a key of this service.",
  invalid: "No key of this service has signed the record: take it for nobody's word.",
  unchecked: "Who signed the record cannot be checked at the moment.",
} as const;

/** What Countervail does itself about the requirements that it lists. */
export default async function OwnStandingPage() {
  const context = await publicPage();
  const [{ items: rows }, { notice }, recorded] = await Promise.all([
    listArticleRows(context),
    readGapState(context),
    listRecordedGaps(context),
  ]);
  return (
    <>
      <Place crumbs={[{ label: "How Countervail stands" }]} />
      <PageTitle
        title="How Countervail stands"
        lead="The article asks what AWS does about these requirements. This is what Countervail does about them itself, by the stricter of both versions, and the tests in its repository that show it."
      />
      {/* Signed-in people have it above every page. */}
      {notice && !context.actor && <ServiceNotice>{notice}</ServiceNotice>}
      {recorded.length > 0 && (
        <SectionCard title="Data that were put back">
          {recorded.map(({ recordedAt, backupAt, signature }) => (
            <Text key={recordedAt} size="sm">
              {`On ${dayInWords(recordedAt.slice(0, 10))} an operator recorded a gap in the trail after data were put back${backupAt ? ` from a backup of ${dayInWords(backupAt.slice(0, 10))}` : ""}. What was signed in between is lost here; packs from then do not go on. ${SIGNED[signature]}`}
            </Text>
          ))}
        </SectionCard>
      )}
      <SectionCard title="Row by row">
        <OwnMeasures rows={rows} />
      </SectionCard>
    </>
  );
}
