import type { ReactNode } from "react";
import { organisationPages } from "@/components/frame/navigation";
import { SectionNav } from "@/components/frame/section-nav";
import { publicPage } from "@/lib/server/page";
import { readMe } from "@/lib/services/account/read-me";

/** The frame of an organisation's pages: its administrators find all of them, everybody else what they may read. */
export default async function OrganisationLayout({ children }: { readonly children: ReactNode }) {
  const { session: _session, ...context } = await publicPage();
  const { actor } = context;
  const me = actor ? await readMe({ ...context, actor }) : null;
  const pages = me ? organisationPages(me) : [];
  return (
    <>
      {pages.length > 0 ? <SectionNav label="Organisation" pages={pages} /> : null}
      {children}
    </>
  );
}
