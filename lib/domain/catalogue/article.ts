import type { Weighed } from "@/lib/domain/catalogue/status";

/** The article's 21 rows by its own numbers: 17 of its table, then 3.5.1, 3.5.2, 3.5.3 and A2 from its text. */
export const ARTICLE_ROW_IDS = [
  "1.3",
  "2.3",
  "3.5",
  "3.5.1",
  "3.5.2",
  "3.5.3",
  "3.6.4",
  "3.6.5",
  "3.6.6",
  "4.1",
  "8.1.6",
  "8.1.8",
  "8.2",
  "8.3",
  "8.5",
  "10.2",
  "10.3",
  "10.5",
  "10.7",
  "11.5",
  "A2",
] as const;
/** A row of the article, by the number the article gives it. */
export type ArticleRowId = (typeof ARTICLE_ROW_IDS)[number];

/** A row of the article in depth. */
export interface ArticleRow extends Weighed {
  readonly id: ArticleRowId;
  /** The number of the same item in the real 3.2.1: 3.5.2 for the article's 3.5.1, 3.5.4 for its 3.5.2. */
  readonly canonicalNumber: string;
  readonly inArticleTable: boolean;
  readonly articlePlace: string;
  /** What the article got wrong about the number, null when it is right. */
  readonly numberingNote: string | null;
  readonly title: string;
  /** When a worksheet is called for, in words; the typed condition is in lib/domain/keys. */
  readonly triggerInWords: { readonly article: string; readonly today: string };
  /** The 4.0.1 leaf that answers the row first; one of `v4Numbers`. */
  readonly v4Primary: string;
  readonly v4Numbers: readonly string[];
  /** The aim in 4.0.1, in our words; null where the standard gives none. */
  readonly v4Objective: string | null;
  readonly v4Change: string;
  readonly services: readonly string[];
  readonly aliases: readonly string[];
}

/** A statement of the article outside its table: C01 to C39. */
export interface ArticleClaim extends Weighed {
  readonly id: string;
  /** False for what the article itself sets aside as "not PCI requirements". */
  readonly pciRequirement: boolean;
  readonly relatedRows: readonly ArticleRowId[];
  readonly aliases: readonly string[];
}

/** The seven checks behind the article's final thoughts. */
export const FINAL_CHECK_IDS = ["FT1", "FT2a", "FT2b", "FT3a", "FT3b", "FT3c", "FT4"] as const;
export type FinalCheckId = (typeof FINAL_CHECK_IDS)[number];

/** One of the seven checks: what is asked, how it is looked up, when it passes. */
export interface FinalCheck extends Weighed {
  readonly id: FinalCheckId;
  readonly title: string;
  readonly question: string;
  readonly howToCheck: string;
  readonly passWhen: string;
  readonly ifFail: string;
  readonly severity: "error" | "warning";
  readonly v4Numbers: readonly string[];
}
