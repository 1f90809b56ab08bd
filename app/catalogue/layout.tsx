import type { ReactNode } from "react";
import { CATALOGUE_PAGES } from "@/components/frame/navigation";
import { SectionNav } from "@/components/frame/section-nav";

/** The frame of the catalogue's pages, which anybody may read. */
export default function CatalogueLayout({ children }: { readonly children: ReactNode }) {
  return (
    <>
      <SectionNav label="Catalogue" pages={CATALOGUE_PAGES} />
      {children}
    </>
  );
}
