import type { Fact, ItemSummary, SectionSummary } from "@/lib/domain/worksheet/summary-shape";
import { type Column, plainStrips } from "@/lib/render/pdf/rich-text";
import { barred, gap, heightOf, indented, paragraph, type Strip } from "@/lib/render/pdf/strip";
import { run, STYLES } from "@/lib/render/pdf/styles";
import { innerWidth, tableStrips } from "@/lib/render/pdf/table";
import { COLOURS } from "@/lib/render/pdf/theme";

const BAR = 2;
const BAR_GAP = 9;
const TERM = 84;
/** An item higher than this, in points, may be broken over pages. */
const HIGHEST_WHOLE_ITEM = 150;

/** The structured part of a section: single facts, and the items as blocks with a bar, or a line for each where they are short. */
export function summaryStrips(summary: SectionSummary, column: Column, asLines: boolean): readonly Strip[] {
  const small = { ...column, style: STYLES.small };
  const parts = [
    factLines(summary.before, small),
    asLines ? scopeLines(summary.items, column) : itemBlocks(summary.items, column),
    factLines(summary.after, small),
  ].filter((part) => part.length > 0);
  return parts.flatMap((part, index) => (index === 0 ? part : [gap(6), ...part]));
}

/**
 * A line for each fact: its term, then its text. Within the rows of the worksheet there are no columns of terms, because
 * programs that extract text would read the rows' labels between a term and its text.
 */
function factLines(facts: readonly Fact[], { width, fonts, style }: Column): readonly Strip[] {
  const term = { ...style, bold: true, colour: COLOURS.muted };
  return facts.flatMap((fact) => paragraph([run(`${fact.term}: `, term), run(fact.text, style)], width, fonts));
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
    meaning: "terms",
    rows: facts.map((fact) => [
      { strips: paragraph([run(fact.term, muted)], innerWidth(term - 6, padding), column.fonts) },
      { strips: plainStrips(fact.text, { ...column, width: innerWidth(column.width - term, padding) }) },
    ]),
  });
}

function itemBlocks(items: readonly ItemSummary[], column: Column): readonly Strip[] {
  const inner = { ...column, width: column.width - BAR - BAR_GAP };
  return items.flatMap((item, index) => {
    const strips = whole(barred(indented(itemStrips(item, inner), BAR + BAR_GAP), BAR, COLOURS.rule));
    return index === 0 ? strips : [gap(7), ...strips];
  });
}

/** An item of usual height stays on one page; of a higher one at least its last two lines do. */
function whole(strips: readonly Strip[]): readonly Strip[] {
  const last = strips.length - 1;
  const short = heightOf(strips) <= HIGHEST_WHOLE_ITEM;
  return strips.map((strip, index) => (index < last && (short || index === last - 1) ? kept(strip) : strip));
}

function kept(strip: Strip): Strip {
  return { ...strip, keepWithNext: true };
}

function itemStrips(item: ItemSummary, column: Column): readonly Strip[] {
  const { width, fonts } = column;
  const name = [item.label, item.title].filter((part) => part.trim() !== "").join("  ");
  const traits = item.traits.join(" · ");
  const heading = [
    ...(name === "" ? [] : [run(name, STYLES.strong)]),
    ...(traits === "" ? [] : [run(`${name === "" ? "" : "   "}${traits}`, STYLES.muted)]),
  ];
  const facts = factLines(item.facts, { ...column, style: STYLES.small });
  const inline = item.title.trim() === "" && traits === "" && item.body.trim() !== "";
  return [
    ...(heading.length > 0 && !inline ? paragraph(heading, width, fonts, { heading: true }) : []),
    // A bare label, such as R1, leads into its text instead of standing alone.
    ...(inline ? paragraph([...heading, run("  "), run(item.body, column.style)], width, fonts) : []),
    ...(inline || item.body.trim() === "" ? [] : plainStrips(item.body, column)),
    ...(facts.length > 0 ? [gap(2), ...facts] : []),
  ];
}

/** A line for each scope item, which are many and short: kind, name, detail. */
function scopeLines(items: readonly ItemSummary[], { width, fonts }: Column): readonly Strip[] {
  return items.flatMap((item) =>
    paragraph(
      [
        run(`${item.traits.join(", ")}  `, STYLES.muted),
        run(item.title, STYLES.smallStrong),
        ...(item.body.trim() === "" ? [] : [run(`  ${item.body}`, STYLES.small)]),
      ],
      width,
      fonts,
    ),
  );
}
