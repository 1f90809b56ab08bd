import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import type { Catalogue } from "@/lib/domain/catalogue/catalogue";
import { carryBack, carryOver } from "@/lib/domain/worksheet/carry-over";
import { readAsLegacy } from "@/lib/domain/worksheet/legacy-reading";
import { readCatalogueFiles } from "@/prisma/seed/catalogue-files";
import { type CarryCase, carryCases, wordsOf } from "@/test/carried";

let catalogue: Catalogue;
beforeAll(async () => {
  catalogue = await readCatalogueFiles();
});
const each = (check: (one: CarryCase) => void) =>
  fc.assert(fc.property(carryCases(catalogue), check), { numRuns: 150 });

describe("laws of carrying over", () => {
  test("there and back gives the same worksheet, to the letter", () => {
    each(({ worksheet, target }) => {
      const there = carryOver(worksheet, target, catalogue);
      const back = carryBack(there, catalogue);
      expect(back.worksheet).toEqual(worksheet);
    });
  });

  test("nothing but the references that are told differs, and none of the added words is among the person’s", () => {
    each(({ worksheet, target }) => {
      const { worksheet: there, references } = carryOver(worksheet, target, catalogue);
      expect(there.requirementNumber).toBe(target.requirementNumber);
      const told = new Map(references.map((one) => [one.itemId, one]));
      const untold = {
        ...there.sections,
        definition: {
          ...there.sections.definition,
          items: {
            controls: there.sections.definition.items.controls.map((control) => ({
              ...control,
              requirementRef: told.get(control.id)?.before ?? control.requirementRef,
            })),
          },
        },
      };
      expect(untold).toEqual(worksheet.sections);
      expect(there.answers).toEqual(worksheet.answers);
      expect(wordsOf(there.sections)).toHaveLength(wordsOf(worksheet.sections).length);
    });
  });

  test("a reference is changed whole or not at all, and what is left is marked to be chosen", () => {
    each(({ worksheet, target }) => {
      const { references, added } = carryOver(worksheet, target, catalogue);
      const choices = added.filter(({ kind }) => kind === "choice").map(({ itemId }) => itemId);
      expect(choices).toEqual(references.filter(({ choose }) => choose).map(({ itemId }) => itemId));
      for (const { choose, before, after } of references) expect(choose).toBe(before === after);
    });
  });

  test("reading it as 3.2.1 again shows every word, also of answers that 3.2.1 does not ask", () => {
    each(({ worksheet, target }) => {
      const there = carryOver(worksheet, target, catalogue);
      const origin = { requirementNumber: worksheet.requirementNumber, references: there.references };
      const reading = readAsLegacy(there.worksheet, catalogue, origin);
      expect(reading.numbers).toEqual([worksheet.requirementNumber]);
      expect(reading.carried.worksheet).toEqual(worksheet);
      const unasked = worksheet.answers.filter(({ id, answer }) => id === "now_and_future" && answer.trim() !== "");
      expect(reading.notAsked.map(({ answer }) => answer)).toEqual(unasked.map(({ answer }) => answer));
    });
  });

  test("ids of added parts are their own", () => {
    each(({ worksheet, target }) => {
      const ids = carryOver(worksheet, target, catalogue).added.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
    });
  });
});
