import type { ArticleRowId } from "@/lib/domain/catalogue/article";
import type { StandardVersion } from "@/lib/domain/catalogue/standard-version";
import type { RigourFacts } from "@/lib/domain/rigour/subject";
import type { AcceptanceCriterion } from "@/lib/domain/worksheet/criteria";
import type { EvidenceLink, WorksheetSections } from "@/lib/domain/worksheet/model";
import type { SectionKey } from "@/lib/domain/worksheet/sections";

/**
 * A worksheet of the sample library. The companies, people, numbers and files in it are invented; the files of its
 * evidence have names and digests, but no bytes behind them.
 *
 * Its dates are offsets from the day on which it is used: `day:-42` in a field that holds a day, and in texts
 * `{{day:-42}}`, `{{month:+6}}` and `{{year:0}}`. `sampleOn` writes them out.
 */
export interface Sample {
  readonly id: ArticleRowId;
  readonly title: string;
  /** The row of the article that it is a case of. */
  readonly articleRow: ArticleRowId;
  readonly standardVersion: StandardVersion;
  /** A leaf among the row's numbers in that version. */
  readonly requirementNumber: string;
  /** Whose worksheet it is, and of what, in a sentence. */
  readonly about: string;
  readonly sections: WorksheetSections;
  readonly evidence: readonly EvidenceLink<SectionKey>[];
  /** The entity's answer to each criterion of Appendix B that the version has. */
  readonly criteria: Readonly<Record<AcceptanceCriterion["id"], string>>;
  /** The answers of the eligibility gate. */
  readonly eligibility: RigourFacts["eligibility"];
}
