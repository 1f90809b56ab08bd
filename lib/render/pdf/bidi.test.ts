import { expect, test } from "vitest";
import { readFontFiles } from "@/lib/render/pdf/font-files";
import { Fonts } from "@/lib/render/pdf/fonts";
import { breakLines } from "@/lib/render/pdf/line-breaker";
import { newDocument } from "@/lib/render/pdf/pdfkit-internals";
import { run, STYLES } from "@/lib/render/pdf/styles";

const fonts = new Fonts(newDocument({}), readFontFiles());
/** The stretches of each line as they stand on the page from left to right, by the text that they were made of. */
const onPage = (text: string, width = 400) =>
  breakLines([run(text)], width, fonts).map(({ spans }) => spans.map((span) => span.text));

test("a paragraph that begins in Hebrew goes from right to left, what is in it the other way does not", () => {
  expect(onPage("אבג 10 דהו AWS.")).toEqual([[".", "AWS", " דהו ", "10", "אבג "]]);
  const [line] = breakLines([run("אבג")], 400, fonts);
  expect(line?.backwards).toBe(true);
});

test("Hebrew in an English sentence is turned around where it stands", () => {
  expect(onPage("one אבג 25 דהו two")).toEqual([["one ", " דהו", "25", "אבג ", " two"]]);
});

test("each line of a paragraph is put in order by itself, and each paragraph by its own direction", () => {
  const lines = onPage("אבג דהו זחט\none אבג", 40);
  expect(lines.map((line) => line.join("|"))).toEqual(["אבג דהו", "זחט", "one |אבג"]);
  expect(breakLines([run("אבג\none")], 400, fonts).map((line) => line.backwards ?? false)).toEqual([true, false]);
});

test("a line in several styles keeps them, and its width is that of its parts", () => {
  const [line] = breakLines([run("אבג "), run("דהו", STYLES.strong), run(" (זחט)")], 400, fonts);
  expect(line?.spans.map((span) => [span.text, span.style.bold])).toEqual([
    [" (זחט)", false],
    ["דהו", true],
    ["אבג ", false],
  ]);
  expect(line?.spans.reduce((sum, span) => sum + span.width, 0)).toBeCloseTo(line?.width ?? 0);
});

test("controls that would turn text around never do: they are shown", () => {
  expect(onPage("pay \u202e10\u202c now").join("")).not.toContain("\u202e");
  expect(onPage("אבג \u202e10")[0]?.join("")).toContain("U+202E");
});
