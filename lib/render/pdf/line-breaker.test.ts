import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { readFontFiles } from "@/lib/render/pdf/font-files";
import { Fonts } from "@/lib/render/pdf/fonts";
import { breakLines } from "@/lib/render/pdf/line-breaker";
import type { Line } from "@/lib/render/pdf/lines";
import { newDocument } from "@/lib/render/pdf/pdfkit-internals";
import { run, STYLES } from "@/lib/render/pdf/styles";

// Rendering takes its time when the machine is busy with other tests.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const fonts = new Fonts(newDocument({}), readFontFiles());
const textOf = (line: Line) => line.spans.map((span) => span.text).join("");
const lines = (text: string, width: number) => breakLines([run(text)], width, fonts, true).map(textOf);

test("words go to the next line whole, hyphens and strokes between letters may end one", () => {
  expect(lines("one two three", 40)).toEqual(["one two", "three"]);
  expect(lines("break-glass", 30)).toEqual(["break-", "glass"]);
  expect(lines("in 2026-09-14", 50)).toEqual(["in", "2026-09-14"]);
  expect(lines("a\n\nb", 100)).toEqual(["a", "", "b"]);
  expect(lines("", 100)).toEqual([""]);
});

test("an ARN is cut behind its colons and strokes", () => {
  const arn = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
  const cut = lines(arn, 120);
  expect(cut.join("")).toBe(arn);
  expect(cut[0]).toBe("arn:aws:kms:eu-west-1:");
});

test("a word of several styles is not broken between them", () => {
  const broken = breakLines([run("aaa bb"), run("cc", STYLES.strong), run("dd")], 40, fonts, true);
  expect(broken.map(textOf)).toEqual(["aaa", "bbccdd"]);
});

test("no column is too narrow: one character to the line at least, and an end", () => {
  for (const width of [-5, 0, 0.1, 3]) expect(lines("wide words", width).join("")).toBe("widewords");
});

test("nothing is lost but blanks at the breaks, and lines fit unless they are one character", () => {
  const unit = fc.constantFrom("a", "W", "-", "/", " ", ":", "é", "Ж", "→", "1", "\n", "e\u0301");
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 200 }), fc.integer({ min: 8, max: 200 }), (text, width) => {
      const broken = breakLines([run(text)], width, fonts, true);
      const squeezed = (value: string) => value.normalize("NFC").replace(/[ \n]/g, "");
      expect(squeezed(broken.map(textOf).join(""))).toBe(squeezed(text));
      for (const line of broken) {
        if (textOf(line).trim().length > 2) expect(line.width).toBeLessThanOrEqual(width + 0.5);
      }
    }),
  );
});
