import type { Metadata } from "next";
import { Place } from "@/components/frame/place";
import { NoRights } from "@/components/kit/no-rights";
import { PageTitle } from "@/components/kit/page-title";
import { ReadOnlyNote } from "@/components/kit/read-only-note";
import { SectionCard } from "@/components/kit/section-card";
import { ThresholdsForm } from "@/components/organisation/thresholds-form";
import { page } from "@/lib/server/page";
import { readMe } from "@/lib/services/account/read-me";
import { readThresholds } from "@/lib/services/organisation/thresholds";

export const metadata: Metadata = { title: "Thresholds" };

/** The thresholds by which the worksheets of one's own organisation are checked. */
export default async function ThresholdsPage() {
  const context = await page("/organisation/rigour");
  const me = await readMe(context);
  if (me.organisation.kind !== "entity") {
    return <NoRights reason="Thresholds belong to the entity whose worksheets are checked." href="/organisation" />;
  }
  const thresholds = await readThresholds(context);
  const admin = me.organisationRole === "admin";
  return (
    <>
      <Place crumbs={[{ label: "Thresholds" }]} />
      <PageTitle
        title="Thresholds"
        lead={`What the checks ask of the worksheets of ${me.organisation.name}. A change is in force at once for drafts; what was submitted keeps what it was judged by.`}
      />
      {admin ? null : <ReadOnlyNote>Administrators of the organisation change these.</ReadOnlyNote>}
      <SectionCard
        title="Text, age and review"
        description="Where a threshold is the standard’s it can be made stricter only. Where it is ours, it can be moved both ways within its range. A revision that was judged by other than the built-in values says so."
      >
        <ThresholdsForm key={thresholds.version} thresholds={thresholds} readOnly={!admin} />
      </SectionCard>
    </>
  );
}
