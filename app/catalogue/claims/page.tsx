import type { Metadata } from "next";
import { ClaimList } from "@/components/catalogue/claim-list";
import { PageTitle } from "@/components/kit/page-title";
import { publicPage } from "@/lib/server/page";
import { listClaims, oldNames } from "@/lib/services/catalogue/list-parts";

/** The page's title. */
export const metadata: Metadata = { title: "The article's claims" };

/** What the article says outside its table, claim by claim, weighed against today. */
export default async function ClaimsPage() {
  const context = await publicPage();
  const [claims, names] = await Promise.all([listClaims(context), oldNames(context)]);
  return (
    <>
      <PageTitle
        title="The article's claims"
        lead="What the article on KMS and CloudHSM says outside its table, in our words, and whether it is still so. Eight of them it sets aside itself as not being PCI requirements."
      />
      <ClaimList claims={claims.items} oldNames={names} />
    </>
  );
}
