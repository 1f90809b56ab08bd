import type { OscalBook, OscalRow, OscalWorksheet } from "@/lib/domain/oscal/book";
import { body, flat, headed, line } from "@/lib/domain/oscal/markup";
import { bookMetadata } from "@/lib/domain/oscal/metadata";
import { narrativeMarkup } from "@/lib/domain/oscal/narrative-markup";
import { controlHeading } from "@/lib/domain/oscal/poam-risks";
import { inventoryOf, resourcesOf } from "@/lib/domain/oscal/poam-scope";
import { prop } from "@/lib/domain/oscal/props";
import { some } from "@/lib/domain/oscal/some";
import { stableJson } from "@/lib/domain/oscal/stable-json";
import { catalogAddress, controlId, type Identify } from "@/lib/domain/oscal/vocabulary";
import { partId } from "@/lib/domain/oscal/worksheet-ids";
import { DISPOSITION_LABELS, type Disposition } from "@/lib/domain/workflow/dispositions";
import type { WorksheetState } from "@/lib/domain/workflow/states";

/** How OSCAL calls a way to meet a requirement. */
type Implementation = "implemented" | "planned" | "alternative" | "not-applicable";

/** What the entity does about a requirement, in OSCAL's words; null where OSCAL has none and the prop alone tells it. */
const IMPLEMENTATION: Readonly<Record<Disposition, Implementation | null>> = {
  undecided: null,
  met: "implemented",
  fix_planned: "planned",
  not_applicable: "not-applicable",
  compensating_control: "alternative",
  customized_approach: "alternative",
  legal_exception: null,
};

/**
 * The engagement as a system security plan: a requirement that is met by a worksheet has the implementation status
 * *alternative*, with each compensating control as a component; the other rows of the workbook say what is done about
 * them. It is a view of what the plan of action and milestones tells in full, and is not read back.
 */
export function sspOf(book: OscalBook, identify: Identify) {
  const { engagement, worksheets, rows, url } = book;
  const system = identify(`${engagement.id} system`);
  const profile = identify(`${engagement.id} catalogue`);
  const decided = rows.filter(({ disposition }) => disposition !== "undecided");
  return {
    "system-security-plan": {
      uuid: identify(`ssp ${stableJson(book)}`),
      metadata: bookMetadata(book, "How PCI DSS is met", identify),
      "import-profile": {
        href: `#${profile}`,
        remarks: "All requirements of the standard: the catalogue itself, without a selection.",
      },
      "system-characteristics": characteristics(book, identify),
      "system-implementation": {
        components: [
          {
            uuid: system,
            type: "this-system",
            title: line(`Cardholder data environment of ${engagement.entityName}`, "Cardholder data environment"),
            description: "The environment that the assessment covers.",
            status: { state: "operational" },
          },
          ...worksheets.flatMap((one) => componentsOf(one, identify)),
        ],
        ...some(
          "inventory-items",
          worksheets.flatMap((one) => inventoryOf(one, identify)),
        ),
      },
      "control-implementation": {
        description: "What is done about each requirement that was decided on; those without a decision are left out.",
        "implemented-requirements": [
          ...worksheets.map((one) => alternative(one, system, identify)),
          ...decided.map((row) => implemented(row, book, system, identify)),
        ],
      },
      "back-matter": {
        resources: [
          {
            uuid: profile,
            title: `PCI DSS ${engagement.standardVersion}, requirements by number with summaries of our own`,
            rlinks: [{ href: catalogAddress(url, engagement.standardVersion), "media-type": "application/json" }],
          },
          ...worksheets.flatMap((one) => resourcesOf(one, identify)),
        ],
      },
    },
  };
}

function characteristics({ engagement, worksheets }: OscalBook, identify: Identify) {
  const scope = worksheets.flatMap(({ content }) => content.sections.constraints.items.scope);
  const lines = [...new Set(scope.map(({ name }) => name))]
    .filter((name) => name !== "")
    .map((name) => `- ${line(name, "")}`);
  return {
    "system-ids": [{ "identifier-type": "https://ietf.org/rfc/rfc4122", id: engagement.id }],
    "system-name": flat(engagement.entityName, "Cardholder data environment"),
    description: headed(engagement.name, `The environment of ${engagement.entityName} that the assessment covers.`),
    "system-information": {
      "information-types": [
        {
          uuid: identify(`${engagement.id} cardholder data`),
          title: "Cardholder data",
          description: "Account data that PCI DSS protects.",
        },
      ],
    },
    status: { state: "operational" },
    "authorization-boundary": {
      description:
        lines.length === 0 ? "The worksheets name no part of it." : `What the worksheets name:\n\n${lines.join("\n")}`,
    },
  };
}

function componentId(worksheet: OscalWorksheet, controlItem: string, identify: Identify): string {
  return partId(worksheet, "control", identify, `component ${controlItem}`);
}

/** Each compensating control as a part of the system. */
function componentsOf(worksheet: OscalWorksheet, identify: Identify) {
  const state = worksheet.state === "signed" ? "operational" : "other";
  return worksheet.content.sections.definition.items.controls.map((control) => ({
    uuid: componentId(worksheet, control.id, identify),
    type: "compensating-control",
    title: line(controlHeading(control), "A compensating control"),
    description: body(control.description),
    props: [prop("nature", control.nature), prop("origin", control.origin)],
    status: { state, ...(state === "other" && { remarks: "No assessor has signed for it." }) },
  }));
}

function alternative(worksheet: OscalWorksheet, system: string, identify: Identify) {
  const { content, state, digest } = worksheet;
  const { sections } = content;
  const status = { "implementation-status": { state: "alternative", remarks: standing(state) } };
  return {
    uuid: partId(worksheet, "requirement", identify),
    "control-id": controlId(content.header.requirementNumber),
    props: [
      prop("disposition", "compensating_control"),
      prop("state", state),
      prop("revision", content.revision),
      prop("digest", digest),
    ],
    "by-components": [
      {
        "component-uuid": system,
        uuid: partId(worksheet, "implementation", identify, "system"),
        description: narrativeMarkup(sections.definition.narrative) || body(""),
        ...status,
      },
      ...sections.definition.items.controls.map((control) => ({
        "component-uuid": componentId(worksheet, control.id, identify),
        // The plan of action and milestones refers to it by this.
        uuid: partId(worksheet, "implementation", identify, control.id),
        description: body(control.aboveAndBeyond),
        ...status,
      })),
    ],
  };
}

function standing(state: WorksheetState): string {
  return state === "signed"
    ? "A compensating control that an assessor has signed for."
    : "A compensating control that no assessor has signed for.";
}

function implemented(row: OscalRow, { engagement }: OscalBook, system: string, identify: Identify) {
  const state = IMPLEMENTATION[row.disposition];
  const own = `${engagement.id} row ${row.requirementNumber}`;
  return {
    uuid: identify(own),
    "control-id": controlId(row.requirementNumber),
    props: [prop("requirement-number", row.requirementNumber), prop("disposition", row.disposition)],
    "by-components": [
      {
        "component-uuid": system,
        uuid: identify(`${own} by system`),
        description: headed(DISPOSITION_LABELS[row.disposition], row.note),
        ...(state && { "implementation-status": { state } }),
      },
    ],
  };
}
