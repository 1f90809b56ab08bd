import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ARTICLE_ROW_IDS, FINAL_CHECK_IDS } from "@/lib/domain/catalogue/article";
import type { Catalogue } from "@/lib/domain/catalogue/catalogue";
import { worksheetTarget } from "@/lib/domain/catalogue/eligibility";
import { entriesOf, findEntries } from "@/lib/domain/catalogue/entries";
import { KEY_OPTION_IDS } from "@/lib/domain/catalogue/key-option";
import { compareNumbers, sortKey } from "@/lib/domain/catalogue/requirement-number";
import { STANDARD_VERSIONS, type StandardVersion } from "@/lib/domain/catalogue/standard-version";
import { canTrigger, evaluateScope } from "@/lib/domain/keys/scope-result";
import { workbookRequirements } from "@/lib/domain/keys/workbook";
import { CATALOGUE_FOLDER, readCatalogueFiles } from "./catalogue-files";

let catalogue: Catalogue;
let copy: string;
beforeAll(async () => {
  catalogue = await readCatalogueFiles();
  copy = await mkdtemp(join(tmpdir(), "catalogue-"));
});
afterAll(() => rm(copy, { recursive: true }));

function find(version: StandardVersion, filter: Parameters<typeof findEntries>[1]) {
  return findEntries(entriesOf(catalogue, version), filter, catalogue, (row, option) => canTrigger(row.id, option));
}
function numbers(version: StandardVersion, filter: Parameters<typeof findEntries>[1]): string[] {
  return find(version, filter).items.map(({ requirement }) => requirement.number);
}

describe("the catalogue's files", () => {
  it("hold 366 and 298 numbers, 262 mappings, 21 rows, 39 claims, ten key options and seven checks", () => {
    const count = (version: string) => catalogue.requirements.filter((one) => one.version === version).length;
    expect([count("4.0.1"), count("3.2.1")]).toEqual([366, 298]);
    expect(catalogue.mappings).toHaveLength(262);
    expect(catalogue.articleRows.map(({ id }) => id)).toEqual([...ARTICLE_ROW_IDS]);
    expect(catalogue.claims).toHaveLength(39);
    expect(catalogue.keyOptions.map(({ id }) => id)).toEqual([...KEY_OPTION_IDS]);
    expect(catalogue.finalChecks.map(({ id }) => id)).toEqual([...FINAL_CHECK_IDS]);
  });

  it("count 5 rows that still apply, 11 partly and 5 no longer", () => {
    const count = (status: string) => catalogue.articleRows.filter((row) => row.statusToday === status).length;
    expect(["still applies", "partly", "no longer"].map(count)).toEqual([5, 11, 5]);
  });

  it("note the article's numbering slips", () => {
    const canonical = Object.fromEntries(catalogue.articleRows.map((row) => [row.id, row.canonicalNumber]));
    expect(canonical).toMatchObject({ "3.5.1": "3.5.2", "3.5.2": "3.5.4", "3.5.3": "3.5.3" });
    expect(catalogue.articleRows.filter((row) => row.canonicalNumber !== row.id && row.numberingNote === null)).toEqual(
      [],
    );
  });

  it("mark the eight claims that the article sets aside", () => {
    const aside = catalogue.claims.filter(({ pciRequirement }) => !pciRequirement).map(({ id }) => id);
    expect(aside).toEqual(["C09", "C10", "C11", "C12", "C13", "C22", "C23", "C24"]);
  });

  it("speak of CMK only as an old name or as the article's word", () => {
    const texts = [
      ...catalogue.requirements.map(({ title }) => title),
      ...catalogue.articleRows.flatMap((row) => [row.title, row.statusNote, row.v4Change]),
      ...catalogue.keyOptions.flatMap((option) => [option.name, option.verdict.today, option.statusNote]),
    ];
    expect(texts.filter((text) => text.includes("CMK"))).toEqual([]);
  });

  it("are refused when a statement loses its sources or the parts do not fit", async () => {
    await cp(CATALOGUE_FOLDER, copy, { recursive: true });
    const claims = JSON.parse(await readFile(join(copy, "claims.json"), "utf8"));
    claims[1].sources = [];
    await writeFile(join(copy, "claims.json"), JSON.stringify(claims));
    await expect(readCatalogueFiles(copy)).rejects.toThrow(/claims.json, at 1/);
    await cp(CATALOGUE_FOLDER, copy, { recursive: true });
    await writeFile(join(copy, "mappings.json"), JSON.stringify([{ from: "3.5", to: ["3.6"], confidence: "high" }]));
    await expect(readCatalogueFiles(copy)).rejects.toThrow(/3.6 is no leaf of 4.0.1/);
  });
});

