import { expect, test } from "vitest";
import { readFontFiles } from "@/lib/render/pdf/font-files";
import { Fonts } from "@/lib/render/pdf/fonts";
import { breakLines } from "@/lib/render/pdf/line-breaker";
import { newDocument } from "@/lib/render/pdf/pdfkit-internals";
import { run, STYLES } from "@/lib/render/pdf/styles";
import { cpuTime } from "@/test/cpu-time";

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

test("a text of very many short lines takes no longer for a letter of Hebrew in it", async () => {
  const lines = async (text: string) => {
    let length = 0;
    const ms = await cpuTime(() => {
      length = breakLines([run(text)], 400, fonts).length;
    });
    return { length, ms };
  };
  const feeds = "\n".repeat(190_000);
  const plain = await lines(`a${feeds}a`);
  const hebrew = await lines(`א${feeds}א`);
  expect(hebrew.length).toBe(plain.length);
  // It took more than thirty seconds when the end of each line was looked for from the first.
  expect(hebrew.ms).toBeLessThan(10 * plain.ms + 3_000);
});

test("no line is wider than its column, although signs stand apart from the letters that they were measured with", () => {
  const text = "\u05d0\u05d1 AV, AV. T. P, ".repeat(10);
  for (let width = 60; width < 160; width += 4) {
    const widest = Math.max(...breakLines([run(text)], width, fonts).map((line) => line.width));
    expect(widest, `in ${width} points`).toBeLessThan(width + 0.01);
  }
});
