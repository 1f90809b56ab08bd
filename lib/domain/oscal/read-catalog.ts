import type { Requirement } from "@/lib/domain/catalogue/requirement";
import { STANDARD_VERSIONS, type StandardVersion } from "@/lib/domain/catalogue/standard-version";
import { plain } from "@/lib/domain/oscal/markup";
import type { CatalogControl, CatalogDocument, CatalogGroup } from "@/lib/domain/oscal/parts";
import { readFields } from "@/lib/domain/oscal/props";
import type { DocumentProblem } from "@/lib/domain/oscal/read-poam";

/** The requirements that a catalogue holds, in its order, with what is wrong in it. */
export interface ReadCatalog {
  /** Null where the document does not say it. */
  readonly catalogueVersion: string | null;
  readonly requirements: readonly Requirement[];
  readonly problems: readonly DocumentProblem[];
}

/** A group or control with its place, and the number of what it lies below. */
interface Placed {
  readonly node: CatalogGroup & Partial<CatalogControl>;
  readonly at: string;
  readonly parent: string | null;
  readonly level: number;
}

/**
 * Reads a catalogue of PCI DSS requirements: ours without loss, and anybody's whose controls have a number as their label.
 * What cannot be read is named by its place, and left out together with nothing but itself. The document has to be valid
 * by its schema.
 * @param version the PCI DSS version of a catalogue that does not say it
 */
export function readCatalog({ catalog }: CatalogDocument, version: StandardVersion = "4.0.1"): ReadCatalog {
  const about = readFields(catalog.metadata.props);
  const problems: DocumentProblem[] = [];
  const said = about.standardVersion ?? version;
  const known = STANDARD_VERSIONS.find((one) => one === said);
  if (!known) {
    const message = `It is of PCI DSS ${String(said)}, which is not one of ${STANDARD_VERSIONS.join(" and ")}.`;
    return { catalogueVersion: null, requirements: [], problems: [{ at: "/catalog/metadata/props", message }] };
  }
  const requirements: Requirement[] = [];
  const seen = new Set<string>();
  // A list of our own and not recursion, because a hostile document may nest deeper than the engine's call stack.
  const pending = placed(catalog, "/catalog", null, 1).reverse();
  for (let next = pending.pop(); next; next = pending.pop()) {
    const number = numberOf(next.node);
    if (number === null)
      problems.push({ at: next.at, message: "It has no number: neither a label nor an id like pci-8.3.4." });
    else if (seen.has(number)) problems.push({ at: next.at, message: `The number ${number} is there more than once.` });
    else requirements.push(requirementOf(next, number, known, problems));
    if (number !== null) seen.add(number);
    pending.push(...placed(next.node, next.at, number ?? next.parent, next.level + 1).reverse());
  }
  const { catalogueVersion } = about;
  return { catalogueVersion: typeof catalogueVersion === "string" ? catalogueVersion : null, requirements, problems };
}

function placed(
  { groups = [], controls = [] }: Pick<CatalogGroup, "groups" | "controls">,
  at: string,
  parent: string | null,
  level: number,
): Placed[] {
  const below = (list: string, nodes: readonly (CatalogGroup | CatalogControl)[]) =>
    nodes.map((node, index) => ({ node, at: `${at}/${list}/${index}`, parent, level }));
  return [...below("groups", groups), ...below("controls", controls)];
}

const NUMBER = /^(?:A?\d{1,2})(?:\.\d{1,3}){0,6}$/;

/** The number of a requirement: ours says it, others have it as their label, or in their id. */
function numberOf({ id = "", props = [] }: Placed["node"]): string | null {
  const label = props.find(({ name, ns }) => name === "label" && ns === undefined)?.value;
  const candidates = [readFields(props).number, label, id.replace(/^[^\d]*?(?=A?\d)/, "")];
  return candidates.find((one): one is string => typeof one === "string" && NUMBER.test(one)) ?? null;
}

const FLAGS = {
  leaf: "yes or no",
  serviceProvidersOnly: "yes or no",
  noCcw: "yes or no",
  futureDated: "yes or no",
  futureDatedInPart: "yes or no",
  frequencyBound: "yes or no",
} as const;

function requirementOf(
  { node, at, parent, level }: Placed,
  number: string,
  version: StandardVersion,
  problems: DocumentProblem[],
): Requirement {
  const fields = readFields(node.props);
  const flag = (name: keyof typeof FLAGS, otherwise: boolean): boolean => {
    const value = fields[name];
    if (value === undefined || typeof value === "boolean") return value ?? otherwise;
    problems.push({ at, message: `${name} is not ${FLAGS[name]}.` });
    return otherwise;
  };
  const isLeaf = (node.controls ?? []).length + (node.groups ?? []).length === 0;
  return {
    version,
    number,
    parent,
    level: typeof fields.level === "number" ? fields.level : level,
    leaf: flag("leaf", isLeaf),
    title: typeof fields.title === "string" ? fields.title : plain(node.title),
    serviceProvidersOnly: flag("serviceProvidersOnly", false),
    customizedApproachEligible: eligible(fields.customizedApproachEligible),
    noCcw: flag("noCcw", false),
    futureDated: flag("futureDated", false),
    futureDatedInPart: flag("futureDatedInPart", false),
    frequencyBound: flag("frequencyBound", false),
    supersededBy: typeof fields.supersededBy === "string" ? fields.supersededBy : null,
  };
}

function eligible(value: unknown): boolean | null {
  return typeof value === "boolean" ? value : null;
}
