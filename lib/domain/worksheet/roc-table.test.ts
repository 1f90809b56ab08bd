import fc from "fast-check";
import { expect, test } from "vitest";
import { emptySections } from "@/lib/domain/worksheet/empty";
import type { WorksheetSections } from "@/lib/domain/worksheet/model";
import type { BlockNode } from "@/lib/domain/worksheet/narrative";
import { NO_CONTENT, rocTable } from "@/lib/domain/worksheet/roc-table";
import { SECTION_LABELS, sectionOrder } from "@/lib/domain/worksheet/sections";
import { doc, para, text } from "@/test/fixtures/narrative";
import { SAMPLE_SECTIONS } from "@/test/fixtures/sample-sections";
import { worksheetModel } from "@/test/fixtures/worksheet-model";

function constraints(...content: readonly BlockNode[]): WorksheetSections {
  const empty = emptySections();
  return { ...empty, constraints: { ...empty.constraints, narrative: doc(...content) } };
}
const header = {
  standardVersion: "4.0.1",
  requirementNumber: "8.3.4",
  requirementTitle: "Lock after failures",
} as const;

test.each(["4.0.1", "3.2.1"] as const)("the rows of %s stand in its order, numbered", (version) => {
  const { html, text: plain } = rocTable({ header: worksheetModel(version).header, sections: SAMPLE_SECTIONS });
  const names = sectionOrder(version).map((key, index) => `${index + 1}. ${SECTION_LABELS[key]}`);
  for (const output of [html, plain]) {
    const places = names.map((name) => output.indexOf(name));
    expect(places.every((place) => place >= 0)).toBe(true);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  }
});

test("items stand in words below the narrative", () => {
  const { text: plain, html } = rocTable({ header, sections: SAMPLE_SECTIONS });
  expect(plain).toContain("C1 Lock by event (New control, Preventive)");
  expect(plain).toContain("Rating: likelihood low, impact high");
  expect(plain).toContain("Covers: C2, C4");
  expect(plain).toContain("Next review due: 15 August 2027");
  expect(html).toContain("<strong>T1 (Effective)</strong>");
});

test("code keeps its lines and indents, and may still be broken where the cell ends", () => {
  const { html } = rocTable({
    header,
    sections: constraints({ type: "codeBlock", content: [{ type: "text", text: "if a:\n  run  <b>\n\tstop" }] }),
  });
  expect(html).not.toContain("<pre");
  expect(html).toContain("if a:<br>&nbsp; run&nbsp; &lt;b&gt;<br>&nbsp;&nbsp;&nbsp; stop");
});

test("an empty section says so", () => {
  const { html, text: plain } = rocTable({ header, sections: emptySections() });
  expect(html.split(NO_CONTENT)).toHaveLength(7);
  expect(plain.split(NO_CONTENT)).toHaveLength(7);
});

test("links that are not allowed become text, with their address beside them", () => {
  const link = (href: string) => para(text("here", { type: "link", attrs: { href } }));
  const { html } = rocTable({
    header,
    sections: constraints(link("javascript:alert(1)"), link("https://example.org/?a=1&b=2")),
  });
  expect(html).not.toContain('href="javascript');
  expect(html).toContain("here [javascript:alert(1)]");
  expect(html).toContain('<a href="https://example.org/?a=1&amp;b=2">here</a>');
});

test("whatever is typed, no tag of its own comes out, and unescaping gives the text back", () => {
  const shape = rocTable({ header, sections: constraints(para("x")) }).html.replace(/>[^<]*/g, ">");
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: fc.constantFrom(..."<>&\"'/a =;scriptonerror&lt;") }), (typed) => {
      fc.pre(typed.trim() !== "");
      const { html } = rocTable({ header: { ...header, requirementTitle: typed }, sections: constraints(para(typed)) });
      expect(html.replace(/>[^<]*/g, ">")).toBe(shape);
      const shown = html
        .slice(html.lastIndexOf("Why the requirement"))
        .replace(/<[^>]*>/g, "")
        .replaceAll("&lt;", "<")
        .replaceAll("&gt;", ">")
        .replaceAll("&quot;", '"')
        .replaceAll("&#39;", "'")
        .replaceAll("&amp;", "&");
      expect(shown).toContain(typed);
    }),
  );
});
