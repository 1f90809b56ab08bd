"use client";

import { useMemo } from "react";
import { itemNames, type ThreadAnchor } from "@/components/review/anchors";
import { type DisplaySection, plainSection } from "@/components/review/display";
import { markedSection } from "@/components/review/display-diff";
import { markedEvidence, plainEvidence } from "@/components/review/evidence-links";
import { HeaderRow } from "@/components/review/header-row";
import { type TalkRights, ThreadsOfPart } from "@/components/review/margin";
import { ReviewRow } from "@/components/review/review-row";
import type { ReviewTexts } from "@/components/review/review-texts";
import { SectionView } from "@/components/review/section-view";
import { ThreadsSheet } from "@/components/review/threads-sheet";
import type { Threads } from "@/components/review/use-threads";
import type { ThreadDto } from "@/lib/contracts/review";
import { SECTION_HINTS } from "@/lib/domain/worksheet/section-hints";
import { HEADER_LABEL, SECTION_LABELS, type SectionKey, sectionOrder } from "@/lib/domain/worksheet/sections";

/** A part of the page that threads belong to: a section, or (null) the worksheet as a whole. */
export type Part = SectionKey | null;

/** The worksheet as a printed page, its six rows in the version's order, with threads in the margin or in sheets. */
export function ReviewPaper(props: {
  readonly texts: ReviewTexts;
  readonly threads: Threads;
  /** The threads that the filter lets through. */
  readonly shownThreads: readonly ThreadDto[];
  readonly rights: TalkRights;
  readonly composing: ThreadAnchor | null;
  readonly onCompose: (anchor: ThreadAnchor | null) => void;
  /** True when there is no room for a margin. */
  readonly narrow: boolean;
  /** The part whose sheet is open; undefined for none. */
  readonly sheet: Part | undefined;
  readonly onSheet: (part: Part | undefined) => void;
}) {
  const { texts, shownThreads, rights, composing, narrow } = props;
  const { shown, comparison } = texts;
  const names = useMemo(() => itemNames(shown.sections), [shown]);
  const displayed = useMemo(() => displaySections(texts), [texts]);
  const evidence = comparison ? markedEvidence(comparison.diff.evidence) : plainEvidence(shown.evidence);
  const mayTalk = rights.share || rights.keepPrivate;

  const threadsOf = (part: Part) => shownThreads.filter(({ section }) => section === part);
  const margin = (part: Part) => (
    <ThreadsOfPart
      anchor={{ section: part, itemId: null }}
      shown={threadsOf(part)}
      threads={props.threads}
      names={names}
      rights={rights}
      composing={composing?.section === part ? composing : null}
      onCompose={props.onCompose}
    />
  );
  const row = (part: Part) => ({
    section: part,
    threads: { shown: threadsOf(part).length, open: threadsOf(part).filter((one) => one.resolvedAt === null).length },
    onSheet: narrow ? () => props.onSheet(part) : null,
    margin: narrow ? null : margin(part),
  });
  return (
    <>
      <div>
        <ReviewRow {...row(null)} title={HEADER_LABEL}>
          <HeaderRow header={shown.header} changes={comparison?.diff.header ?? []} />
        </ReviewRow>
        {sectionOrder(shown.header.standardVersion).map((key, index) => (
          <ReviewRow key={key} {...row(key)} title={`${index + 1}. ${SECTION_LABELS[key]}`} hint={SECTION_HINTS[key]}>
            <SectionView
              section={displayed[key]}
              evidence={evidence.filter(({ link }) => link.section === key)}
              onComment={mayTalk ? (itemId) => props.onCompose({ section: key, itemId }) : null}
            />
          </ReviewRow>
        ))}
      </div>
      <ThreadsSheet
        title={props.sheet ? SECTION_LABELS[props.sheet] : HEADER_LABEL}
        opened={props.sheet !== undefined}
        onClose={() => props.onSheet(undefined)}
      >
        {props.sheet === undefined ? null : margin(props.sheet)}
      </ThreadsSheet>
    </>
  );
}

/** All six sections as shown, marked where they are compared. */
export function displaySections({ shown, comparison }: ReviewTexts): Readonly<Record<SectionKey, DisplaySection>> {
  const display = (key: SectionKey) => {
    const diff = comparison?.diff.sections.find(({ section }) => section === key);
    return comparison && diff
      ? markedSection(diff, comparison.before.sections, shown.sections)
      : plainSection(shown.sections, key);
  };
  return {
    constraints: display("constraints"),
    definition: display("definition"),
    objective: display("objective"),
    identifiedRisk: display("identifiedRisk"),
    validation: display("validation"),
    maintenance: display("maintenance"),
  };
}
