"use client";

import { usePathname } from "next/navigation";
import classes from "@/components/frame/frame.module.css";
import { Mark } from "@/components/frame/mark";
import { NavList } from "@/components/frame/nav-list";
import { activeLink, engagementLinks, generalLinks } from "@/components/frame/navigation";
import { usePlace } from "@/components/frame/place";
import { SwitcherButton } from "@/components/frame/switcher-button";
import { useCurrentEngagement } from "@/components/frame/use-current";
import { Link } from "@/components/kit/link";
import type { MeDto } from "@/lib/contracts/session";

/** The product's name as a link home. */
export function Brand() {
  return (
    <Link href="/" className={classes.brand}>
      <Mark />
      Countervail
    </Link>
  );
}

/** The rail's content: the engagement and its pages, then what lies outside. Also what a phone's drawer shows. */
export function RailContent({ me, onNavigate }: { readonly me: MeDto | null; readonly onNavigate?: () => void }) {
  const pathname = usePathname();
  const place = usePlace();
  const current = useCurrentEngagement(me);
  const inside = me && current ? engagementLinks(current, me) : [];
  const outside = generalLinks(me);
  const worksheet = place?.engagementId && pathname.startsWith("/worksheets/");
  const wanted = pathname.endsWith("/review") ? "review" : "workbook";
  const active = worksheet
    ? (inside.find(({ name }) => name === wanted) ?? null)
    : activeLink([...inside, ...outside], pathname);
  return (
    <>
      {me ? <SwitcherButton me={me} current={current} onNavigate={onNavigate} /> : null}
      <div>
        {inside.length > 0 ? (
          <NavList heading="This engagement" links={inside} active={active} onNavigate={onNavigate} />
        ) : null}
        <NavList
          heading={me ? "Everywhere" : "Open to everyone"}
          links={outside}
          active={active}
          onNavigate={onNavigate}
        />
      </div>
    </>
  );
}

/** The left rail of wide screens. */
export function Rail({ me }: { readonly me: MeDto | null }) {
  return (
    <>
      <Brand />
      <div className={classes.pages}>
        <RailContent me={me} />
      </div>
    </>
  );
}
