import type { Metadata } from "next";
import { Place } from "@/components/frame/place";
import { NoRights } from "@/components/kit/no-rights";
import { PageTitle } from "@/components/kit/page-title";
import { SectionCard } from "@/components/kit/section-card";
import { PolicyForm } from "@/components/organisation/policy-form";
import { page } from "@/lib/server/page";
import { readMe } from "@/lib/services/account/read-me";
import { readSecurityPolicy } from "@/lib/services/organisation/security-policy";

export const metadata: Metadata = { title: "Security policy" };

/** What one's own organisation sets about signing in. */
export default async function PolicyPage() {
  const context = await page("/organisation/policy");
  const me = await readMe(context);
  if (me.organisationRole !== "admin") {
    return <NoRights reason="Only administrators of the organisation set its security policy." href="/organisation" />;
  }
  const policy = await readSecurityPolicy(context);
  return (
    <>
      <Place crumbs={[{ label: "Security policy" }]} />
      <PageTitle
        title="Security policy"
        lead={`How the people of ${me.organisation.name} sign in. A change is in force at once, for everybody.`}
      />
      <SectionCard
        title="Sessions, locks, passwords and API tokens"
        description="The built-in values are the stricter ones of PCI DSS 3.2.1 and 4.0.1. You may be stricter than they are, never looser. Second factors are for everybody and cannot be switched off."
      >
        <PolicyForm key={policy.version} policy={policy} />
      </SectionCard>
    </>
  );
}
