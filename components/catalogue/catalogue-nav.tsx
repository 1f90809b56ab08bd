"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import classes from "@/components/catalogue/catalogue.module.css";
import { CATALOGUE_PAGES } from "@/components/frame/navigation";

/** The pages of the catalogue. A requirement's page belongs to the first. */
export function CatalogueNav() {
  const pathname = usePathname();
  const current = CATALOGUE_PAGES.slice(1).find(({ href }) => pathname === href)?.href ?? "/catalogue";
  return (
    <nav className={classes.nav} aria-label="Catalogue">
      {CATALOGUE_PAGES.map(({ href, label }) => (
        <Link key={href} href={href} aria-current={href === current ? "page" : undefined}>
          {label}
        </Link>
      ))}
    </nav>
  );
}
