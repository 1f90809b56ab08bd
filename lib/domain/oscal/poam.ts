import type { OscalBook, OscalRow, OscalWorksheet } from "@/lib/domain/oscal/book";
import { body, headed, instantOf, line } from "@/lib/domain/oscal/markup";
import { bookMetadata } from "@/lib/domain/oscal/metadata";
import { narrativeMarkup } from "@/lib/domain/oscal/narrative-markup";
import type {
  InventoryItem,
  Observation,
  PoamDocument,
  PoamItem,
  Prop,
  Resource,
  Risk,
} from "@/lib/domain/oscal/parts";
import { risksOf } from "@/lib/domain/oscal/poam-risks";
import { inventoryOf, observationsOf, resourcesOf } from "@/lib/domain/oscal/poam-scope";
import { fieldProps, prop } from "@/lib/domain/oscal/props";
import { some } from "@/lib/domain/oscal/some";
import { stableJson } from "@/lib/domain/oscal/stable-json";
import { controlId, type Identify } from "@/lib/domain/oscal/vocabulary";
import { partId } from "@/lib/domain/oscal/worksheet-ids";
import { CRITERION_TITLES } from "@/lib/domain/worksheet/criteria";
import {
  HEADER_LABEL,
  SECTION_KEYS,
  SECTION_LABELS,
  type SectionKey,
  sectionOrder,
} from "@/lib/domain/worksheet/sections";

/** How a reader finds an item's parts among the lists of the document. */
export const ITEM_KINDS = { worksheet: "worksheet", plannedFix: "planned-fix" } as const;
export const EVIDENCE_REL = "evidence";
export const SCOPE_REL = "scope";

/**
 * The compensating controls worksheets of an engagement, and the fixes it plans, as a plan of action and milestones: a
 * worksheet is a risk that is deviated from, with mitigating factors, observations and evidence. Whatever OSCAL has no
 * place for stands in props of our namespace, so that `readPoam` gives back exactly what was written.
 */
export function poamOf(book: OscalBook, identify: Identify): PoamDocument {
  const { engagement, url } = book;
  const fixes = plannedFixes(book);
  const parts = book.worksheets.map((one) => partsOf(one, book, identify));
  const inventory = parts.flatMap((one) => one.inventory);
  const resources = parts.flatMap((one) => one.resources);
  const risks = [...parts.flatMap((one) => one.risks), ...fixes.map((row) => fixRisk(row, book, identify))];
  return {
    "plan-of-action-and-milestones": {
      // A document that says something else has another id.
      uuid: identify(`poam ${stableJson({ ...book, rows: fixes })}`),
      metadata: bookMetadata(book, "Compensating controls and planned fixes", identify),
      "import-ssp": { href: url + sspPath(engagement.id) },
      "system-id": { "identifier-type": "https://ietf.org/rfc/rfc4122", id: engagement.id },
      ...(inventory.length > 0 && { "local-definitions": { "inventory-items": inventory } }),
      ...some(
        "observations",
        parts.flatMap((one) => one.observations),
      ),
      ...some("risks", risks),
      "poam-items": [...parts.map((one) => itemOf(one, identify)), ...fixes.map((row) => fixItem(row, book, identify))],
      ...(resources.length > 0 && { "back-matter": { resources } }),
    },
  };
}

/** A worksheet with what the lists of the document hold of it. */
interface Parts {
  readonly worksheet: OscalWorksheet;
  readonly risks: readonly Risk[];
  readonly observations: readonly Observation[];
  readonly inventory: readonly InventoryItem[];
  readonly resources: readonly Resource[];
}

function partsOf(worksheet: OscalWorksheet, book: OscalBook, identify: Identify): Parts {
  return {
    worksheet,
    risks: risksOf(worksheet, book, identify),
    observations: observationsOf(worksheet, identify),
    inventory: inventoryOf(worksheet, identify),
    resources: resourcesOf(worksheet, identify),
  };
}

/** The rows of a book that a plan of action tells: what is met, or not decided on, is no matter of one. */
export function plannedFixes({ rows }: OscalBook): readonly OscalRow[] {
  return rows.filter(({ disposition }) => disposition === "fix_planned");
}

