import {
  type ItemSummary,
  isSectionBlank,
  type SectionSummary,
  summariseItems,
} from "@/lib/domain/worksheet/item-summary";
import type { WorksheetHeader, WorksheetSections } from "@/lib/domain/worksheet/model";
import { escapeHtml, narrativeHtml, textHtml } from "@/lib/domain/worksheet/narrative-html";
import { isNarrativeEmpty, narrativeText } from "@/lib/domain/worksheet/narrative-text";
import { SECTION_HINTS } from "@/lib/domain/worksheet/section-hints";
import { HEADER_LABEL, SECTION_LABELS, type SectionKey, sectionOrder } from "@/lib/domain/worksheet/sections";

/** What the table needs of a worksheet: a revision's content fits. */
export interface RocTableSource {
  readonly header: Pick<WorksheetHeader, "standardVersion" | "requirementNumber" | "requirementTitle">;
  readonly sections: WorksheetSections;
}

/** The worksheet for the clipboard: HTML for word processors and the same as plain text. */
export interface RocTable {
  readonly html: string;
  readonly text: string;
}

/** What stands in a row that has nothing yet. */
export const NO_CONTENT = "No content yet";

/**
 * The worksheet as the table that a report on compliance holds: the requirement in a header row, then the six numbered
 * rows in the order of the worksheet's version. Everything typed is escaped; only http, https and mailto addresses
 * become links.
 */
export function rocTable({ header, sections }: RocTableSource): RocTable {
  const requirement = `${header.requirementNumber} ${header.requirementTitle}`.trim();
  const rows = sectionOrder(header.standardVersion).map((key, index) => ({
    key,
    name: `${index + 1}. ${SECTION_LABELS[key]}`,
  }));
  const cell = (tag: string, html: string, span = 1) =>
    `<${tag} style="border:1px solid #808080;padding:4pt;vertical-align:top;text-align:left"${span > 1 ? ` colspan="${span}"` : ""}>${html}</${tag}>`;
  const html = [
    `<table style="border-collapse:collapse;width:100%" border="1" cellspacing="0"><tbody>`,
    `<tr>${cell("th", escapeHtml(HEADER_LABEL))}${cell("td", `<p>${textHtml(requirement)}</p>`, 2)}</tr>`,
    `<tr>${cell("th", "")}${cell("th", "Information Required")}${cell("th", "Explanation")}</tr>`,
    ...rows.map(
      ({ key, name }) =>
        `<tr>${cell("th", escapeHtml(name))}${cell("td", escapeHtml(SECTION_HINTS[key]))}${cell("td", sectionHtml(sections, key))}</tr>`,
    ),
    "</tbody></table>",
  ].join("");
  const text = [
    `${HEADER_LABEL}: ${requirement}`,
    ...rows.map(({ key, name }) => `${name}\n${sectionText(sections, key)}`),
  ].join("\n\n");
  return { html, text };
}

function sectionHtml(sections: WorksheetSections, key: SectionKey): string {
  if (isSectionBlank(sections, key)) return `<p><em>${NO_CONTENT}</em></p>`;
  const { narrative } = sections[key];
  const summary = summariseItems(sections, key);
  return [
    isNarrativeEmpty(narrative) ? "" : narrativeHtml(narrative),
    factsHtml(summary.before),
    ...summary.items.map((item) => {
      const body = item.body.trim() === "" ? "" : `<br>${textHtml(item.body)}`;
      return `<p><strong>${textHtml(itemHeading(item))}</strong>${body}</p>${factsHtml(item.facts)}`;
    }),
    factsHtml(summary.after),
  ].join("");
}

function factsHtml(facts: SectionSummary["before"]): string {
  return facts.map(({ term, text }) => `<p><em>${escapeHtml(term)}:</em> ${textHtml(text)}</p>`).join("");
}

function sectionText(sections: WorksheetSections, key: SectionKey): string {
  if (isSectionBlank(sections, key)) return NO_CONTENT;
  const { narrative } = sections[key];
  const summary = summariseItems(sections, key);
  const fact = ({ term, text }: { term: string; text: string }) => `${term}: ${text}`;
  return [
    isNarrativeEmpty(narrative) ? "" : narrativeText(narrative),
    ...summary.before.map(fact),
    ...summary.items.flatMap((item) => [itemHeading(item), item.body, ...item.facts.map(fact)]),
    ...summary.after.map(fact),
  ]
    .filter((line) => line.trim() !== "")
    .join("\n");
}

/** The line that opens an item: label, title and traits, such as `C1 Lock by event (New control, Preventive)`. */
export function itemHeading(item: ItemSummary): string {
  const name = [item.label, item.title].filter((part) => part.trim() !== "").join(" ");
  const traits = item.traits.join(", ");
  if (traits === "") return name;
  return name === "" ? traits : `${name} (${traits})`;
}
