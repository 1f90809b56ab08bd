import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BrokenXml, readXml, readXmlInSlices } from "@/lib/render/office/read-xml";
import { element, words, xmlDocument } from "@/lib/render/office/xml";
import { cpuTime } from "@/test/cpu-time";

function textOf(xml: string): string {
  const pieces: string[] = [];
  readXml(xml, { text: (piece) => pieces.push(piece) });
  return pieces.join("");
}

/** What XML can hold, of any text: the rest comes as U+FFFD. */
const held = (text: string) =>
  text.toWellFormed().replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd");

describe("reading XML", () => {
  it("gives back every text and attribute that was written", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" }), (text, attribute) => {
        const xml = xmlDocument(element("a", { b: attribute }, element("c", {}, words(text))));
        const seen: (string | undefined)[] = [];
        readXml(xml, { open: (_name, attributes) => void seen.push(attributes.get("b")) });
        expect(textOf(xml)).toBe(held(text));
        expect(seen).toEqual([held(attribute), undefined]);
      }),
    );
  });

  it("reads references, stretches of characters, comments and prefixes as XML says", () => {
    const seen: string[] = [];
    readXml("<?xml version='1.0'?><!-- a < b --><x:a y='1&#10;2'>&#x1F600;&#128512;<![CDATA[<b>&amp;]]></x:a>\n", {
      open: (name, attributes) => seen.push(name, attributes.get("y") ?? ""),
      text: (text) => seen.push(text),
      close: (name) => seen.push(`/${name}`),
    });
    expect(seen).toEqual(["a", "1\n2", "😀😀", "<b>&amp;", "/a"]);
  });

  it.each([
    ["a declaration of types", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'],
    ["an entity that nobody declared", "<a>&b;</a>"],
    ["a bare ampersand", "<a>&</a>"],
    ["a reference to what is no character", "<a>&#0;</a>"],
    ["a reference beyond all characters", "<a>&#x110000;</a>"],
    ["elements across each other", "<a><b></a></b>"],
    ["an element that is not closed", "<a><b></b>"],
    ["a comment that does not end", "<a><!-- </a>"],
    ["an attribute that is given twice", '<a b="1" b="2"/>'],
    ["an attribute without quotes", "<a b=1/>"],
    ["two roots", "<a/><b/>"],
    ["text beside the root", "<a/>b"],
    ["nothing", ""],
    ["what is no XML", "PK\u0003\u0004"],
    ["elements too deep", "<a>".repeat(100) + "</a>".repeat(100)],
  ])("refuses %s", (_what, xml) => {
    expect(() => readXml(xml, {})).toThrow(BrokenXml);
  });

  it("takes time in proportion to its length, whatever it is full of", async () => {
    for (const piece of ["<a ", "&", '<a b="', "<!--", " ", "<a>", "x=' "]) {
      const taken = await cpuTime(() => expect(() => readXml(piece.repeat(200_000), {})).toThrow(BrokenXml));
      expect(taken, piece).toBeLessThan(2_000);
    }
  });
});

describe("a document that is read in slices", () => {
  it("says the same in the same order, and lets others go on in between", async () => {
    const document = `<a>${"<b>x</b>".repeat(10_000)}</a>`;
    const told: string[] = [];
    let turns = 0;
    const timer = setInterval(() => {
      turns += 1;
    }, 0);
    await readXmlInSlices(document, { text: (text) => told.push(text) }, 40_000);
    clearInterval(timer);
    expect(told).toHaveLength(10_000);
    expect(turns).toBeGreaterThan(1);
  });

  it("is refused when it consists of more than was said", async () => {
    const read = (most: number) => readXmlInSlices("<a><!-- --><b/>c</a>", {}, most);
    await read(5);
    await expect(read(4)).rejects.toThrow(/far more pieces/);
  });
});
