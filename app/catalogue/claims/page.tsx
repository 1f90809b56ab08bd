import { Box } from "@mantine/core";
import type { Metadata } from "next";
import { ClaimList } from "@/components/catalogue/claim-list";
import { FinalCheckList } from "@/components/catalogue/final-check-list";
import { Place } from "@/components/frame/place";
import { PageTitle } from "@/components/kit/page-title";
import { SectionCard } from "@/components/kit/section-card";
import { publicPage } from "@/lib/server/page";
import { listClaims, listFinalChecks, oldNames } from "@/lib/services/catalogue/list-parts";

/** The page's title. */
export const metadata: Metadata = { title: "The article's claims" };

/** What the article says outside its table, claim by claim, weighed against today. */
export default async function ClaimsPage() {
  const context = await publicPage();
  const [claims, checks, names] = await Promise.all([listClaims(context), listFinalChecks(context), oldNames(context)]);
  return (
    <>
      <Place crumbs={[{ label: "Claims" }]} />
      <PageTitle
        title="The article's claims"
        lead="What the article on KMS and CloudHSM says outside its table, in our words, and whether it is still so. Eight of them it sets aside itself as not being PCI requirements."
      />
      <ClaimList claims={claims.items} oldNames={names} />
      <Box mt="lg">
        <SectionCard
          title="The article's final thoughts"
          description="Seven checks that follow from them. The scope questions of an engagement ask for each."
        >
          <FinalCheckList checks={checks.items} />
        </SectionCard>
      </Box>
    </>
  );
}
