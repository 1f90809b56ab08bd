import type { Metadata } from "next";
import { Place } from "@/components/frame/place";
import { PageTitle } from "@/components/kit/page-title";
import { SignInFilterBar } from "@/components/sign-ins/sign-in-filter-bar";
import { activeSignInFilters, signInFilters } from "@/components/sign-ins/sign-in-filters";
import { SignInHistory } from "@/components/sign-ins/sign-in-history";
import { ownSignInsQuery } from "@/lib/contracts/sign-ins";
import { page } from "@/lib/server/page";
import { readOwnSignIns } from "@/lib/services/trail/sign-ins";

export const metadata: Metadata = { title: "Your sign-ins" };

interface Props {
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

/** One's own sign-ins and what became of one's account, so that one notices what one did not do. */
export default async function OwnSignInsPage({ searchParams }: Props) {
  const context = await page("/account/sign-ins");
  const { kind, from, to } = signInFilters(await searchParams);
  const asked = { ...signInFilters({}), kind, from, to };
  const parsed = ownSignInsQuery.safeParse(activeSignInFilters(asked));
  const filters = parsed.success ? asked : signInFilters({});
  const first = await readOwnSignIns(context, parsed.data ?? ownSignInsQuery.parse({}));
  return (
    <>
      <Place crumbs={[{ label: "Account", href: "/account" }, { label: "Sign-ins" }]} />
      <PageTitle
        title="Your sign-ins"
        lead="If something here was not you, change your password and tell an admin of your organisation."
      />
      <SignInFilterBar filters={filters} />
      <SignInHistory key={JSON.stringify(filters)} path="/me/sign-ins" filters={filters} first={first} />
    </>
  );
}