/** Where a service hands out the system security plan of an engagement. */
export function sspPath(engagementId: string): string {
  return `/api/v1/engagements/${engagementId}/oscal?model=ssp`;
}

function itemOf({ worksheet, risks, observations, inventory, resources }: Parts, identify: Identify): PoamItem {
  const { requirementNumber, requirementTitle } = worksheet.content.header;
  const links = (rel: string, list: readonly { readonly uuid: string }[]) =>
    list.map(({ uuid }) => ({ href: `#${uuid}`, rel }));
  return {
    uuid: partId(worksheet, "item", identify),
    title: line(`Compensating control for requirement ${requirementNumber}: ${requirementTitle}`, "Worksheet"),
    description: worksheetMarkup(worksheet),
    props: [prop("control-id", controlId(requirementNumber)), ...worksheetProps(worksheet)],
    ...some("links", [...links(EVIDENCE_REL, resources), ...links(SCOPE_REL, inventory)]),
    ...some(
      "related-observations",
      observations.map(({ uuid }) => ({ "observation-uuid": uuid })),
    ),
    "related-risks": risks.map(({ uuid }) => ({ "risk-uuid": uuid })),
  };
}

/** The worksheet as people read it: requirement, six rows in the order of its version, and the answers to the criteria. */
function worksheetMarkup({ content }: OscalWorksheet): string {
  const { header, sections, criteria = [] } = content;
  const rows = sectionOrder(header.standardVersion).map(
    (key, index) =>
      `## ${index + 1}. ${SECTION_LABELS[key]}\n\n${narrativeMarkup(sections[key].narrative) || body("")}`,
  );
  const answers = criteria.map(({ id, number, answer }) => headed(`${number}. ${CRITERION_TITLES[id]}`, answer));
  return [
    `## ${HEADER_LABEL}`,
    line(`PCI DSS ${header.standardVersion}, ${header.requirementNumber}: ${header.requirementTitle}`, "Requirement"),
    ...rows,
    ...(answers.length === 0 ? [] : ["## Criteria of Appendix B", ...answers]),
  ].join("\n\n");
}

/** What OSCAL has no place for: the frozen fields, the exact documents of the six texts, and what was decided. */
function worksheetProps(worksheet: OscalWorksheet): Prop[] {
  const { content, signOffs: _, transitions: __, ...standing } = worksheet;
  const { sections, evidence: ___, header, ...frozen } = content;
  const { constraintType } = sections.constraints.items;
  const { objectiveRef } = sections.objective.items;
  return [
    prop("kind", ITEM_KINDS.worksheet),
    ...fieldProps(standing),
    ...fieldProps({ ...frozen, ...header, constraintType, objectiveRef }),
    ...fieldProps(Object.fromEntries(SECTION_KEYS.map((key) => [narrativeField(key), sections[key].narrative]))),
  ];
}

/** The field that holds a section's text as the document it is. */
export function narrativeField(section: SectionKey): string {
  return `narrative${section[0]?.toUpperCase()}${section.slice(1)}`;
}

function fixItem(row: OscalRow, { engagement }: OscalBook, identify: Identify): PoamItem {
  const { note, ...rest } = row;
  return {
    uuid: identify(`${engagement.id} fix ${row.requirementNumber}`),
    title: line(`Planned fix for requirement ${row.requirementNumber}: ${row.requirementTitle}`, "Planned fix"),
    description: headed("Planned fix", note),
    props: [
      prop("control-id", controlId(row.requirementNumber)),
      prop("kind", ITEM_KINDS.plannedFix),
      ...fieldProps(rest),
    ],
    "related-risks": [{ "risk-uuid": fixRiskId(row, engagement.id, identify) }],
  };
}

function fixRisk(row: OscalRow, { engagement }: OscalBook, identify: Identify): Risk & { readonly deadline?: string } {
  return {
    uuid: fixRiskId(row, engagement.id, identify),
    title: line(`Requirement ${row.requirementNumber} is not met yet`, "Requirement"),
    description: body(row.note),
    statement: "The requirement is not met until the planned fix is in place.",
    status: "remediating",
    ...(row.dueOn !== null && { deadline: instantOf(row.dueOn) }),
  };
}

function fixRiskId(row: OscalRow, engagementId: string, identify: Identify): string {
  return identify(`${engagementId} fix risk ${row.requirementNumber}`);
}
