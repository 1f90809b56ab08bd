import type { RevisionDto } from "@/lib/contracts/review";
import type { WorksheetDto } from "@/lib/contracts/worksheet";
import type { WorksheetKind } from "@/lib/domain/records/kinds";
import { changedSettings, type RigourSettings } from "@/lib/domain/rigour/settings";
import type { EligibilityAnswers, WarningReason } from "@/lib/domain/worksheet/answers";
import { type FrozenAnswer, frozenAnswers } from "@/lib/domain/worksheet/criteria-answers";
import type { EvidenceLink, PartContents, WorksheetHeader } from "@/lib/domain/worksheet/model";
import { hasText } from "@/lib/domain/worksheet/sections";

/** The text that the review page shows: a frozen revision, or the entity's draft. */
export interface ShownText {
  readonly kind: WorksheetKind;
  /** Number of the frozen revision; null for the draft. */
  readonly revision: number | null;
  readonly header: WorksheetHeader;
  readonly sections: PartContents;
  readonly evidence: readonly EvidenceLink[];
  readonly warningReasons: readonly WarningReason[];
  /** The answers of the gate; null where it was not asked. */
  readonly eligibility: EligibilityAnswers | null;
  /** The thresholds of the checks that differ from the built-in ones. */
  readonly thresholds: Partial<RigourSettings>;
  readonly digest: string;
  /** Absent in revisions from before criteria were asked, and in drafts in which none is answered. */
  readonly criteria?: readonly FrozenAnswer[];
}

/** A frozen revision as the page shows it. */
export function shownRevision(revision: RevisionDto): ShownText {
  const {
    kind = "ccw",
    header,
    sections,
    evidence,
    criteria,
    warningReasons = [],
    eligibility = null,
    thresholds = {},
  } = revision.content;
  const { number, digest } = revision;
  const shown: ShownText = {
    kind,
    revision: number,
    header,
    sections,
    evidence,
    warningReasons,
    eligibility,
    thresholds,
    digest,
  };
  return criteria ? { ...shown, criteria } : shown;
}

/** The draft as the page shows it; null for people who may only see frozen revisions. */
export function shownDraft(worksheet: WorksheetDto): ShownText | null {
  const { sections, evidence } = worksheet;
  if (!sections || !evidence) return null;
  const { criteria } = sections;
  return {
    kind: worksheet.kind,
    revision: null,
    header: worksheet.header,
    sections: contentsIn(sections),
    evidence,
    warningReasons: worksheet.warningReasons,
    eligibility: worksheet.eligibility,
    thresholds: worksheet.rigour ? changedSettings(worksheet.rigour.settings) : {},
    digest: worksheet.digest,
    ...(criteria && criteria.version > 0
      ? { criteria: frozenAnswers(criteria.content.items.answers, worksheet.header.standardVersion) }
      : {}),
  };
}

/** The contents of the parts that have a text. */
export function contentsIn(sections: NonNullable<WorksheetDto["sections"]>): PartContents {
  const parts = Object.values(sections).filter(({ key }) => hasText(key));
  return Object.fromEntries(parts.map(({ key, content }) => [key, content]));
}

/** How the page calls a text: `revision r2`, or the draft with the number that it will get. */
export function shownName(revision: number | null, worksheet: WorksheetDto): string {
  return revision === null ? `draft of r${worksheet.revision}` : `revision r${revision}`;
}
