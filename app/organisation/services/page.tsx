import type { Metadata } from "next";
import { Place } from "@/components/frame/place";
import { NoRights } from "@/components/kit/no-rights";
import { PageTitle } from "@/components/kit/page-title";
import { ServiceAccounts } from "@/components/organisation/services/service-accounts";
import { page } from "@/lib/server/page";
import { readMe } from "@/lib/services/account/read-me";
import { readPeople } from "@/lib/services/organisation/list-people";
import { readServiceAccounts } from "@/lib/services/organisation/service-accounts";

export const metadata: Metadata = { title: "Service accounts" };

/** What programs of one's own organisation act as, for its administrators. */
export default async function ServiceAccountsPage() {
  const context = await page("/organisation/services");
  const me = await readMe(context);
  if (me.organisationRole !== "admin") {
    const reason = "Only administrators of the organisation see and change its service accounts.";
    return <NoRights reason={reason} href="/organisation" />;
  }
  const services = await readServiceAccounts(context);
  const people = await readPeople(context);
  const owners = people.items.filter(({ disabled }) => !disabled).map(({ id, name }) => ({ id, name }));
  return (
    <>
      <Place crumbs={[{ label: "Service accounts" }]} />
      <PageTitle
        title="Service accounts"
        lead={`Programs that belong to ${me.organisation.name} act as these. Nobody can sign in as one, and each has a person who answers for it.`}
      />
      <ServiceAccounts services={services.items} mostDays={services.mostDays} owners={owners} />
    </>
  );
}
