import type { OscalWorksheet } from "@/lib/domain/oscal/book";
import { headed, instantOf, line, uriOf } from "@/lib/domain/oscal/markup";
import type { InventoryItem, Observation, Resource } from "@/lib/domain/oscal/parts";
import { fieldProps } from "@/lib/domain/oscal/props";
import { some } from "@/lib/domain/oscal/some";
import type { Identify } from "@/lib/domain/oscal/vocabulary";
import { partId } from "@/lib/domain/oscal/worksheet-ids";
import { evidencePath } from "@/lib/domain/pack/layout";
import type { ControlTest, EvidenceLink } from "@/lib/domain/worksheet/model";

/** What a worksheet covers, each as a thing of the inventory. */
export function inventoryOf(worksheet: OscalWorksheet, identify: Identify): InventoryItem[] {
  return worksheet.content.sections.constraints.items.scope.map(({ detail, ...rest }) => ({
    uuid: partId(worksheet, "scope", identify, rest.id),
    description: headed(rest.name, detail),
    props: fieldProps(rest),
  }));
}

/** Whether a test was made: one that was not is work to be done, and was never observed. */
export function wasMade({ outcome, testedOn }: ControlTest): boolean {
  return outcome !== "not_run" && testedOn !== "";
}

/** What a test is called. */
export function testHeading({ label, tester }: Pick<ControlTest, "label" | "tester">): string {
  return `${label || "Test"}${tester === "" ? "" : `, by ${tester}`}`;
}

/** A test with its place among the worksheet's tests, which are written in two places. */
export function testFields({ method: _, result: __, ...rest }: ControlTest, place: number): object {
  return { ...rest, place };
}

/** The tests that were made, and the evidence, as observations: tests first. */
export function observationsOf(worksheet: OscalWorksheet, identify: Identify): Observation[] {
  const { sections, evidence } = worksheet.content;
  const subjects = sections.constraints.items.scope.map(({ id }) => ({
    "subject-uuid": partId(worksheet, "scope", identify, id),
    type: "inventory-item",
  }));
  const made = sections.validation.items.tests.flatMap((test, place) => (wasMade(test) ? [{ test, place }] : []));
  return [
    ...made.map(
      ({ test, place }): Observation => ({
        uuid: partId(worksheet, "test", identify, test.id),
        title: line(testHeading(test), "Test"),
        description: headed(testHeading(test), test.method),
        props: fieldProps(testFields(test, place)),
        methods: ["TEST"],
        types: ["control-objective"],
        ...some("subjects", subjects),
        collected: instantOf(test.testedOn),
        remarks: headed("Result", test.result),
      }),
    ),
    ...evidence.map((one) => observed(worksheet, one, identify)),
  ];
}

function observed(worksheet: OscalWorksheet, one: EvidenceLink, identify: Identify): Observation {
  const resource = partId(worksheet, "evidence", identify, one.id);
  return {
    uuid: partId(worksheet, "seen-evidence", identify, one.id),
    title: line(one.title, "Evidence"),
    description: headed(one.title, one.shows),
    methods: ["EXAMINE"],
    types: ["mitigation"],
    "relevant-evidence": [{ href: `#${resource}`, description: line(one.title, "Evidence") }],
    collected: instantOf(one.collectedOn),
    ...(one.validUntil !== null && { expires: instantOf(one.validUntil) }),
  };
}

/** The evidence as resources: its link, and its files by the paths of a proof pack, with the digest of each. */
export function resourcesOf(worksheet: OscalWorksheet, identify: Identify): Resource[] {
  return worksheet.content.evidence.map(({ shows, ...rest }) => ({
    uuid: partId(worksheet, "evidence", identify, rest.id),
    title: line(rest.title, "Evidence"),
    description: headed(rest.title, shows),
    props: fieldProps(rest),
    ...some("rlinks", [
      ...(rest.url === "" ? [] : [{ href: uriOf(rest.url) }]),
      ...(rest.files ?? []).map(({ sha256, type }) => ({
        href: evidencePath(sha256),
        "media-type": type,
        hashes: [{ algorithm: "SHA-256", value: sha256 }],
      })),
    ]),
  }));
}
