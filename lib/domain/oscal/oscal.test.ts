import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { firstDifference } from "@/lib/domain/oscal/difference";
import { belowHead, body, escapeMarkup, headed, plain, uriOf } from "@/lib/domain/oscal/markup";
import { narrativeMarkup } from "@/lib/domain/oscal/narrative-markup";
import { fieldProps, readFields } from "@/lib/domain/oscal/props";
import { readCatalog } from "@/lib/domain/oscal/read-catalog";
import { controlId, riskStatus } from "@/lib/domain/oscal/vocabulary";
import { cpuTime } from "@/test/cpu-time";
import { doc, para, text } from "@/test/fixtures/narrative";

const anyText = fc.string({ unit: "binary", maxLength: 200 });

describe("text in OSCAL", () => {
  it("comes back as it was, and shows no markup of its own", () => {
    fc.assert(
      fc.property(anyText, anyText, (heading, words) => {
        expect(plain(body(words))).toBe(words);
        expect(belowHead(heading, headed(heading, words))).toBe(words);
      }),
    );
    expect(escapeMarkup("**C1** <b>_x_</b> [a](b)")).toBe("\\*\\*C1\\*\\* \\<b\\>\\_x\\_\\</b\\> \\[a\\](b)");
    expect(escapeMarkup("1. one\n- two\n# three")).toBe("1\\. one\\\n\\- two\\\n\\# three");
  });

  it("stays apart from the note that nothing was written", () => {
    expect(plain(body(""))).toBe("");
    expect(plain(body("*Not written yet.*"))).toBe("*Not written yet.*");
  });

  it("writes a narrative as Markdown", () => {
    const link = { type: "link", attrs: { href: "https://example.com/a b" } } as const;
    const cell = (type: "tableHeader" | "tableCell", words: string) => ({ type, content: [para(words)] }) as const;
    const narrative = doc(
      para("Two ", text("people ", { type: "bold" }), text("look", link), "."),
      {
        type: "orderedList",
        attrs: { start: 2 },
        content: [{ type: "listItem", content: [para("one"), para("more")] }],
      },
      { type: "codeBlock", content: [{ type: "text", text: "a ``` b" }] },
      {
        type: "table",
        content: [
          { type: "tableRow", content: [cell("tableHeader", "A"), cell("tableHeader", "B")] },
          { type: "tableRow", content: [cell("tableCell", "x|y")] },
        ],
      },
    );
    expect(narrativeMarkup(narrative)).toBe(
      [
        "Two **people** [look](<https://example.com/a%20b>).",
        "2. one\n   \n   more",
        "````\na ``` b\n````",
        "| A | B |\n| --- | --- |\n| x\\|y |  |",
      ].join("\n\n"),
    );
  });

  it("has what would be markup escaped at the beginning of each line, however many empty ones stand before it", () => {
    expect(escapeMarkup("\n\n - one\n\r\n 2) two\u2028# three\u2029+ four")).toBe(
      "\\\n\\\n \\- one\\\n\r\\\n 2\\) two\u2028\\# three\u2029\\+ four",
    );
  });

  it("takes time in proportion to its length, whatever it is full of", async () => {
    const marks = [{ type: "bold" }, { type: "code" }] as const;
    for (const piece of ["\n", "\r", "\u2028", " ", " \n", "\t\v", "1", "#", "%", "`", "` ", "\\", "|\n"]) {
      const words = `a${piece.repeat(200_000)}b`;
      const taken = await cpuTime(() => {
        expect(plain(body(words))).toBe(words);
        narrativeMarkup(doc(para(text(words, ...marks)), para(text(words, marks[0]))));
        narrativeMarkup(doc({ type: "codeBlock", content: [{ type: "text", text: words }] }));
        uriOf(`https://example.com/${words}`);
      });
      expect(taken, JSON.stringify(piece)).toBeLessThan(5_000);
    }
  });
});

describe("props", () => {
  it("carry any field, as one line each", () => {
    fc.assert(
      fc.property(
        fc.record({ title: anyText, isNew: fc.boolean(), ids: fc.array(anyText), none: fc.constant(null) }),
        (one) => {
          const props = fieldProps(one);
          expect(readFields(props)).toEqual(one);
          for (const { value } of props) expect(value).toMatch(/^\S(.*\S)?$/u);
        },
      ),
    );
  });
});

describe("addresses", () => {
  it("become URIs without becoming others", () => {
    expect(uriOf("https://example.com/a?b=c&d=%41#e")).toBe("https://example.com/a?b=c&d=%41#e");
    expect(uriOf("https://example.com/ä b|[c]%#x#y")).toBe("https://example.com/%C3%A4%20b%7C%5Bc%5D%25#x%23y");
    expect(controlId("A2.1.1")).toBe("pci-A2.1.1");
  });
});

describe("the risk of a worksheet", () => {
  it("is a deviation that is asked for, approved, and approved no longer", () => {
    expect(riskStatus("draft")).toBe("open");
    expect(riskStatus("qsa_review")).toBe("deviation-requested");
    expect(riskStatus("signed", "valid")).toBe("deviation-approved");
    expect(riskStatus("signed", "needs_revalidation")).toBe("investigating");
    expect(riskStatus("revoked", "revoked")).toBe("open");
  });
});

describe("a catalogue of others", () => {
  const metadata = { title: "x", "last-modified": "2026-11-24T00:00:00Z", version: "1", "oscal-version": "1.2.1" };
  const uuid = "00000000-0000-4000-8000-000000000000";

  it("is read by its labels and ids, and says what it cannot read and where", () => {
    const controls = [
      { id: "req-8.3.4", title: "Lock out" },
      { id: "x", title: "By its label", props: [{ name: "label", value: "8.3.5" }] },
      { id: "again-8.3.4", title: "Twice" },
      { id: "nothing", title: "No number", controls: [{ id: "r-8.3.9", title: "Below" }] },
    ];
    const read = readCatalog({ catalog: { uuid, metadata, groups: [{ id: "r8", title: "Identify", controls }] } });
    expect(read.requirements.map(({ number, parent, title, leaf }) => [number, parent, title, leaf])).toEqual([
      ["8", null, "Identify", false],
      ["8.3.4", "8", "Lock out", true],
      ["8.3.5", "8", "By its label", true],
      ["8.3.9", "8", "Below", true],
    ]);
    expect(read.problems).toEqual([
      { at: "/catalog/groups/0/controls/2", message: "The number 8.3.4 is there more than once." },
      { at: "/catalog/groups/0/controls/3", message: "It has no number: neither a label nor an id like pci-8.3.4." },
    ]);
  });

  it("is refused when it is of a version that nobody knows", () => {
    const props = [{ name: "standard-version", ns: "urn:countervail:oscal", value: "5.0" }];
    expect(readCatalog({ catalog: { uuid, metadata: { ...metadata, props } } })).toMatchObject({
      requirements: [],
      problems: [{ at: "/catalog/metadata/props" }],
    });
  });
});

it("finds where two documents differ", () => {
  expect(firstDifference({ a: [1, { b: 2 }] }, { a: [1, { b: 3 }] })).toBe("/a/1/b");
  expect(firstDifference({ a: 1, b: undefined }, { a: 1 })).toBeNull();
});
