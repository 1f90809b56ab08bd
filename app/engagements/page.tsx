import type { Metadata } from "next";
import { EngagementList } from "@/components/engagement/engagement-list";
import { LinkButton } from "@/components/kit/link-button";
import { PageTitle } from "@/components/kit/page-title";
import { engagementsQuery } from "@/lib/contracts/engagement";
import { page } from "@/lib/server/page";
import { readMe } from "@/lib/services/account/read-me";
import { readEngagements } from "@/lib/services/engagement/list-engagements";

export const metadata: Metadata = { title: "Engagements" };

interface Props {
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

/** The engagements one takes part in or administers. */
export default async function EngagementsPage({ searchParams }: Props) {
  const context = await page("/engagements");
  const { q, version } = await searchParams;
  const asked = Object.fromEntries(Object.entries({ q, version }).filter(([, value]) => value));
  const isFiltered = Object.keys(asked).length > 0;
  // Filters that mean nothing find nothing, as they do when the list asks by them itself.
  const parsed = engagementsQuery.safeParse(asked);
  const none = { items: [], nextCursor: null };
  const [first, me] = await Promise.all([
    parsed.success ? readEngagements(context, parsed.data) : none,
    readMe(context),
  ]);
  const foundBy = { q: String(q ?? ""), version: String(version ?? "") };
  const mayCreate = me.organisation.kind === "entity";
  return (
    <>
      <PageTitle
        title="Engagements"
        lead="One assessment each: what is left, and whose turn it is."
        actions={
          mayCreate && (isFiltered || first.items.length > 0) ? (
            <LinkButton href="/engagements/new">New engagement</LinkButton>
          ) : null
        }
      />
      <EngagementList first={first} foundBy={foundBy} mayCreate={mayCreate} />
    </>
  );
}
