"use client";

import { useRef, useState } from "react";
import type { KeyLine } from "@/components/review/keys-help";
import { currentAnchor, focusChange } from "@/components/review/page-places";
import type { ReviewTexts } from "@/components/review/review-texts";
import { useLettersOn, useReviewKeys } from "@/components/review/use-review-keys";
import type { Talk } from "@/components/review/use-talk";
import { lastReviewedBefore, type VersionChoice } from "@/components/review/version-choice";
import type { MovePermission, WorksheetDto } from "@/lib/contracts/worksheet";
import type { WorksheetMove } from "@/lib/domain/workflow/states";
import { MOVE_LABELS } from "@/lib/domain/workflow/transitions";

/** The letters of moves: each only opens the dialog that its button opens. */
const LETTERS: Readonly<Partial<Record<WorksheetMove, string>>> = {
  request_changes: "a",
  send_back: "a",
  refuse: "r",
  sign: "s",
  approve_internally: "s",
};

/** What the keys need of the page. */
interface KeySetting {
  readonly worksheet: WorksheetDto;
  readonly texts: ReviewTexts;
  readonly moves: readonly MovePermission[];
  readonly mayTalk: boolean;
  readonly talk: Talk;
  readonly onChoose: (choice: VersionChoice) => void;
  readonly onMove: (move: MovePermission) => void;
}

/** The keyboard of the review page, and where it has led. */
export function useKeyActions(setting: KeySetting) {
  const { worksheet, texts, moves, mayTalk, talk } = setting;
  const [where, say] = useState("");
  const [opened, setOpened] = useState(false);
  const [letters, setLetters] = useLettersOn();
  const lastCompared = useRef<number | null>(null);
  const { shown, comparedWith } = texts.choice;

  const toChange = (direction: 1 | -1) => {
    const place = focusChange(direction);
    if (place) say(`Change ${place.index + 1} of ${place.total}`);
    else say(texts.comparison ? "No change to go to" : "Nothing is compared");
  };
  const toggleDifferences = () => {
    const earlier = worksheet.revisions.map(({ number }) => number).filter((one) => shown === "draft" || one < shown);
    const since = lastCompared.current ?? lastReviewedBefore(worksheet, shown) ?? earlier.at(-1) ?? null;
    if (comparedWith === null && since === null) return say("There is no earlier text");
    lastCompared.current = comparedWith;
    setting.onChoose({ shown, comparedWith: comparedWith === null ? since : null });
    say(comparedWith === null ? `Differences since r${since}` : "Differences off");
  };
  const withLetters = moves
    .flatMap((permission) => {
      const letter = LETTERS[permission.move];
      return letter ? [{ letter, permission }] : [];
    })
    .sort((a, b) => a.letter.localeCompare(b.letter));
  const showHelp = () => setOpened(true);
  useReviewKeys(
    letters
      ? {
          j: () => toChange(1),
          k: () => toChange(-1),
          d: toggleDifferences,
          n: () => talk.toThread(1, say),
          p: () => talk.toThread(-1, say),
          c: mayTalk ? () => talk.compose(currentAnchor()) : undefined,
          "?": showHelp,
          ...Object.fromEntries(
            withLetters.map(({ letter, permission }) => [letter, () => setting.onMove(permission)]),
          ),
        }
      : {},
  );
  const own: readonly KeyLine[] = [
    ...(mayTalk ? [["C", "Comment on the item or section you read"] as const] : []),
    ...withLetters.map(({ letter, permission }) => [letter.toUpperCase(), MOVE_LABELS[permission.move]] as const),
  ];
  const help = { opened, onClose: () => setOpened(false), own, letters, onLetters: setLetters };
  return { where, say, showHelp, help };
}
