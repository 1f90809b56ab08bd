import { beforeAll, describe, expect, test } from "vitest";
import type { Catalogue } from "@/lib/domain/catalogue/catalogue";
import { worksheetTarget } from "@/lib/domain/catalogue/eligibility";
import { successorsOf } from "@/lib/domain/catalogue/successors";
import { readCatalogueFiles } from "@/prisma/seed/catalogue-files";

let catalogue: Catalogue;
beforeAll(async () => {
  catalogue = await readCatalogueFiles();
});
const numbers = (number: string) => successorsOf(catalogue, number).map((one) => one.number);

describe("where a worksheet of 3.2.1 goes on", () => {
  test("one number becomes one, with what changed said by the article's row", () => {
    const [only, ...more] = successorsOf(catalogue, "8.1.6");
    expect(more).toEqual([]);
    expect(only).toMatchObject({ number: "8.3.4", confidence: "high" });
    expect(only?.changed).toContain("TEN attempts instead of six");
  });

  test("a number that was split offers each part, the closest first", () => {
    expect(numbers("3.5")).toEqual(["3.6.1", "3.6.1.1", "3.6.1.2", "3.6.1.3", "3.6.1.4"]);
    expect(numbers("10.5")).toEqual(["10.3.4", "10.3.1", "10.3.2", "10.3.3"]);
    expect(numbers("8.5")).toEqual(["8.2.2", "8.6.1"]);
  });

  test("a grouping without a row of its own offers the places of its sub-items", () => {
    expect(numbers("7.2")).toEqual(["7.3.1", "7.3.2", "7.3.3"]);
  });

  test("a number without a row says both titles and claims no more", () => {
    const [only] = successorsOf(catalogue, "8.2.3");
    expect(only).toMatchObject({ number: "8.3.6" });
    expect(only?.changed).toMatch(/3\.2\.1 called it 8\.2\.3, “.+”; 4\.0\.1 has 8\.3\.6, “.+”/);
  });

  test("nothing is offered that takes no worksheet, nor for numbers that are none", () => {
    expect(numbers("3.2")).not.toContain("3.3.1");
    expect(numbers("3.2.1")).toEqual([]);
    expect(numbers("99.9")).toEqual([]);
    const theirs = catalogue.requirements.filter(({ version }) => version === "4.0.1");
    for (const { number, version } of catalogue.requirements) {
      if (version !== "3.2.1") continue;
      for (const to of numbers(number)) expect(worksheetTarget(theirs, to).kind, `${number} to ${to}`).toBe("ok");
    }
  });

  test("says what is due since 2025, and what is for service providers alone", () => {
    const changed = (from: string, to: string) =>
      successorsOf(catalogue, from).find((one) => one.number === to)?.changed ?? "";
    expect(changed("4.1", "4.2.1.1")).toContain("31 March 2025");
    expect(changed("3.5.1", "3.6.1.1")).toContain("service providers alone");
  });
});
