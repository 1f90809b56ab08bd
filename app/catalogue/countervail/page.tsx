import type { Metadata } from "next";
import { OwnMeasures } from "@/components/catalogue/own-measures";
import { Place } from "@/components/frame/place";
import { PageTitle } from "@/components/kit/page-title";
import { SectionCard } from "@/components/kit/section-card";
import { publicPage } from "@/lib/server/page";
import { listArticleRows } from "@/lib/services/catalogue/list-parts";

/** The page's title. */
export const metadata: Metadata = { title: "How Countervail stands" };

/** What Countervail does itself about the requirements that it lists. */
export default async function OwnStandingPage() {
  const rows = (await listArticleRows(await publicPage())).items;
  return (
    <>
      <Place crumbs={[{ label: "How Countervail stands" }]} />
      <PageTitle
        title="How Countervail stands"
        lead="The article asks what AWS does about these requirements. This is what Countervail does about them itself, by the stricter of both versions, and the tests in its repository that show it."
      />
      <SectionCard title="Row by row">
        <OwnMeasures rows={rows} />
      </SectionCard>
    </>
  );
}
