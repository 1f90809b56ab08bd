"use client";

import { Button, Group, Text } from "@mantine/core";
import { DigestText } from "@/components/review/digest-text";
import classes from "@/components/review/review.module.css";
import type { MovePermission } from "@/lib/contracts/worksheet";
import type { WorksheetMove, WorksheetState } from "@/lib/domain/workflow/states";
import { MOVE_LABELS } from "@/lib/domain/workflow/transitions";

/** Moves that are made on this page, in the order of their buttons: the quiet ones first. */
const ORDER: readonly WorksheetMove[] = [
  "withdraw",
  "send_back",
  "request_changes",
  "revoke",
  "reopen",
  "refuse",
  "approve_internally",
  "sign",
];
const MAIN: readonly WorksheetMove[] = ["sign", "approve_internally"];
const DANGER: readonly WorksheetMove[] = ["refuse", "revoke"];

/** What a reader who has nothing to decide is told: with whom the worksheet is. */
export const WAITING_WORDS: Readonly<Record<WorksheetState, string>> = {
  draft: "The entity is writing it.",
  changes_requested: "The entity is writing the next revision.",
  internal_review: "The entity reviews it before it goes out.",
  qsa_review: "It is with the decider.",
  signed: "It is signed; nothing waits for you.",
  refused: "It was refused; the entity has to act.",
  withdrawn: "The entity withdrew it.",
  revoked: "Its signature was revoked; it has to be decided anew.",
};

/** The bar at the bottom: what is open, what exactly one looks at, and what one may do about it. */
export function DecisionBar(props: {
  readonly openThreads: number;
  readonly shown: string;
  readonly digest: string;
  readonly moves: readonly MovePermission[];
  /** Why nothing can be decided here, when there are no buttons. */
  readonly note: string;
  readonly onMove: (move: MovePermission) => void;
}) {
  const moves = ORDER.flatMap((name) => props.moves.filter(({ move }) => move === name));
  const threads = props.openThreads === 1 ? "1 open thread" : `${props.openThreads} open threads`;
  return (
    <section className={classes.bar} aria-label="Decision">
      <Text size="sm" component="div" className={classes.barFacts}>
        <b>{threads}</b> · {props.shown} · digest <DigestText digest={props.digest} />
      </Text>
      {moves.length > 0 ? (
        <Group gap="xs" className={classes.barButtons}>
          {moves.map((permission) => (
            <Button
              key={permission.move}
              variant={MAIN.includes(permission.move) ? "filled" : "default"}
              c={DANGER.includes(permission.move) ? "red" : undefined}
              onClick={() => props.onMove(permission)}
            >
              {MOVE_LABELS[permission.move]}
            </Button>
          ))}
        </Group>
      ) : (
        <Text size="sm" c="dimmed">
          {props.note}
        </Text>
      )}
    </section>
  );
}
