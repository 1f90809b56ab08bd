import type { ArticleClaim, ArticleRow, FinalCheck } from "@/lib/domain/catalogue/article";
import type { KeyOption } from "@/lib/domain/catalogue/key-option";
import type { Requirement, RequirementMapping } from "@/lib/domain/catalogue/requirement";

/** An old or foreign word and the word used today: "CMK" is now "KMS key". */
export interface OldName {
  readonly old: string;
  readonly now: string;
}

/** What a published state of the catalogue says about itself. */
export interface CatalogueManifest {
  /** Its date, with a suffix for a second one of the same day. Greater is newer. */
  readonly id: string;
  readonly asOf: string;
  readonly title: string;
  readonly article: string;
  readonly notes: readonly string[];
  readonly oldNames: readonly OldName[];
  /** What the numbers were compared with, by PCI DSS version. */
  readonly sources: Readonly<Record<"4.0.1" | "3.2.1", readonly string[]>>;
  readonly counts: {
    readonly requirements: Readonly<Record<"4.0.1" | "3.2.1", number>>;
    readonly mappings: number;
    readonly articleRows: number;
    readonly claims: number;
    readonly keyOptions: number;
    readonly finalChecks: number;
  };
}

/** One whole state of the catalogue. Requirements are in natural order. */
export interface Catalogue {
  readonly manifest: CatalogueManifest;
  readonly requirements: readonly Requirement[];
  readonly mappings: readonly RequirementMapping[];
  readonly articleRows: readonly ArticleRow[];
  readonly claims: readonly ArticleClaim[];
  readonly keyOptions: readonly KeyOption[];
  readonly finalChecks: readonly FinalCheck[];
}
