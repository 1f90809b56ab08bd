import type { Metadata } from "next";
import { Place } from "@/components/frame/place";
import { NoRights } from "@/components/kit/no-rights";
import { PageTitle } from "@/components/kit/page-title";
import { ReadOnlyNote } from "@/components/kit/read-only-note";
import { SectionCard } from "@/components/kit/section-card";
import { LogoForm } from "@/components/organisation/logo-form";
import { page } from "@/lib/server/page";
import { readMe } from "@/lib/services/account/read-me";
import { readOwnLogo } from "@/lib/services/organisation/logo";

export const metadata: Metadata = { title: "Logo" };

/** The logo on what is printed of one's own organisation's worksheets. */
export default async function LogoPage() {
  const context = await page("/organisation/logo");
  const me = await readMe(context);
  if (me.organisation.kind !== "entity") {
    return <NoRights reason="A logo is that of the entity whose worksheets are printed." href="/organisation" />;
  }
  const logo = await readOwnLogo(context);
  const admin = me.organisationRole === "admin";
  return (
    <>
      <Place crumbs={[{ label: "Logo" }]} />
      <PageTitle
        title="Logo"
        lead={`Stands on the first page of the PDFs of ${me.organisation.name}: workbooks, worksheets, records and their parts.`}
      />
      {admin ? null : <ReadOnlyNote>Administrators of the organisation change it.</ReadOnlyNote>}
      <SectionCard
        title="On the first page"
        description="A PNG or a JPEG in RGB or grey, at most 512 kB. What was printed before keeps what it was printed with."
      >
        <LogoForm stored={logo} readOnly={!admin} />
      </SectionCard>
    </>
  );
}
