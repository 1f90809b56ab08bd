"use client";

import { CriterionFinding } from "@/components/review/criterion-finding";
import { markedCriteria, plainCriteria } from "@/components/review/display-criteria";
import type { TalkOfItems } from "@/components/review/item-talk";
import type { ReviewTexts } from "@/components/review/review-texts";
import { SectionView } from "@/components/review/section-view";
import type { CriteriaHold } from "@/components/review/use-criteria";

/** Each criterion with the entity's answer, and beside it what was decided over it on this revision. */
export function CriteriaView(props: {
  readonly worksheetId: string;
  readonly texts: ReviewTexts;
  readonly held: CriteriaHold;
  readonly talk: TalkOfItems | null;
  /** A decision may have opened a thread. */
  readonly onDecided: () => void;
}) {
  const { texts, held, talk } = props;
  const { shown, comparison } = texts;
  const { standardVersion } = shown.header;
  const displayed = comparison
    ? markedCriteria(comparison.diff.criteria, standardVersion)
    : plainCriteria(shown.criteria, standardVersion);
  const { criteria } = held;
  const beside = (itemId: string) => {
    const criterion = criteria?.criteria.find(({ id }) => id === itemId);
    if (!criteria || !criterion) return null;
    return (
      <CriterionFinding
        place={`${props.worksheetId} criterion ${itemId}`}
        criterion={criterion}
        may={criteria.may}
        onFind={async (choice) => {
          await held.decide(criterion.id, choice);
          props.onDecided();
        }}
        onThread={() => talk?.onShow(itemId)}
      />
    );
  };
  return (
    <SectionView worksheetId={props.worksheetId} section={displayed} evidence={[]} talk={talk} besideItem={beside} />
  );
}
