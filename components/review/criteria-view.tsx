"use client";

import { Alert, Button, Stack, Text } from "@mantine/core";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { useAction } from "@/components/kit/use-action";
import { useCardNumberQuestion } from "@/components/kit/use-card-number-question";
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
  const { withQuestion, question } = useCardNumberQuestion();
  const { shown, comparison } = texts;
  const { standardVersion } = shown.header;
  const displayed = comparison
    ? markedCriteria(comparison.diff.criteria, standardVersion)
    : plainCriteria(shown.criteria, standardVersion);
  const { criteria, decide } = held;
  const beside = (itemId: string) => {
    const criterion = criteria?.criteria.find(({ id }) => id === itemId);
    if (!criteria || !criterion) return null;
    return (
      <CriterionFinding
        place={`${props.worksheetId} criterion ${itemId}`}
        criterion={criterion}
        may={criteria.may}
        onFind={
          decide &&
          (async (choice) => {
            await withQuestion((sure) =>
              decide(criterion.id, { ...choice, ...(sure ? { acknowledgeCardNumber: true } : {}) }),
            );
            props.onDecided();
          })
        }
        onThread={() => talk?.onShow(itemId)}
      />
    );
  };
  return (
    <>
      {held.failed ? <NotLoaded reload={held.reload} /> : null}
      <SectionView worksheetId={props.worksheetId} section={displayed} evidence={[]} talk={talk} besideItem={beside} />
      {question}
    </>
  );
}

/** What was decided could not be read: nothing can be decided before it is. */
function NotLoaded({ reload }: { readonly reload: () => Promise<void> }) {
  const { run, busy, error } = useAction();
  return (
    <Alert color="orange" title="What was decided could not be loaded" role="alert" mb="sm">
      <Stack gap="xs" align="flex-start">
        <Text size="sm">Until it is there, nothing can be decided here.</Text>
        <ProblemAlert error={error} />
        <Button size="compact-sm" variant="default" loading={busy} onClick={() => run(reload)}>
          Try again
        </Button>
      </Stack>
    </Alert>
  );
}
