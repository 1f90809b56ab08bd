import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { markConflict } from "@/lib/cli/document/conflict";
import { type Contents, digestOf } from "@/lib/cli/document/content";
import type { Head } from "@/lib/cli/document/head";
import { writeSection } from "@/lib/cli/document/section";
import { readSheet, replaceInSheet, type Sheet, writeSheet } from "@/lib/cli/document/sheet";
import { contractNarrative, hostileText } from "@/lib/cli/markdown/contract-arbitrary";
import { emptySection } from "@/lib/domain/worksheet/empty";
import type { SectionContent } from "@/lib/domain/worksheet/model";
import { type PartKey, partsOf } from "@/lib/domain/worksheet/sections";
import { passingSections, UUIDS } from "@/test/fixtures/passing-worksheet";

const ID = "5f0c1a3e-7f6b-4a57-9d7e-0a3a2b1c4d5e";
const PASSING = { ...passingSections("2026-11-20", {}, UUIDS), criteria: emptySection("criteria") };

function headFor(contents: Contents, kind: Head["kind"] = "ccw"): Head {
  const keys = partsOf(kind, "4.0.1");
  return {
    countervail: 1,
    server: "https://countervail.example",
    engagement: { id: ID, name: "ROC: 2026 --- # “x”" },
    worksheet: ID,
    kind,
    standard: "4.0.1",
    requirement: "8.3",
    title: "Locks *after* ten <tries>",
    state: "draft",
    revision: 1,
    editable: true,
    pulled: "2026-11-27T00:00:00.000Z",
    sections: Object.fromEntries(
      keys.map((key) => [key, { version: 3, sha256: digestOf(contents[key]) }]),
    ) as Head["sections"],
  };
}

const textOf = (contents: Contents) => writeSheet(headFor(contents), contents);

function sheetOf(text: string): Sheet {
  const sheet = readSheet(text);
  if ("message" in sheet) throw new Error(`${sheet.line}: ${sheet.message}`);
  return sheet;
}

const contentsIn = (sheet: Sheet) =>
  Object.fromEntries([...sheet.sections].map(([key, { content }]) => [key, content]));

/** The line on which a text stands, counted from 1. */
const lineWith = (text: string, part: string) => text.split("\n").findIndex((line) => line.includes(part)) + 1;

describe("the law", () => {
  const field = fc.oneof(fc.constantFrom("", "8.3", "null", "no", "- x", "a: b", "# x"), hostileText);
  const sections = fc.record({
    narrative: contractNarrative,
    title: field,
    long: field,
    label: field.map((one) => one.slice(0, 20)),
  });
  const content = fc.dictionary(fc.constantFrom("definition", "objective", "maintenance"), sections);

  test("whatever a worksheet holds comes back from its file to the letter", () => {
    fc.assert(
      fc.property(content, (given) => {
        const { definition, maintenance } = PASSING;
        const [c, o, m] = [given.definition, given.objective, given.maintenance];
        const [control, ...others] = definition.items.controls;
        if (!control) throw new Error("The fixture has no control.");
        const contents: Contents = {
          ...PASSING,
          ...(c && {
            definition: {
              narrative: c.narrative,
              items: {
                controls: [
                  { ...control, description: c.long, title: c.title.slice(0, 300), label: wellCut(c.label) },
                  ...others,
                ],
              },
            },
          }),
          ...(o && { objective: { narrative: o.narrative, items: { objectiveRef: o.long } } }),
          ...(m && { maintenance: { narrative: m.narrative, items: { ...maintenance.items, exitPlan: m.long } } }),
        };
        const sheet = sheetOf(textOf(contents));
        expect(sheet.troubles).toEqual([]);
        expect(contentsIn(sheet)).toEqual(contents);
      }),
      { numRuns: 25 },
    );
  });

  test("so do records", () => {
    for (const kind of ["customized_approach", "legal_exception", "risk_analysis"] as const) {
      const contents = Object.fromEntries(partsOf(kind, "4.0.1").map((key) => [key, emptySection(key)])) as Contents;
      const sheet = sheetOf(writeSheet(headFor(contents, kind), contents));
      expect(sheet.troubles).toEqual([]);
      expect(contentsIn(sheet)).toEqual(contents);
    }
  });

  test("what looks like a conflict behind a sign that ends lines elsewhere is text", () => {
    const text = "\u2028<<<<<<< yours\u2028=======";
    const narrative = {
      type: "doc" as const,
      content: [{ type: "codeBlock" as const, content: [{ type: "text" as const, text }] }],
    };
    const contents: Contents = { ...PASSING, objective: { narrative, items: { objectiveRef: text } } };
    const sheet = sheetOf(textOf(contents));
    expect(sheet.troubles).toEqual([]);
    expect(contentsIn(sheet)).toEqual(contents);
  });

  test("line ends of Windows and a mark of byte order change nothing", () => {
    const text = textOf(PASSING);
    const sheet = sheetOf(`\uFEFF${text.replaceAll("\n", "\r\n")}`);
    expect(contentsIn(sheet)).toEqual(PASSING);
  });
});

