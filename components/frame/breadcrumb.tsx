"use client";

import { IconChevronRight } from "@tabler/icons-react";
import { usePathname } from "next/navigation";
import { Fragment } from "react";
import classes from "@/components/frame/frame.module.css";
import { activeLink, engagementLinks, engagementOf, generalLinks } from "@/components/frame/navigation";
import { type Crumb, usePlace } from "@/components/frame/place";
import { useCurrentEngagement } from "@/components/frame/use-current";
import { Link } from "@/components/kit/link";
import type { MeDto, OwnEngagementDto } from "@/lib/contracts/session";

/** The way to the page: the engagement and its page by the address, then what the page itself adds. */
export function Breadcrumb({ me }: { readonly me: MeDto | null }) {
  const pathname = usePathname();
  const place = usePlace();
  const current = useCurrentEngagement(me);
  const id = engagementOf(pathname) ?? place?.engagementId ?? null;
  const engagement = current?.id === id ? current : null;
  const crumbs = crumbsOf(pathname, me, engagement, place?.crumbs ?? []);
  if (crumbs.length === 0) return <span />;
  return (
    <nav aria-label="Breadcrumb" style={{ minWidth: 0 }}>
      <ol className={classes.crumbs}>
        {crumbs.map((crumb, index) => (
          <Fragment key={`${crumb.href ?? ""}${crumb.label}`}>
            <li>
              {index > 0 ? <IconChevronRight size={13} aria-hidden="true" style={{ flex: "none" }} /> : null}
              {crumb.href && index < crumbs.length - 1 ? (
                <Link href={crumb.href}>{crumb.label}</Link>
              ) : (
                <span aria-current={index === crumbs.length - 1 ? "page" : undefined}>{crumb.label}</span>
              )}
            </li>
          </Fragment>
        ))}
      </ol>
    </nav>
  );
}

function crumbsOf(
  pathname: string,
  me: MeDto | null,
  engagement: OwnEngagementDto | null,
  added: readonly Crumb[],
): readonly Crumb[] {
  const links = [...(me && engagement ? engagementLinks(engagement, me) : []), ...generalLinks(me)];
  const page = activeLink(links, pathname);
  const start: Crumb[] = engagement ? [{ label: engagement.name, href: `/engagements/${engagement.id}` }] : [];
  if (page) start.push({ label: page.label, href: page.href });
  // A page of the frame has one name, wherever it is named: the desk of an assessor is others' review.
  const named = added.map((crumb) => ({
    ...crumb,
    label: links.find(({ href }) => href === crumb.href)?.label ?? crumb.label,
  }));
  return [...start, ...named];
}
