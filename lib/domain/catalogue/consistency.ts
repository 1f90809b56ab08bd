import type { Catalogue } from "@/lib/domain/catalogue/catalogue";
import type { Requirement } from "@/lib/domain/catalogue/requirement";
import { compareNumbers } from "@/lib/domain/catalogue/requirement-number";
import { STANDARD_VERSIONS, type StandardVersion } from "@/lib/domain/catalogue/standard-version";

/** What does not fit together in a catalogue, in words; empty when all does. Shapes are checked before, by schema. */
export function inconsistencies(catalogue: Catalogue): string[] {
  return [
    ...countProblems(catalogue),
    ...treeProblems(catalogue),
    ...referenceProblems(catalogue),
    ...duplicateProblems(catalogue),
  ];
}

function ofVersion(catalogue: Catalogue, version: StandardVersion): Requirement[] {
  return catalogue.requirements.filter((requirement) => requirement.version === version);
}

function countProblems(catalogue: Catalogue): string[] {
  const { counts } = catalogue.manifest;
  const pairs: [string, number, number][] = [
    ...STANDARD_VERSIONS.map((version): [string, number, number] => [
      `requirements of ${version}`,
      counts.requirements[version],
      ofVersion(catalogue, version).length,
    ]),
    ["mappings", counts.mappings, catalogue.mappings.length],
    ["article rows", counts.articleRows, catalogue.articleRows.length],
    ["claims", counts.claims, catalogue.claims.length],
    ["key options", counts.keyOptions, catalogue.keyOptions.length],
    ["final checks", counts.finalChecks, catalogue.finalChecks.length],
  ];
  return pairs
    .filter(([, said, found]) => said !== found)
    .map(([what, said, found]) => `${what}: ${said} announced, ${found} found`);
}

function treeProblems(catalogue: Catalogue): string[] {
  return STANDARD_VERSIONS.flatMap((version) => {
    const requirements = ofVersion(catalogue, version);
    const numbers = new Set(requirements.map(({ number }) => number));
    const orphans = requirements.filter(({ parent }) => parent !== null && !numbers.has(parent));
    const unordered = requirements.filter((requirement, index) => {
      const before = requirements[index - 1];
      return before !== undefined && compareNumbers(before.number, requirement.number) >= 0;
    });
    return [
      ...orphans.map(({ number }) => `${version} ${number}: its parent is missing`),
      ...unordered.map(({ number }) => `${version} ${number}: out of order`),
    ];
  });
}

function referenceProblems(catalogue: Catalogue): string[] {
  const old = new Set(ofVersion(catalogue, "3.2.1").map(({ number }) => number));
  const leaves = new Set(
    ofVersion(catalogue, "4.0.1")
      .filter(({ leaf }) => leaf)
      .map(({ number }) => number),
  );
  const notOld = (where: string, numbers: readonly string[]) =>
    numbers.filter((number) => !old.has(number)).map((number) => `${where}: 3.2.1 has no ${number}`);
  const notLeaf = (where: string, numbers: readonly string[]) =>
    numbers.filter((number) => !leaves.has(number)).map((number) => `${where}: ${number} is no leaf of 4.0.1`);
  return [
    ...catalogue.mappings.flatMap(({ from, to }) => [
      ...notOld("mapping", [from]),
      ...notLeaf(`mapping of ${from}`, to),
    ]),
    ...catalogue.articleRows.flatMap((row) => [
      ...notOld(`article row ${row.id}`, [row.canonicalNumber]),
      ...notLeaf(`article row ${row.id}`, row.v4Numbers),
    ]),
    ...catalogue.finalChecks.flatMap((check) => notLeaf(check.id, check.v4Numbers)),
  ];
}

function duplicateProblems(catalogue: Catalogue): string[] {
  const groups: [string, string[]][] = [
    ["requirement", catalogue.requirements.map(({ version, number }) => `${version} ${number}`)],
    ["mapping", catalogue.mappings.map(({ from }) => from)],
    ["article row", catalogue.articleRows.map(({ id }) => id)],
    ["claim", catalogue.claims.map(({ id }) => id)],
    ["key option", catalogue.keyOptions.map(({ id }) => id)],
    ["final check", catalogue.finalChecks.map(({ id }) => id)],
  ];
  return groups.flatMap(([what, ids]) =>
    ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `${what} ${id}: twice`),
  );
}
