import type { ServiceContext } from "@/lib/auth/context";
import type { StandardVersion } from "@/lib/domain/catalogue/standard-version";
import { catalogOf } from "@/lib/domain/oscal/catalog";
import { mappingCollectionOf } from "@/lib/domain/oscal/mapping-collection";
import { identify } from "@/lib/render/oscal/identify";
import { type OscalFile, oscalFile } from "@/lib/render/oscal/oscal-file";
import { currentCatalogue } from "@/lib/services/catalogue/current";

/** The requirements of a PCI DSS version as an OSCAL catalogue. Everybody may read it. @throws Failure as `currentCatalogue` */
export async function oscalCatalog(context: ServiceContext, version: StandardVersion): Promise<OscalFile> {
  const catalogue = await currentCatalogue(context);
  return oscalFile("catalog", catalogOf(catalogue, version, identify), `pci-dss-${version}-${catalogue.manifest.id}`);
}

/** How the versions of PCI DSS answer each other, as an OSCAL mapping. Everybody may read it. @throws Failure as `currentCatalogue` */
export async function oscalMapping(context: ServiceContext): Promise<OscalFile> {
  const catalogue = await currentCatalogue(context);
  const document = mappingCollectionOf(catalogue, context.url, identify);
  return oscalFile("mapping", document, `pci-dss-3.2.1-to-4.0.1-${catalogue.manifest.id}`);
}
