"use client";

import { Anchor, Button, Group, Text } from "@mantine/core";
import { DigestText } from "@/components/review/digest-text";
import classes from "@/components/review/review.module.css";
import type { HeldMove, MovePermission } from "@/lib/contracts/worksheet";
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
  /** Null for readers who see no threads. */
  readonly openThreads: number | null;
  /** How many criteria are decided, in words; null where there is nothing to decide. */
  readonly criteria: string | null;
  readonly shown: string;
  readonly digest: string;
  /** Where the keys have led, in words. */
  readonly where: string;
  readonly moves: readonly MovePermission[];
  readonly held: readonly HeldMove[];
  /** Why nothing can be decided here, when there are no buttons. */
  readonly note: string;
  readonly onThreads: () => void;
  readonly onMove: (move: MovePermission) => void;
}) {
  const moves = ORDER.flatMap((name) => props.moves.filter(({ move }) => move === name));
  const held = heldWords(props.held);
  return (
    <section className={classes.bar} aria-label="Decision">
      <Text size="sm" component="div" className={classes.barFacts}>
        <OpenThreads count={props.openThreads} onClick={props.onThreads} />
        {props.criteria ? <Anchor href="#row-criteria">{props.criteria}</Anchor> : null}
        <span>
          {props.shown} · digest <DigestText digest={props.digest} />
        </span>
        <Text span inherit c="dimmed" role="status">
          {props.where}
        </Text>
      </Text>
      <Group gap="xs" className={classes.barButtons} justify="flex-end">
        {held || moves.length === 0 ? (
          <Text size="sm" c="dimmed" className={classes.barNote}>
            {held || props.note}
          </Text>
        ) : null}
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
    </section>
  );
}

function OpenThreads({ count, onClick }: { readonly count: number | null; readonly onClick: () => void }) {
  if (count === null) return null;
  if (count === 0) return <span>No open thread</span>;
  return (
    <Button size="compact-sm" variant="light" color="yellow" onClick={onClick}>
      {count === 1 ? "1 open thread" : `${count} open threads`}
    </Button>
  );
}

/** Which decisions are not this person's, and whose they are: `Sign, Refuse: Only the QSA lead may do this.` */
function heldWords(held: readonly HeldMove[]): string {
  const reasons = [...new Set(held.map(({ reason }) => reason))];
  return reasons
    .map((reason) => {
      const moves = held.filter((one) => one.reason === reason).map(({ move }) => MOVE_LABELS[move]);
      return `${moves.join(", ")}: ${reason}`;
    })
    .join(" ");
}
