import type { Catalogue } from "@/lib/domain/catalogue/catalogue";
import type { RequirementMapping } from "@/lib/domain/catalogue/requirement";
import { catalogueMetadata } from "@/lib/domain/oscal/catalog";
import { prop } from "@/lib/domain/oscal/props";
import { stableJson } from "@/lib/domain/oscal/stable-json";
import { catalogAddress, controlId, type Identify } from "@/lib/domain/oscal/vocabulary";

const ABOUT =
  "From each number of PCI DSS 3.2.1 to the numbers of 4.0.1 that took its place: a reading of both texts by the makers of the catalogue, and no statement of PCI SSC's.";

/** A control that is mapped from or to. */
interface MappedControl {
  readonly type: "control";
  readonly "id-ref": string;
}

/** A mapping between catalogues, as far as it is written and read. */
export interface MappingDocument {
  readonly "mapping-collection": {
    readonly mappings: readonly {
      readonly maps: readonly {
        readonly sources: readonly MappedControl[];
        readonly targets: readonly MappedControl[];
        readonly "confidence-score"?: { readonly category?: string };
      }[];
    }[];
  };
}

/** How the versions of the standard answer each other, as a mapping from the older catalogue to the newer. */
export function mappingCollectionOf(catalogue: Catalogue, url: string, identify: Identify) {
  const { manifest, mappings } = catalogue;
  return {
    "mapping-collection": {
      uuid: identify(`mapping ${manifest.id} ${stableJson(mappings)}`),
      metadata: catalogueMetadata(catalogue, "PCI DSS 3.2.1 to 4.0.1", [prop("catalogue-version", manifest.id)]),
      provenance: {
        method: "human",
        "matching-rationale": "semantic",
        status: "complete",
        "mapping-description": ABOUT,
      },
      mappings: [
        {
          uuid: identify(`mapping of ${manifest.id}`),
          "source-resource": { type: "catalog", href: catalogAddress(url, "3.2.1") },
          "target-resource": { type: "catalog", href: catalogAddress(url, "4.0.1") },
          maps: mappings.map((mapping) => mapOf(mapping, manifest.id, identify)),
        },
      ],
    },
  } as const;
}

/** What took the place of a number overlaps with it; how far they are the same is not said. */
function mapOf({ from, to, confidence }: RequirementMapping, catalogueId: string, identify: Identify) {
  return {
    uuid: identify(`map ${catalogueId} ${from}`),
    relationship: "intersects-with",
    sources: [mapped(from)],
    targets: to.map(mapped),
    "confidence-score": { category: confidence },
  };
}

function mapped(number: string): MappedControl {
  return { type: "control", "id-ref": controlId(number) };
}

/** Reads back what {@link mappingCollectionOf} wrote; maps that are not from one number are passed over. */
export function readMappings(document: MappingDocument): RequirementMapping[] {
  const number = (one: MappedControl) => one["id-ref"].replace(/^pci-/, "");
  return document["mapping-collection"].mappings.flatMap(({ maps }) =>
    maps.flatMap(({ sources: [source, ...more], targets, "confidence-score": score }) => {
      if (!source || more.length > 0) return [];
      const confidence = score?.category === "high" ? "high" : "medium";
      return [{ from: number(source), to: targets.map(number), confidence }];
    }),
  );
}
