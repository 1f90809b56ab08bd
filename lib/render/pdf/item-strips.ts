import type { Fact, ItemSummary, SectionSummary } from "@/lib/domain/worksheet/item-summary";
import { type Column, plainStrips } from "@/lib/render/pdf/rich-text";
import { barred, gap, indented, paragraph, type Strip } from "@/lib/render/pdf/strip";
import { run, STYLES } from "@/lib/render/pdf/styles";
import { innerWidth, tableStrips } from "@/lib/render/pdf/table";
import { COLOURS } from "@/lib/render/pdf/theme";

const BAR = 2;
const BAR_GAP = 9;
const TERM = 84;

/** The structured part of a section: single facts, and the items as blocks with a bar, or as a table of the scope. */
export function summaryStrips(summary: SectionSummary, column: Column, asTable: boolean): readonly Strip[] {
  const small = { ...column, style: STYLES.small };
  const parts = [
    factStrips(summary.before, small, TERM + BAR + BAR_GAP),
    asTable ? scopeTable(summary.items, column) : itemBlocks(summary.items, column),
    factStrips(summary.after, small, TERM + BAR + BAR_GAP),
  ].filter((part) => part.length > 0);
  return parts.flatMap((part, index) => (index === 0 ? part : [gap(6), ...part]));
}

/** Terms at the left, in a column of `most` points or a third of the width, their text beside them. */
export function factStrips(facts: readonly Fact[], column: Column, most = TERM): readonly Strip[] {
  const muted = { ...column.style, colour: COLOURS.muted };
  const padding = { x: 0, y: 1 };
  const term = Math.min(most, column.width / 3);
  const widths = [term, column.width - term];
  return tableStrips({
    widths,
    rules: "none",
    padding,
    rows: facts.map((fact) => [
      { strips: paragraph([run(fact.term, muted)], innerWidth(term - 6, padding), column.fonts) },
      { strips: plainStrips(fact.text, { ...column, width: innerWidth(column.width - term, padding) }) },
    ]),
  });
}

function itemBlocks(items: readonly ItemSummary[], column: Column): readonly Strip[] {
  const inner = { ...column, width: column.width - BAR - BAR_GAP };
  return items.flatMap((item, index) => {
    const strips = barred(indented(itemStrips(item, inner), BAR + BAR_GAP), BAR, COLOURS.rule);
    return index === 0 ? strips : [gap(7), ...strips];
  });
}

function itemStrips(item: ItemSummary, column: Column): readonly Strip[] {
  const { width, fonts } = column;
  const name = [item.label, item.title].filter((part) => part.trim() !== "").join("  ");
  const traits = item.traits.join(" · ");
  const heading = [
    ...(name === "" ? [] : [run(name, STYLES.strong)]),
    ...(traits === "" ? [] : [run(`${name === "" ? "" : "   "}${traits}`, STYLES.muted)]),
  ];
  const facts = factStrips(item.facts, { ...column, style: STYLES.small });
  const inline = item.title.trim() === "" && traits === "" && item.body.trim() !== "";
  return [
    ...(heading.length > 0 && !inline ? paragraph(heading, width, fonts, { heading: true }) : []),
    // A bare label, such as R1, leads into its text instead of standing alone.
    ...(inline ? paragraph([...heading, run("  "), run(item.body, column.style)], width, fonts) : []),
    ...(inline || item.body.trim() === "" ? [] : plainStrips(item.body, column)),
    ...(facts.length > 0 ? [gap(2), ...facts] : []),
  ];
}

function scopeTable(items: readonly ItemSummary[], column: Column): readonly Strip[] {
  if (items.length === 0) return [];
  const { width, fonts } = column;
  const shares = [0.17, 0.37, 0.46];
  const widths = shares.map((share) => share * width);
  const cell = (text: string, index: number, style = STYLES.small) => ({
    strips: paragraph([run(text, style)], innerWidth(widths[index] ?? 1), fonts),
  });
  return tableStrips({
    widths,
    rules: "rows",
    head: ["In scope", "Name", "Detail"].map((text, index) => cell(text, index, STYLES.tableHead)),
    rows: items.map((item) => [item.traits.join(", "), item.title, item.body].map((text, index) => cell(text, index))),
  });
}
