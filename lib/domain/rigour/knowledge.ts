import { ARTICLE_ROW_IDS, type ArticleRow, type ArticleRowId } from "@/lib/domain/catalogue/article";
import { type WorksheetTarget, worksheetTarget } from "@/lib/domain/catalogue/eligibility";
import { counterparts, primaryFirst } from "@/lib/domain/catalogue/mapping";
import type { Requirement, RequirementMapping } from "@/lib/domain/catalogue/requirement";
import { compareNumbers, isBelow } from "@/lib/domain/catalogue/requirement-number";
import type { StandardVersion } from "@/lib/domain/catalogue/standard-version";
import type { StatusToday } from "@/lib/domain/catalogue/status";
import { ancestorsOf, childrenOf, find } from "@/lib/domain/catalogue/tree";

/** A row of the article as far as the rules look at it. */
export interface KnownRow {
  readonly id: ArticleRowId;
  readonly title: string;
  readonly statusToday: StatusToday;
  readonly statusNote: string;
  readonly v4Objective: string | null;
}

/** A requirement that is owed for the same item, and how it hangs together with it. */
export interface OwedRequirement {
  readonly number: string;
  readonly title: string;
  readonly relation: "same" | "above" | "below" | "beside" | "near";
}

/** The part of the catalogue that the rules need for one requirement of one version; small enough for the browser. */
export interface RigourKnowledge {
  readonly version: StandardVersion;
  readonly number: string;
  /** The requirement's title in our words; empty when the version has no such number. */
  readonly title: string;
  /** Whether a worksheet may be written for the number, as catalogue/eligibility says. */
  readonly target: WorksheetTarget["kind"];
  /** Why not, or what to think of; null when there is nothing to say. */
  readonly targetNote: string | null;
  /** Where the number only groups others, those to choose from. */
  readonly leaves: readonly string[];
  readonly customizedApproachEligible: boolean | null;
  readonly frequencyBound: boolean;
  /** Rows of the article about the number; the one that it answers first comes first. */
  readonly rows: readonly KnownRow[];
  /** Whether the article's gap is one of configuration today: a setting that can be switched on. */
  readonly configurationGap: boolean;
  readonly owed: readonly OwedRequirement[];
  /** Every number of the version, in natural order. */
  readonly numbers: readonly string[];
  /** Numbers of the other version that took this one's place, or whose place it took. */
  readonly counterparts: readonly string[];
}

/** What the knowledge is made from: the catalogue, or as much of it as is at hand. */
export interface KnowledgeSource {
  readonly requirements: readonly Requirement[];
  readonly mappings: readonly RequirementMapping[];
  readonly articleRows: readonly ArticleRow[];
}

/**
 * Article rows whose gap is one of configuration today, by the article's own numbers. Bound to rows, because 10.5 is
 * protection of the trail in 3.2.1 and retention in 4.0.1. Source: facts, section 6, L07.
 */
export const CONFIGURATION_GAP_ROWS: readonly ArticleRowId[] = ["8.2", "8.3", "10.2", "10.3", "10.5", "10.7", "11.5"];

/** The knowledge for one number of one version. A number that the version does not have is told as `unknown`. */
export function knowledgeFor(source: KnowledgeSource, version: StandardVersion, number: string): RigourKnowledge {
  const own = source.requirements.filter((requirement) => requirement.version === version);
  const target = worksheetTarget(own, number);
  const requirement = find(own, number);
  const rows = rowsAbout(source.articleRows, version, number);
  return {
    version,
    number,
    title: requirement?.title ?? "",
    target: target.kind,
    targetNote:
      target.kind === "ok" ? (target.warning?.text ?? null) : target.kind === "refused" ? target.reason : null,
    leaves: target.kind === "grouping" ? target.leaves.map((leaf) => leaf.number) : [],
    customizedApproachEligible: requirement?.customizedApproachEligible ?? null,
    frequencyBound: requirement?.frequencyBound ?? false,
    rows: primaryFirst(rows, number).map(({ id, title, statusToday, statusNote, v4Objective }) => ({
      id,
      title,
      statusToday,
      statusNote,
      v4Objective,
    })),
    configurationGap: rows.some(({ id }) => CONFIGURATION_GAP_ROWS.includes(id)),
    owed: owedFor(own, number),
    numbers: own.map((one) => one.number).sort(compareNumbers),
    counterparts: [...new Set(counterparts(source.mappings, version, number).map((one) => one.number))],
  };
}

/** Rows about the number itself, and in 3.2.1 about an item above it that the article treats as one. */
function rowsAbout(rows: readonly ArticleRow[], version: StandardVersion, number: string): ArticleRow[] {
  if (version === "4.0.1") return rows.filter((row) => row.v4Numbers.includes(number));
  const itself = rows.filter((row) => row.canonicalNumber === number);
  if (itself.length > 0) return itself;
  // The article's row of a grouping speaks of all that lies below, unless a row of its own does.
  return rows.filter((row) => isBelow(number, row.canonicalNumber) && ARTICLE_ROW_IDS.includes(row.id));
}

/**
 * What is owed already for the item that a number stands for: the number, what lies above and below it, and its siblings.
 * The twelve principal requirements are chapters and not items, so what stands directly below the same chapter is another
 * item. A part of an item is surrounded by the item's own siblings as well. Source: Appendix B, the first consideration of "above and beyond".
 */
function owedFor(requirements: readonly Requirement[], number: string): OwedRequirement[] {
  const requirement = find(requirements, number);
  if (!requirement) return [];
  const above = ancestorsOf(requirements, number);
  const parent = above.at(-1);
  const beside =
    parent && parent.parent !== null
      ? childrenOf(requirements, parent.number).filter((one) => one.number !== number)
      : [];
  const below = requirements.filter((one) => isBelow(one.number, number));
  const near = above
    .filter((one) => one.parent !== null && find(requirements, one.parent)?.parent !== null)
    .flatMap((one) => childrenOf(requirements, one.parent ?? ""))
    .filter((one) => !above.includes(one) && !isBelow(number, one.number));
  const as = (relation: OwedRequirement["relation"]) => (one: Requirement) => ({
    number: one.number,
    title: one.title,
    relation,
  });
  return [
    as("same")(requirement),
    ...above.map(as("above")),
    ...below.map(as("below")),
    ...beside.map(as("beside")),
    ...near.map(as("near")),
  ];
}
