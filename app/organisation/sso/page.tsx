import type { Metadata } from "next";
import { Place } from "@/components/frame/place";
import { NoRights } from "@/components/kit/no-rights";
import { PageTitle } from "@/components/kit/page-title";
import { SectionCard } from "@/components/kit/section-card";
import { RedirectUri } from "@/components/organisation/redirect-uri";
import { SsoForm } from "@/components/organisation/sso-form";
import { page } from "@/lib/server/page";
import { readMe } from "@/lib/services/account/read-me";
import { readSso } from "@/lib/services/organisation/single-sign-on";

export const metadata: Metadata = { title: "Single sign-on" };

/** The identity provider of one's own organisation. */
export default async function SsoPage() {
  const context = await page("/organisation/sso");
  const me = await readMe(context);
  if (me.organisationRole !== "admin") {
    return <NoRights reason="Only administrators of the organisation set its single sign-on." href="/organisation" />;
  }
  const sso = await readSso(context);
  return (
    <>
      <Place crumbs={[{ label: "Single sign-on" }]} />
      <PageTitle
        title="Single sign-on"
        lead={`The people of ${me.organisation.name} may sign in at your own identity provider, by OpenID Connect.`}
      />
      <SectionCard
        title="At your identity provider"
        description="Register Countervail there as a web application with a client secret (authorization code flow), and this as its redirect URI."
      >
        <RedirectUri value={sso.redirectUri} />
      </SectionCard>
      <SectionCard
        title="Here"
        description="While it is switched on, passwords and passkeys of the people of the domains let nobody in any more. Second factors stay for everybody: the provider’s own where you accept it, otherwise ours."
      >
        <SsoForm key={sso.version} sso={sso} />
      </SectionCard>
    </>
  );
}
