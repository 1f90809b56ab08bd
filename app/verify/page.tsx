import type { Metadata } from "next";
import { Place } from "@/components/frame/place";
import { PageTitle } from "@/components/kit/page-title";
import { VerifyPack } from "@/components/verify/verify-pack";

/** The page's title. */
export const metadata: Metadata = { title: "Verify a pack" };

/** Verifies a proof pack in the browser of whoever was given one; nobody needs an account for that. */
export default function VerifyPage() {
  return (
    <>
      <Place crumbs={[{ label: "Verify a pack" }]} />
      <PageTitle
        title="Verify a pack"
        lead="You were given a proof pack of compensating controls worksheets. Here you see whether it is as it was signed, who signed what, and what it cannot prove."
      />
      <VerifyPack />
    </>
  );
}
