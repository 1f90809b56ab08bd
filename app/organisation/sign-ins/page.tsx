import type { Metadata } from "next";
import { Place } from "@/components/frame/place";
import { NoRights } from "@/components/kit/no-rights";
import { PageTitle } from "@/components/kit/page-title";
import { SignInFilterBar } from "@/components/sign-ins/sign-in-filter-bar";
import { activeSignInFilters, signInFilters } from "@/components/sign-ins/sign-in-filters";
import { SignInHistory } from "@/components/sign-ins/sign-in-history";
import { signInsQuery } from "@/lib/contracts/sign-ins";
import { orRefused, page } from "@/lib/server/page";
import { readPeople } from "@/lib/services/organisation/list-people";
import { readSignIns } from "@/lib/services/trail/sign-ins";

export const metadata: Metadata = { title: "Sign-ins" };

interface Props {
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

/** Who signed in to one's own organisation, who failed to, and what became of accounts. */
export default async function SignInsPage({ searchParams }: Props) {
  const context = await page("/organisation/sign-ins");
  const asked = signInFilters(await searchParams);
  const parsed = signInsQuery.safeParse(activeSignInFilters(asked));
  const filters = parsed.success ? asked : signInFilters({});
  const first = await orRefused(readSignIns(context, parsed.data ?? signInsQuery.parse({})));
  if ("refused" in first) return <NoRights reason={first.refused} href="/organisation" />;
  const people = await readPeople(context);
  return (
    <>
      <Place crumbs={[{ label: "Sign-ins" }]} />
      <PageTitle
        title="Sign-ins"
        lead="Sign-ins, failures, second factors, passwords and changes of accounts, out of the trail; the newest first."
      />
      <SignInFilterBar filters={filters} people={people.items.map(({ id, name }) => ({ value: id, label: name }))} />
      <SignInHistory key={JSON.stringify(filters)} path="/organisation/sign-ins" filters={filters} first={first.data} />
    </>
  );
}
