"use client";

import { SegmentedControl, Stack } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { useRef, useState } from "react";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { useAction } from "@/components/kit/use-action";
import { Certificates } from "@/components/review/certificate";
import { NO_MOVES, tallyWords, withoutSignature } from "@/components/review/criteria-words";
import { DamagedNote } from "@/components/review/damaged-text";
import { DecisionBar, WAITING_WORDS } from "@/components/review/decision-bar";
import { LatestReason, MoveHistory } from "@/components/review/history";
import { KeysHelp } from "@/components/review/keys-help";
import { MoveDialogs } from "@/components/review/move-dialogs";
import classes from "@/components/review/review.module.css";
import { ReviewHead } from "@/components/review/review-head";
import { ReviewPaper } from "@/components/review/review-paper";
import { isDecidable, type ReviewTexts } from "@/components/review/review-texts";
import { shownName } from "@/components/review/shown-text";
import { type ThreadView, threadFilters, threadsInView } from "@/components/review/thread-view";
import { useCriteria } from "@/components/review/use-criteria";
import { useKeyActions } from "@/components/review/use-key-actions";
import { useReviewTexts } from "@/components/review/use-review-texts";
import { useTalk } from "@/components/review/use-talk";
import { useThreads } from "@/components/review/use-threads";
import { api } from "@/lib/client/api";
import type { CriteriaDto } from "@/lib/contracts/criteria";
import type { ThreadDto } from "@/lib/contracts/review";
import type { MovePermission, WorksheetDto } from "@/lib/contracts/worksheet";
import { STATE_LABELS } from "@/lib/domain/workflow/transitions";
import { partsOf } from "@/lib/domain/worksheet/sections";

/** The button that began a move is gone; what came of it stands above the paper, or else the page begins anew. */
function focusOutcome(outcome: HTMLElement | null): void {
  const place = outcome?.firstChild ? outcome : document.getElementById("content");
  place?.focus();
}

/** The review page: the worksheet as printed, its differences, its threads, and the decision. */
export function ReviewScreen(props: {
  readonly worksheet: WorksheetDto;
  readonly texts: ReviewTexts;
  /** Why there is no comparison with an older text that was changed in the database; else null. */
  readonly damaged: string | null;
  readonly threads: readonly ThreadDto[];
  /** Of the shown revision; null while a draft is shown. */
  readonly criteria: CriteriaDto | null;
  /** The day that evidence is judged by, `YYYY-MM-DD`. */
  readonly today: string;
}) {
  const [worksheet, setWorksheet] = useState(props.worksheet);
  const { texts, choose, showNewest, busy, error } = useReviewTexts(worksheet, props.texts);
  const threads = useThreads(worksheet.id, props.threads);
  const asksCriteria = worksheet.kind === "ccw";
  const held = useCriteria(worksheet.id, asksCriteria ? texts.shown.revision : null, props.criteria);
  const narrow = useMediaQuery("(max-width: 68em)", false, { getInitialValueInEffect: true });
  const talk = useTalk(threads, narrow, [null, ...partsOf(worksheet.kind, worksheet.header.standardVersion)]);
  const [chosen, setChosen] = useState<MovePermission | null>(null);
  const outcome = useRef<HTMLDivElement>(null);
  const reload = useAction({ notify: true });

  const { permissions } = worksheet;
  const rights = { share: permissions.commentShared, keepPrivate: permissions.commentPrivate };
  const silent = !rights.share && !rights.keepPrivate && threads.all.length === 0;
  const decidable = isDecidable(worksheet, texts.choice.shown);
  const { moves, held: heldMoves } = !decidable
    ? NO_MOVES
    : asksCriteria
      ? withoutSignature(permissions, held)
      : permissions;
  const keys = useKeyActions({
    worksheet,
    texts,
    moves,
    mayTalk: rights.share || rights.keepPrivate,
    talk,
    onChoose: (choice) => void choose(choice),
    onMove: setChosen,
  });

  const take = async (next: WorksheetDto) => {
    setWorksheet(next);
    await Promise.all([showNewest(next), threads.reload(), held.reload()]);
  };
  const readAnew = () =>
    reload.run(async () => {
      setChosen(null);
      await take(await api.get<WorksheetDto>(`/worksheets/${worksheet.id}`));
      focusOutcome(outcome.current);
    });
  const moved = async (next: WorksheetDto) => {
    setChosen(null);
    // At the top, since the bar with the next buttons stands at the bottom.
    const message = `${next.header.requirementNumber} is now: ${STATE_LABELS[next.state]}.`;
    notifications.show({ color: "green", position: "top-center", title: "Done", message });
    await reload.run(() => take(next));
    focusOutcome(outcome.current);
  };

  const { shown } = texts;
  const name = shownName(shown.revision, worksheet);
  const open = threads.all.filter(({ resolvedAt }) => resolvedAt === null).length;
  return (
    <div className={classes.layout}>
      <ReviewHead
        worksheet={worksheet}
        texts={texts}
        busy={busy}
        today={props.today}
        onChoose={choose}
        onHelp={keys.showHelp}
        filter={
          silent ? null : (
            <SegmentedControl
              size="xs"
              aria-label="Threads shown"
              value={talk.view}
              onChange={(value) => talk.setView(value as ThreadView)}
              data={threadFilters(threads.all)}
            />
          )
        }
      />
      <Stack gap="sm" mb="md" ref={outcome} tabIndex={-1} className={classes.outcome}>
        <ProblemAlert error={error} />
        {props.damaged === null ? null : <DamagedNote reason={props.damaged} />}
        <LatestReason transitions={worksheet.transitions} />
        <Certificates signOffs={worksheet.signOffs} validity={worksheet.validity} />
      </Stack>
      <ReviewPaper
        worksheetId={worksheet.id}
        texts={texts}
        today={props.today}
        threads={threads}
        shownThreads={threadsInView(threads.all, talk.view)}
        rights={rights}
        talk={talk}
        silent={silent}
        narrow={narrow}
        held={held}
      />
      <MoveHistory transitions={worksheet.transitions} />
      <DecisionBar
        openThreads={silent ? null : open}
        criteria={tallyWords(held.criteria)}
        shown={name}
        digest={shown.digest}
        where={keys.where}
        moves={moves}
        held={heldMoves}
        note={decidable ? WAITING_WORDS[worksheet.state] : "Decisions are made on the newest text: choose it above."}
        onThreads={() => talk.toThread(1, keys.say)}
        onMove={setChosen}
      />
      <MoveDialogs
        worksheet={worksheet}
        moves={permissions.moves}
        shown={name}
        read={shown.revision === null ? null : { revision: shown.revision, digest: shown.digest }}
        evidence={shown.evidence}
        today={props.today}
        chosen={chosen}
        openThreads={open}
        commentIds={threads.all.flatMap(({ visibility, comments }) =>
          visibility === "shared" ? comments.map(({ id }) => id) : [],
        )}
        onClose={() => setChosen(null)}
        onMoved={moved}
        onReload={readAnew}
      />
      <KeysHelp {...keys.help} />
    </div>
  );
}
