import type { ArticleRow } from "@/lib/domain/catalogue/article";
import { worksheetTarget } from "@/lib/domain/catalogue/eligibility";
import { counterparts } from "@/lib/domain/catalogue/mapping";
import type { Requirement, RequirementMapping } from "@/lib/domain/catalogue/requirement";
import { compareNumbers } from "@/lib/domain/catalogue/requirement-number";
import { find, leavesBelow } from "@/lib/domain/catalogue/tree";

/** What is known of both versions at once. */
export interface BothVersions {
  readonly requirements: readonly Requirement[];
  readonly mappings: readonly RequirementMapping[];
  readonly articleRows: readonly ArticleRow[];
}

/** A number of 4.0.1 that took the place of one of 3.2.1, or of a part of it. */
export interface Successor {
  readonly number: string;
  readonly title: string;
  /** How sure our reading is; null where only a row of the article, or a sub-item, leads there. */
  readonly confidence: RequirementMapping["confidence"] | null;
  /** What changed on the way, in our words. */
  readonly changed: string;
  /** Where the words come from. */
  readonly source: string;
}

/**
 * The numbers of 4.0.1 for which a worksheet of a number of 3.2.1 may go on, the closest first: what the mapping names, what
 * the article's row names, and for a grouping that neither names the places of its sub-items. Only numbers that take a
 * worksheet are there, so the list may be empty. Source: facts, section 2, and the catalogue's mapping.
 */
export function successorsOf(source: BothVersions, number: string): readonly Successor[] {
  const own = source.requirements.filter(({ version }) => version === "3.2.1");
  const theirs = source.requirements.filter(({ version }) => version === "4.0.1");
  const rows = source.articleRows.filter(({ canonicalNumber }) => canonicalNumber === number);
  const mapped = counterparts(source.mappings, "3.2.1", number);
  const named = [...mapped.map((one) => one.number), ...rows.flatMap(({ v4Numbers }) => v4Numbers)];
  const numbers = named.length > 0 ? named : below(source, own, number);
  const primary = new Set([...rows.map(({ v4Primary }) => v4Primary), ...mapped.map((one) => one.number)]);
  const closest = (a: string, b: string) => Number(primary.has(b)) - Number(primary.has(a)) || compareNumbers(a, b);
  return [...new Set(numbers)].sort(closest).flatMap((to): Successor[] => {
    const target = worksheetTarget(theirs, to);
    if (target.kind !== "ok") return [];
    const row = rows.find(({ v4Numbers }) => v4Numbers.includes(to));
    return [
      {
        number: to,
        title: target.requirement.title,
        confidence: mapped.find((one) => one.number === to)?.confidence ?? null,
        changed: [
          row?.v4Change ?? renumbered(find(own, number), target.requirement),
          ...since(target.requirement),
        ].join(" "),
        source: row?.sources.join(", ") || "The catalogue’s own comparison of both versions",
      },
    ];
  });
}

/** The places of a grouping's sub-items, which have no row of their own. */
function below(source: BothVersions, own: readonly Requirement[], number: string): string[] {
  return leavesBelow(own, number).flatMap((leaf) =>
    counterparts(source.mappings, "3.2.1", leaf.number).map((one) => one.number),
  );
}

/** Where nobody has written down what changed, both titles stand beside each other, and no more is claimed. */
function renumbered(from: Requirement | undefined, to: Requirement): string {
  return `3.2.1 called it ${from ? `${from.number}, “${from.title}”` : "otherwise"}; 4.0.1 has ${to.number}, “${to.title}”. Read the new text before you rely on the old answer.`;
}

function since(to: Requirement): string[] {
  return [
    to.futureDated || to.futureDatedInPart
      ? `${to.futureDated ? "It" : "Part of it"} was best practice until 31 March 2025 and is due since.`
      : "",
    to.serviceProvidersOnly ? "It is for service providers alone." : "",
  ].filter((text) => text !== "");
}
