"use client";

import { useMemo } from "react";
import { itemNames, type Part } from "@/components/review/anchors";
import { CriteriaView } from "@/components/review/criteria-view";
import { type DisplaySection, plainSection } from "@/components/review/display";
import { markedSection } from "@/components/review/display-diff";
import { markedEvidence, plainEvidence } from "@/components/review/evidence-links";
import { GateRow } from "@/components/review/gate-row";
import { HeaderRow } from "@/components/review/header-row";
import type { ItemThreads } from "@/components/review/item-talk";
import { type TalkRights, ThreadsOfPart } from "@/components/review/margin";
import { ReviewRow } from "@/components/review/review-row";
import type { ReviewTexts } from "@/components/review/review-texts";
import { SectionView } from "@/components/review/section-view";
import { ThreadsSheet } from "@/components/review/threads-sheet";
import type { CriteriaHold } from "@/components/review/use-criteria";
import type { Talk } from "@/components/review/use-talk";
import type { Threads } from "@/components/review/use-threads";
import { markedReasons, plainReasons, Thresholds, WarningReasons } from "@/components/review/warning-reasons";
import type { ThreadDto } from "@/lib/contracts/review";
import { freshnessOf } from "@/lib/domain/evidence/freshness";
import type { EvidenceLink } from "@/lib/domain/worksheet/model";
import { partHint, SECTION_HINTS } from "@/lib/domain/worksheet/section-hints";
import {
  CRITERIA_PART,
  HEADER_LABEL,
  PART_LABELS,
  type PartKey,
  type TextPartKey,
  textPartsOf,
} from "@/lib/domain/worksheet/sections";

/** The worksheet or the record as a printed page, its rows in their order, with threads in the margin or in sheets. */
export function ReviewPaper(props: {
  readonly worksheetId: string;
  readonly texts: ReviewTexts;
  /** The day that evidence is judged by, `YYYY-MM-DD`. */
  readonly today: string;
  readonly threads: Threads;
  /** The threads that the filter lets through. */
  readonly shownThreads: readonly ThreadDto[];
  readonly rights: TalkRights;
  readonly talk: Talk;
  /** True where nobody talks, as for observers: then no room is left for it. */
  readonly silent: boolean;
  readonly held: CriteriaHold;
  /** True when there is no room for a margin. */
  readonly narrow: boolean;
}) {
  const { texts, shownThreads, rights, talk, silent, narrow, today } = props;
  const { shown, comparison } = texts;
  const names = useMemo(() => itemNames(shown.sections), [shown]);
  const displayed = useMemo(() => displayPart(texts), [texts]);
  const fresh = (link: EvidenceLink) => freshnessOf(link.validUntil, today);
  const evidence = comparison ? markedEvidence(comparison.diff.evidence, fresh) : plainEvidence(shown.evidence, fresh);
  const reasons = comparison ? markedReasons(comparison.diff.reasons) : plainReasons(shown.warningReasons);
  const reasonsOf = (key: TextPartKey | null) => reasons.filter(({ section }) => section === key);
  const mayTalk = rights.share || rights.keepPrivate;

  const threadsOf = (part: Part) => shownThreads.filter(({ section }) => section === part);
  const margin = (part: Part) => (
    <ThreadsOfPart
      worksheetId={props.worksheetId}
      anchor={{ section: part, itemId: null }}
      shown={threadsOf(part)}
      threads={props.threads}
      onOpen={talk.open}
      names={names}
      rights={rights}
      composing={talk.composing?.section === part ? talk.composing : null}
      onCompose={talk.compose}
      beside={!narrow}
    />
  );
  const row = (part: Part) => ({
    section: part,
    threads: countThreads(threadsOf(part)),
    onSheet: narrow && !silent ? () => talk.setSheet(part) : null,
    margin: narrow || silent ? null : margin(part),
  });
  const talkOfItems = (part: PartKey) => ({
    threads: threadsByItem(threadsOf(part)),
    onComment: mayTalk ? (itemId: string) => talk.compose({ section: part, itemId }) : null,
    onShow: (itemId: string) => talk.showItem(part, itemId),
  });
  return (
    <>
      <div>
        <ReviewRow {...row(null)} title={HEADER_LABEL}>
          <HeaderRow header={shown.header} changes={comparison?.diff.header ?? []} />
          {shown.kind === "ccw" && (
            <>
              <GateRow eligibility={shown.eligibility} changes={comparison?.diff.gate ?? []} />
              <WarningReasons reasons={reasonsOf(null)} />
              <Thresholds values={shown.thresholds} />
            </>
          )}
        </ReviewRow>
        {textPartsOf(shown.kind, shown.header.standardVersion).map((key, index) => (
          <ReviewRow key={key} {...row(key)} title={`${index + 1}. ${PART_LABELS[key]}`} hint={partHint(key)}>
            <SectionView
              worksheetId={props.worksheetId}
              section={displayed(key)}
              evidence={evidence.filter(({ link }) => link.section === key)}
              talk={silent ? null : talkOfItems(key)}
            />
            <WarningReasons reasons={reasonsOf(key)} />
          </ReviewRow>
        ))}
        {shown.kind === "ccw" && (
          <ReviewRow
            {...row(CRITERIA_PART)}
            title={`Annex: ${PART_LABELS[CRITERIA_PART]}`}
            hint={SECTION_HINTS[CRITERIA_PART]}
          >
            <CriteriaView
              worksheetId={props.worksheetId}
              texts={texts}
              held={props.held}
              talk={silent ? null : talkOfItems(CRITERIA_PART)}
              onDecided={() => void props.threads.reload()}
            />
          </ReviewRow>
        )}
      </div>
      <ThreadsSheet
        title={talk.sheet ? PART_LABELS[talk.sheet] : HEADER_LABEL}
        opened={talk.sheet !== undefined}
        onClose={() => talk.setSheet(undefined)}
      >
        {talk.sheet === undefined ? null : margin(talk.sheet)}
      </ThreadsSheet>
    </>
  );
}

function countThreads(threads: readonly ThreadDto[]): ItemThreads {
  return { shown: threads.length, open: threads.filter(({ resolvedAt }) => resolvedAt === null).length };
}

function threadsByItem(threads: readonly ThreadDto[]): ReadonlyMap<string, ItemThreads> {
  const ids = new Set(threads.flatMap(({ itemId }) => itemId ?? []));
  return new Map([...ids].map((id) => [id, countThreads(threads.filter(({ itemId }) => itemId === id))]));
}

/** Each part as shown, marked where it is compared; made once for each. */
export function displayPart({ shown, comparison }: ReviewTexts): (key: TextPartKey) => DisplaySection {
  const made = new Map<TextPartKey, DisplaySection>();
  const display = (key: TextPartKey) => {
    const diff = comparison?.diff.sections.find(({ section }) => section === key);
    return comparison && diff
      ? markedSection(diff, comparison.before.sections, shown.sections)
      : plainSection(shown.sections, key);
  };
  return (key) => {
    const known = made.get(key) ?? display(key);
    made.set(key, known);
    return known;
  };
}
