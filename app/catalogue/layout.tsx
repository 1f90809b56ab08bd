import type { ReactNode } from "react";
import { CatalogueNav } from "@/components/catalogue/catalogue-nav";

/** The frame of the catalogue's pages, which anybody may read. */
export default function CatalogueLayout({ children }: { readonly children: ReactNode }) {
  return (
    <>
      <CatalogueNav />
      {children}
    </>
  );
}
