import { isSectionBlank, summariseItems } from "@/lib/domain/worksheet/item-summary";
import type { WorksheetHeader, WorksheetSections } from "@/lib/domain/worksheet/model";
import { escapeHtml, narrativeHtml, PARAGRAPH, textHtml } from "@/lib/domain/worksheet/narrative-html";
import { isNarrativeEmpty, narrativeText } from "@/lib/domain/worksheet/narrative-text";
import { SECTION_HINTS } from "@/lib/domain/worksheet/section-hints";
import { HEADER_LABEL, SECTION_LABELS, type SectionKey, sectionOrder } from "@/lib/domain/worksheet/sections";
import type { ItemSummary, SectionSummary } from "@/lib/domain/worksheet/summary-shape";

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
  const html = [
    `<table width="100%" style="width:100%;border-collapse:collapse" border="1" cellspacing="0" cellpadding="5"><tbody>`,
    `<tr>${cell("th", "18%", escapeHtml(HEADER_LABEL))}${cell("td", "82%", `${PARAGRAPH}${textHtml(requirement)}</p>`, 2)}</tr>`,
    `<tr>${cell("th", "18%", "")}${cell("th", "20%", "Information Required")}${cell("th", "62%", "Explanation")}</tr>`,
    ...rows.map(
      ({ key, name }) =>
        `<tr>${cell("th", "18%", escapeHtml(name))}${cell("td", "20%", escapeHtml(SECTION_HINTS[key]))}${cell("td", "62%", sectionHtml(sections, key))}</tr>`,
    ),
    "</tbody></table>",
  ].join("");
  const text = [
    `${HEADER_LABEL}: ${requirement}`,
    ...rows.map(({ key, name }) => `${name}\n${sectionText(sections, key)}`),
  ].join("\n\n");
  return { html, text };
}

/** A cell. Attributes say the same as the style, because word processors heed now the one, now the other. */
function cell(tag: "th" | "td", width: string, html: string, span = 1): string {
  const style = `width:${width};border:1px solid #808080;padding:4pt;vertical-align:top;text-align:left;overflow-wrap:anywhere`;
  return `<${tag} width="${width}" valign="top" align="left"${span > 1 ? ` colspan="${span}"` : ""} style="${style}">${html}</${tag}>`;
}

function sectionHtml(sections: WorksheetSections, key: SectionKey): string {
  if (isSectionBlank(sections, key)) return `${PARAGRAPH}<em>${NO_CONTENT}</em></p>`;
  const { narrative } = sections[key];
  const summary = summariseItems(sections, key);
  return [
    isNarrativeEmpty(narrative) ? "" : narrativeHtml(narrative),
    linesHtml(factLines(summary.before)),
    ...summary.items.map((item) =>
      linesHtml([
        `<strong>${textHtml(itemHeading(item))}</strong>`,
        ...(item.body.trim() === "" ? [] : [textHtml(item.body)]),
        ...factLines(item.facts),
      ]),
    ),
    linesHtml(factLines(summary.after)),
  ].join("");
}

function factLines(facts: SectionSummary["before"]): readonly string[] {
  return facts.map(({ term, text }) => `<em>${escapeHtml(term)}:</em> ${textHtml(text)}`);
}

/** Lines that belong together, as one paragraph. */
function linesHtml(lines: readonly string[]): string {
  return lines.length === 0 ? "" : `${PARAGRAPH}${lines.join("<br>")}</p>`;
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
