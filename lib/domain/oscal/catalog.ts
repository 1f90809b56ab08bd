import type { Catalogue } from "@/lib/domain/catalogue/catalogue";
import type { Requirement } from "@/lib/domain/catalogue/requirement";
import { sortKey } from "@/lib/domain/catalogue/requirement-number";
import type { StandardVersion } from "@/lib/domain/catalogue/standard-version";
import { childrenOf } from "@/lib/domain/catalogue/tree";
import { body, instantOf, line } from "@/lib/domain/oscal/markup";
import type { CatalogControl, CatalogDocument, CatalogGroup, Metadata, Prop } from "@/lib/domain/oscal/parts";
import { fieldProps, oscalProp, prop } from "@/lib/domain/oscal/props";
import { some } from "@/lib/domain/oscal/some";
import { stableJson } from "@/lib/domain/oscal/stable-json";
import { controlId, type Identify, OSCAL_VERSION } from "@/lib/domain/oscal/vocabulary";

/**
 * The requirements of a PCI DSS version as a catalogue: the twelve requirements and the appendices are groups, everything
 * below them are controls, nested as the numbers are. The standard's texts are PCI SSC's and are not in it.
 */
export function catalogOf(catalogue: Catalogue, version: StandardVersion, identify: Identify): CatalogDocument {
  const own = catalogue.requirements.filter((one) => one.version === version);
  return {
    catalog: {
      uuid: identify(`catalog ${version} ${catalogue.manifest.id} ${stableJson(own)}`),
      metadata: catalogueMetadata(catalogue, `PCI DSS ${version}: requirements by number`, [
        prop("standard-version", version),
        prop("catalogue-version", catalogue.manifest.id),
      ]),
      ...some(
        "groups",
        own.filter(({ parent }) => parent === null).map((one) => groupOf(one, own)),
      ),
    },
  };
}

/** What a document of the catalogue says about itself. */
export function catalogueMetadata({ manifest }: Catalogue, title: string, props: readonly Prop[]): Metadata {
  return {
    title: line(title, "PCI DSS"),
    "last-modified": instantOf(manifest.asOf),
    version: manifest.id,
    "oscal-version": OSCAL_VERSION,
    props,
    ...(manifest.notes.length > 0 && { remarks: body(manifest.notes.join("\n")) }),
  };
}

function groupOf(requirement: Requirement, all: readonly Requirement[]): CatalogGroup {
  return {
    id: controlId(requirement.number),
    title: line(requirement.title, requirement.number),
    props: propsOf(requirement),
    ...some("controls", controlsBelow(requirement, all)),
  };
}

function controlsBelow({ number }: Requirement, all: readonly Requirement[]): CatalogControl[] {
  return childrenOf(all, number).map((one) => ({
    id: controlId(one.number),
    title: line(one.title, one.number),
    props: propsOf(one),
    ...some("controls", controlsBelow(one, all)),
  }));
}

/** Number and place for every reader, then our fields for the one that reads them back. */
function propsOf({ version: _, parent: __, ...fields }: Requirement): Prop[] {
  return [oscalProp("label", fields.number), oscalProp("sort-id", sortKey(fields.number)), ...fieldProps(fields)];
}