const wellCut = (text: string) => (text.isWellFormed() ? text : "x");

describe("an edit", () => {
  const text = textOf(PASSING);

  test("with the line ends of an old program leaves the other sections as they are", () => {
    const edited = text.replace("## Objective\n\n", "## Objective\n\nOne\rtwo\rthree\n\n");
    const sheet = sheetOf(edited);
    const fresh = new Map([["definition", writeSection("definition", PASSING.definition, () => null)]] as const);
    const replaced = sheetOf(replaceInSheet(sheet, headFor(PASSING), fresh));
    for (const [key, { content }] of sheet.sections) expect(replaced.sections.get(key)?.content, key).toEqual(content);
  });

  test("gives a new entry an id that stays, a label, and what its kind begins with", () => {
    const edited = text.replace("tasks:\n", "tasks:\n  - task: Look at the alarm\n    owner: Kim\n");
    const once = sheetOf(edited).sections.get("maintenance") as {
      content: SectionContent<"maintenance">;
      added: boolean;
    };
    const twice = sheetOf(edited).sections.get("maintenance");
    expect(once.added).toBe(true);
    expect(once.content.items.tasks[0]).toMatchObject({ task: "Look at the alarm", owner: "Kim", frequency: "" });
    expect(once.content.items.tasks[0]?.label).toMatch(/^M\d+$/);
    expect(twice?.content).toEqual(once.content);
  });

  test("takes the label of a control where its id is meant, and says which line has none", () => {
    const [control] = PASSING.definition.items.controls;
    if (!control) throw new Error("The fixture has no control.");
    const edited = text.replace("risks:\n", `risks:\n  - threat: New\n    controlIds: [${control.label}]\n`);
    const risk = sheetOf(edited).sections.get("identifiedRisk") as { content: SectionContent<"identifiedRisk"> };
    expect(risk.content.items.risks[0]?.controlIds).toEqual([control.id]);
    const wrong = edited.replace(`[${control.label}]`, "[C99]");
    expect(sheetOf(wrong).troubles).toMatchObject([{ line: lineWith(wrong, "[C99]") }]);
  });

  test.each<[string, string, string, string]>([
    ["a heading within a text", "## Objective\n\n", "## Objective\n\n### More\n\n", "### More"],
    ["an unknown section", "## Objective\n\n", "## Objective\n\nx\n\n## Goals\n\n", "## Goals"],
    ["HTML", "## Objective\n\n", "## Objective\n\n<b>x</b>\n\n", "<b>x</b>"],
    ["a picture", "## Objective\n\n", "## Objective\n\n![x](https://x.example/y.png)\n\n", "![x]"],
    ["a quotation", "## Objective\n\n", "## Objective\n\n> x\n\n", "> x"],
    ["a link that is not allowed", "## Objective\n\n", "## Objective\n\n[x](javascript:alert)\n\n", "[x]"],
    ["a value that is none of its kind", "    nature: preventive", "    nature: clever", "nature: clever"],
    ["a day that is none", "\nreviewDue: ", "\nreviewDue: 2026-02-31 #", "reviewDue: 2026-02-31"],
    ["a field that nobody knows", "exitPlan:", "exit: x\nexitPlan:", "```yaml fields"],
    ["YAML that is not whole", "reviewDue:", "reviewDue: [\nx:", "x:"],
    [
      "what YAML takes for a comment",
      "\nexitPlan: ",
      "\nexitPlan: See ticket #4711 and the photo\nx: ",
      "exitPlan: See",
    ],
    ["what YAML takes for a name", "\nexitPlan: ", "\nexitPlan: &Kim Smith\nx: ", "&Kim"],
    ["what YAML takes for another value", "\nexitPlan: ", "\nexitPlan: *TBD*\nx: ", "*TBD*"],
    ["a text above the sections", "# 8.3", "Lost words.\n\n# 8.3", "Lost words."],
    ["a NUL sign", "## Objective\n\n", "## Objective\n\nHere\0it is\n\n", "Here\0it is"],
    ["marks of a conflict", "## Objective\n\n", "## Objective\n\n<<<<<<< yours\na\n", "<<<<<<< yours"],
  ])("tells of %s by its line", (_, from, to, part) => {
    const edited = text.replace(from, to);
    expect(edited).not.toBe(text);
    const { troubles } = sheetOf(edited);
    expect(troubles.length).toBeGreaterThan(0);
    if (part !== "```yaml fields" && part !== "x:")
      expect(troubles.map(({ line }) => line)).toContain(lineWith(edited, part));
  });

  test("never takes a section for emptied because its heading went", () => {
    const edited = text.replace("## Identified Risk\n", "");
    expect(
      sheetOf(edited)
        .troubles.map(({ message }) => message)
        .join(),
    ).toContain("“## Identified Risk” is missing");
    const swallowed = sheetOf(text.replace("## Identified Risk\n", "````\n\n## Identified Risk\n"));
    expect(swallowed.troubles.map(({ message }) => message).join()).toContain("“## Identified Risk” is missing");
  });

  test("replaces one section and leaves every other line as it was written", () => {
    const written = text.replace(
      "## Objective\n",
      "## Objective\n\nWrapped as\nits writer likes it, with *stars* and __bars__.\n",
    );
    const sheet = sheetOf(written);
    const risk = writeSection("identifiedRisk", emptySection("identifiedRisk"), () => null);
    const after = replaceInSheet(sheet, sheet.head, new Map<PartKey, string>([["identifiedRisk", risk]]));
    expect(after).toContain("Wrapped as\nits writer likes it, with *stars* and __bars__.\n");
    const { identifiedRisk, ...others } = contentsIn(sheetOf(after));
    expect(identifiedRisk).toEqual(emptySection("identifiedRisk"));
    const { identifiedRisk: _, ...before } = contentsIn(sheet);
    expect(others).toEqual(before);
  });
});

test("a conflict shows both texts between marks, and lines that are the same once", () => {
  const mine = "## Objective\n\nMine.\n\nSame one.\n\nSame two.\n\nEnd.\n";
  const theirs = "## Objective\n\nTheirs.\n\nSame one.\n\nSame two.\n\nEnd, changed.\n";
  expect(markConflict(mine, theirs, { mine: "yours", theirs: "server" })).toBe(
    "## Objective\n\n<<<<<<< yours\nMine.\n=======\nTheirs.\n>>>>>>> server\n\nSame one.\n\nSame two.\n\n<<<<<<< yours\nEnd.\n=======\nEnd, changed.\n>>>>>>> server\n",
  );
});
