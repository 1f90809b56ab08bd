"use client";

import { SegmentedControl, Stack } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { useAction } from "@/components/kit/use-action";
import type { ThreadAnchor } from "@/components/review/anchors";
import { Certificates } from "@/components/review/certificate";
import { DecisionBar, WAITING_WORDS } from "@/components/review/decision-bar";
import { LatestReason, MoveHistory } from "@/components/review/history";
import { KeysHelp } from "@/components/review/keys-help";
import { MoveDialogs } from "@/components/review/move-dialogs";
import { currentSection, focusChange } from "@/components/review/page-places";
import classes from "@/components/review/review.module.css";
import { ReviewHead } from "@/components/review/review-head";
import { type Part, ReviewPaper } from "@/components/review/review-paper";
import { isDecidable, type ReviewTexts } from "@/components/review/review-texts";
import { shownName } from "@/components/review/shown-text";
import { type ThreadView, threadFilters, threadsInView } from "@/components/review/thread-view";
import { useReviewKeys } from "@/components/review/use-review-keys";
import { useReviewTexts } from "@/components/review/use-review-texts";
import { useThreads } from "@/components/review/use-threads";
import { api } from "@/lib/client/api";
import type { ThreadDto } from "@/lib/contracts/review";
import type { MovePermission, WorksheetDto } from "@/lib/contracts/worksheet";
import { STATE_LABELS } from "@/lib/domain/workflow/transitions";

/** The review page: the worksheet as printed, its differences, its threads, and the decision. */
export function ReviewScreen(props: {
  readonly worksheet: WorksheetDto;
  readonly texts: ReviewTexts;
  readonly threads: readonly ThreadDto[];
}) {
  const [worksheet, setWorksheet] = useState(props.worksheet);
  const { texts, choose, showNewest, busy, error } = useReviewTexts(worksheet, props.texts);
  const threads = useThreads(worksheet.id, props.threads);
  const [view, setView] = useState<ThreadView>("all");
  const [composing, setComposing] = useState<ThreadAnchor | null>(null);
  const [sheet, setSheet] = useState<Part | undefined>(undefined);
  const [chosen, setChosen] = useState<MovePermission | null>(null);
  const [help, setHelp] = useState(false);
  const reload = useAction({ notify: true });
  const narrow = useMediaQuery("(max-width: 68em)", false, { getInitialValueInEffect: true });

  const rights = { share: worksheet.permissions.commentShared, keepPrivate: worksheet.permissions.commentPrivate };
  const compose = (anchor: ThreadAnchor | null) => {
    setComposing(anchor);
    if (anchor && narrow) setSheet(anchor.section);
  };
  const take = async (next: WorksheetDto) => {
    setWorksheet(next);
    await Promise.all([showNewest(next), threads.reload()]);
  };
  const readAnew = () =>
    reload.run(async () => {
      setChosen(null);
      await take(await api.get<WorksheetDto>(`/worksheets/${worksheet.id}`));
    });
  const moved = async (next: WorksheetDto) => {
    setChosen(null);
    // At the top, since the bar with the next buttons stands at the bottom.
    const message = `${next.header.requirementNumber} is now: ${STATE_LABELS[next.state]}.`;
    notifications.show({ color: "green", position: "top-center", title: "Done", message });
    await reload.run(() => take(next));
  };
  useReviewKeys({
    toChange: (direction) => void focusChange(direction),
    comment: () => {
      const section = currentSection();
      if (rights.share || rights.keepPrivate) compose({ section, itemId: null });
    },
    help: () => setHelp(true),
  });

  const { shown } = texts;
  const open = threads.all.filter(({ resolvedAt }) => resolvedAt === null).length;
  const decidable = isDecidable(worksheet, texts.choice.shown);
  return (
    <div className={classes.layout}>
      <ReviewHead
        worksheet={worksheet}
        texts={texts}
        busy={busy}
        onChoose={choose}
        onHelp={() => setHelp(true)}
        filter={
          <SegmentedControl
            size="xs"
            aria-label="Threads shown"
            value={view}
            onChange={(value) => setView(value as ThreadView)}
            data={threadFilters(threads.all)}
          />
        }
      />
      <Stack gap="sm" mb="md">
        <ProblemAlert error={error} />
        <LatestReason transitions={worksheet.transitions} />
        <Certificates signOffs={worksheet.signOffs} validity={worksheet.validity} />
      </Stack>
      <ReviewPaper
        texts={texts}
        threads={threads}
        shownThreads={threadsInView(threads.all, view)}
        rights={rights}
        composing={composing}
        onCompose={compose}
        narrow={narrow}
        sheet={sheet}
        onSheet={setSheet}
      />
      <MoveHistory transitions={worksheet.transitions} />
      <DecisionBar
        openThreads={open}
        shown={shownName(shown.revision, worksheet)}
        digest={shown.digest}
        moves={decidable ? worksheet.permissions.moves : []}
        note={decidable ? WAITING_WORDS[worksheet.state] : "Decisions are made on the newest text: choose it above."}
        onMove={setChosen}
      />
      <MoveDialogs
        worksheet={worksheet}
        read={shown.revision === null ? null : { revision: shown.revision, digest: shown.digest }}
        chosen={chosen}
        openThreads={open}
        onClose={() => setChosen(null)}
        onMoved={moved}
        onReload={readAnew}
      />
      <KeysHelp opened={help} onClose={() => setHelp(false)} />
    </div>
  );
}
