"use client";

import { usePathname } from "next/navigation";
import classes from "@/components/frame/section-nav.module.css";
import { Link } from "@/components/kit/link";

/** The pages of a part of the site beside each other. What lies beneath one belongs to it, and everything else to the first. */
export function SectionNav(props: {
  /** The part's name, for people who cannot see it. */
  readonly label: string;
  readonly pages: readonly { readonly href: string; readonly label: string }[];
}) {
  const pathname = usePathname();
  const [first, ...others] = props.pages;
  const current = others.find(({ href }) => `${pathname}/`.startsWith(`${href}/`))?.href ?? first?.href;
  return (
    <nav className={classes.nav} aria-label={props.label}>
      {props.pages.map(({ href, label }) => (
        <Link key={href} href={href} aria-current={href === current ? "page" : undefined}>
          {label}
        </Link>
      ))}
    </nav>
  );
}
