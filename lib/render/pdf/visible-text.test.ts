import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { codePointMark, preparedText, visibleParts } from "@/lib/render/pdf/visible-text";

// Rendering takes its time when the machine is busy with other tests.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const latinOnly = (codePoint: number) => codePoint < 0x250;
const shown = (text: string, drawable = latinOnly) =>
  visibleParts(preparedText(text).replaceAll("\n", " "), drawable)
    .map((part) => part.text)
    .join("");

test("what no font has is shown by its code point", () => {
  expect(shown("lock 😀 и")).toBe("lock [U+1F600] [U+0438]");
  expect(visibleParts("a😀b", latinOnly)).toEqual([
    { text: "a", mark: false },
    { text: "[U+1F600]", mark: true },
    { text: "b", mark: false },
  ]);
});

test("characters that act instead of showing are marked even when a font has them", () => {
  const all = () => true;
  expect(shown("bg\u202e10-gb\u202c", all)).toBe("bg[U+202E]10-gb[U+202C]");
  expect(shown("a\u0007b\u200bc\u00add\ufe0f", all)).toBe("a[U+0007]b[U+200B]c[U+00AD]d[U+FE0F]");
});

test("joiners and fillers that are no controls are shown by a mark too", () => {
  expect(shown("a\u034fb\u3164c\u115fd\u2800e", () => true)).toBe("a[U+034F]b[U+3164]c[U+115F]d[U+2800]e");
});

test("half a surrogate pair becomes the replacement character; line ends become line feeds; text is composed", () => {
  expect(preparedText("a\ud800b")).toBe("a\ufffdb");
  expect(preparedText("a\r\nb\rc\u2028d")).toBe("a\nb\nc\nd");
  expect(preparedText("e\u0301")).toBe("é");
});

test("no part of any text is lost, and what is drawn can be drawn", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const line = preparedText(text).replaceAll("\n", "");
      const parts = visibleParts(line, latinOnly);
      const expected = [...line].map((character) => {
        const codePoint = character.codePointAt(0) ?? 0;
        const plain = latinOnly(codePoint) && !/[\p{Cc}\p{Cf}]/u.test(character);
        return plain ? character : /\p{Zs}/u.test(character) ? " " : codePointMark(codePoint);
      });
      expect(parts.map((part) => part.text).join("")).toBe(expected.join(""));
    }),
  );
});
