import type { RevisionDto } from "@/lib/contracts/review";
import type { WorksheetDto } from "@/lib/contracts/worksheet";
import { changedSettings, type RigourSettings } from "@/lib/domain/rigour/settings";
import type { WarningReason } from "@/lib/domain/worksheet/answers";
import { type FrozenAnswer, frozenAnswers } from "@/lib/domain/worksheet/criteria-answers";
import type { EvidenceLink, WorksheetHeader, WorksheetSections } from "@/lib/domain/worksheet/model";

/** The text that the review page shows: a frozen revision, or the entity's draft. */
export interface ShownText {
  /** Number of the frozen revision; null for the draft. */
  readonly revision: number | null;
  readonly header: WorksheetHeader;
  readonly sections: WorksheetSections;
  readonly evidence: readonly EvidenceLink[];
  readonly warningReasons: readonly WarningReason[];
  /** The thresholds of the checks that differ from the built-in ones. */
  readonly thresholds: Partial<RigourSettings>;
  readonly digest: string;
  /** Absent in revisions from before criteria were asked, and in drafts in which none is answered. */
  readonly criteria?: readonly FrozenAnswer[];
}

/** A frozen revision as the page shows it. */
export function shownRevision(revision: RevisionDto): ShownText {
  const { header, sections, evidence, criteria, warningReasons = [], thresholds = {} } = revision.content;
  const { number, digest } = revision;
  const shown = { revision: number, header, sections, evidence, warningReasons, thresholds, digest };
  return criteria ? { ...shown, criteria } : shown;
}

/** The draft as the page shows it; null for people who may only see frozen revisions. */
export function shownDraft(worksheet: WorksheetDto): ShownText | null {
  const { sections, evidence } = worksheet;
  if (!sections || !evidence) return null;
  const { version, content } = sections.criteria;
  return {
    revision: null,
    header: worksheet.header,
    sections: {
      constraints: sections.constraints.content,
      definition: sections.definition.content,
      objective: sections.objective.content,
      identifiedRisk: sections.identifiedRisk.content,
      validation: sections.validation.content,
      maintenance: sections.maintenance.content,
    },
    evidence,
    warningReasons: worksheet.warningReasons,
    thresholds: worksheet.rigour ? changedSettings(worksheet.rigour.settings) : {},
    digest: worksheet.digest,
    ...(version > 0 ? { criteria: frozenAnswers(content.items.answers, worksheet.header.standardVersion) } : {}),
  };
}

/** How the page calls a text: `revision r2`, or the draft with the number that it will get. */
export function shownName(revision: number | null, worksheet: WorksheetDto): string {
  return revision === null ? `draft of r${worksheet.revision}` : `revision r${revision}`;
}