describe("searching the catalogue", () => {
  it.each(STANDARD_VERSIONS)("finds every number of %s first by itself", (version) => {
    const entries = entriesOf(catalogue, version);
    for (const { requirement } of entries) {
      const found = findEntries(entries, { q: requirement.number }, catalogue, () => true);
      expect(found.items[0]?.requirement.number).toBe(requirement.number);
    }
  });

  it("finds by word, by old number and by old name", () => {
    expect(numbers("4.0.1", { q: "cryptoperiod" })).toContain("3.7.4");
    expect(numbers("4.0.1", { q: "8.1.6" })).toEqual(["8.3.4"]);
    const old = find("4.0.1", { q: "CMK" });
    expect(old.readAs.map(({ now }) => now)).toContain("KMS key");
    expect(old.items.map(({ requirement }) => requirement.number)).toEqual(
      expect.arrayContaining(["3.6.1.2", "3.7.4"]),
    );
    expect(numbers("3.2.1", { q: "customer master key" }).length).toBeGreaterThan(0);
    expect(numbers("4.0.1", { q: "no such words anywhere" })).toEqual([]);
  });

  it("filters by status, service and key option", () => {
    expect(numbers("3.2.1", { status: "no longer" })).toEqual(["2.3", "3.5.3", "4.1", "8.5", "A2"]);
    expect(numbers("4.0.1", { status: "superseded" })).toEqual(["6.4.1", "8.3.10", "10.7.1"]);
    expect(numbers("3.2.1", { service: "CloudTrail" })).toEqual(["8.5", "10.2", "10.3", "10.5", "10.7"]);
    expect(numbers("3.2.1", { keyOption: "cmk-aws-material" })).not.toContain("3.6.6");
    expect(numbers("3.2.1", { keyOption: "byok-workstation" })).toContain("3.6.6");
  });

  it("sorts as text by the sort key as it does by number", () => {
    const all = entriesOf(catalogue, "4.0.1").map(({ requirement }) => requirement.number);
    expect([...all].sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1))).toEqual(all);
    expect([...all].sort(compareNumbers)).toEqual(all);
  });
});

describe("opening a worksheet", () => {
  const target = (version: StandardVersion, number: string) =>
    worksheetTarget(
      catalogue.requirements.filter((one) => one.version === version),
      number,
    );

  it("is possible for every leaf of both versions but the four where no worksheet is accepted", () => {
    for (const version of STANDARD_VERSIONS) {
      const leaves = catalogue.requirements.filter((one) => one.version === version && one.leaf);
      const refused = leaves.filter(({ number }) => target(version, number).kind !== "ok").map(({ number }) => number);
      expect(refused).toEqual(
        version === "4.0.1" ? ["3.3.1", "3.3.1.1", "3.3.1.2", "3.3.1.3"] : ["3.2", "3.2.1", "3.2.2", "3.2.3"],
      );
    }
  });

  it("asks for the leaf of a grouping, and never offers what is refused", () => {
    const grouping = target("4.0.1", "10.3");
    expect(grouping).toMatchObject({
      kind: "grouping",
      leaves: [{ number: "10.3.1" }, { number: "10.3.2" }, { number: "10.3.3" }, { number: "10.3.4" }],
    });
    expect(target("4.0.1", "3.3")).toMatchObject({
      kind: "grouping",
      leaves: [{ number: "3.3.2" }, { number: "3.3.3" }],
    });
    expect(target("4.0.1", "99.9")).toEqual({ kind: "unknown" });
  });

  it("leaves the article's groupings of 3.2.1 with the warning L01", () => {
    for (const number of ["1.3", "8.3", "10.2", "10.3", "10.5", "A2", "3.5"]) {
      expect(target("3.2.1", number)).toMatchObject({ kind: "ok", warning: { rule: "L01" } });
    }
    expect(target("3.2.1", "1.2")).toMatchObject({ kind: "grouping" });
    expect(target("3.2.1", "8.1.6")).toMatchObject({ kind: "ok", warning: null });
  });
});

describe("the workbook of a scope", () => {
  it("names leaves of 4.0.1 only, and the article's real numbers in 3.2.1", () => {
    const result = evaluateScope(["byok-workstation"], {});
    const leaves = new Set(
      catalogue.requirements.filter((one) => one.version === "4.0.1" && one.leaf).map(({ number }) => number),
    );
    const now = workbookRequirements(result, catalogue.articleRows, "4.0.1");
    expect(now.filter(({ number }) => !leaves.has(number))).toEqual([]);
    expect(now.filter(({ primary }) => primary).length).toBeGreaterThanOrEqual(19);
    const then = workbookRequirements(result, catalogue.articleRows, "3.2.1").map(({ number }) => number);
    expect(then).toHaveLength(21);
    expect(then).toEqual(expect.arrayContaining(["3.5.2", "3.5.4", "A2"]));
  });

  it("leaves out what does not concern the entity", () => {
    const result = evaluateScope(["cmk-aws-material"], {});
    const all = workbookRequirements(result, catalogue.articleRows, "4.0.1").map(({ number }) => number);
    const merchant = workbookRequirements(result, catalogue.articleRows, "4.0.1", (number) => number === "3.6.1.1");
    expect(all).toContain("3.6.1.1");
    expect(merchant.map(({ number }) => number)).toEqual(all.filter((number) => number !== "3.6.1.1"));
  });
});
