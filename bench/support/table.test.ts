import { expect, it } from "vitest";
import { type BenchResult, figureOf, ratioOf } from "./result";
import { tableOf } from "./table";

const figure = figureOf([120, 80, 100]);
const result: BenchResult = {
  rows: [
    { task: "pack of 200", side: "Countervail", unit: "ms", figure, memory: figureOf([111.2]), note: "tagged, sealed" },
    { task: "pack of 200", side: "pdfkit", unit: "ms", figure: figureOf([490]), extra: { pages: 660 } },
    { task: "pack of 200", side: "Typst", unit: "ms", note: "not installed" },
  ],
  checks: [
    { task: "pack of 200", what: "pdfkit ÷ Countervail", value: 4.9, unit: "×", bar: { atLeast: 3.5 } },
    { task: "pack of 200", what: "memory", value: 300, unit: "MiB", bar: { atMost: 280 } },
    {
      task: "pack of 200",
      what: "Typst ÷ Countervail",
      value: ratioOf(undefined, figure),
      unit: "×",
      bar: { atLeast: 2 },
    },
    { task: "pack of 200", what: "told alone", value: 1.5, unit: "×" },
  ],
  versions: {},
};
const cells = (start: string) =>
  tableOf([result])
    .split("\n")
    .find((line) => line.replace(/\s{2,}/g, "|").startsWith(start))
    ?.replace(/\s{2,}/g, "|");

it("tells a figure by its median, extent and runs, and what has none by the reason", () => {
  expect(cells("pack of 200|Countervail")).toBe("pack of 200|Countervail|100 ms|80 – 120|3|111 MiB|tagged, sealed");
  expect(cells("pack of 200|pdfkit|")).toBe("pack of 200|pdfkit|490 ms|1|pages 660");
  expect(cells("pack of 200|Typst|")).toBe("pack of 200|Typst|–|not installed");
});

it("says which bars hold; one whose side is missing does not", () => {
  expect(cells("pack of 200|pdfkit ÷")).toBe("pack of 200|pdfkit ÷ Countervail|4.90 ×|≥ 3.5 ×|yes");
  expect(cells("pack of 200|memory")).toBe("pack of 200|memory|300 MiB|≤ 280 MiB|NO");
  expect(cells("pack of 200|Typst ÷")).toBe("pack of 200|Typst ÷ Countervail|not measured|≥ 2 ×|NO");
  expect(cells("pack of 200|told")).toBe("pack of 200|told alone|1.50 ×");
});
