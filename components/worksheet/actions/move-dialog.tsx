"use client";

import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { ConfirmReason } from "@/components/kit/confirm-reason";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { useAction } from "@/components/kit/use-action";
import type { MakeMove } from "@/components/worksheet/actions/use-moves";
import type { MoveInput } from "@/lib/contracts/review";
import type { MovePermission } from "@/lib/contracts/worksheet";
import { MOVE_LABELS } from "@/lib/domain/workflow/transitions";

/** What each move does, said before it is made. */
export const MOVE_CONSEQUENCES: Readonly<Record<MoveInput["move"], string>> = {
  submit: "It goes to review and is closed for writing.",
  approve_internally: "It is frozen as a revision and goes to the decider.",
  send_back: "It goes back to its authors, who read your reason.",
  request_changes: "It goes back to its authors, who read your reason. The frozen revision stays.",
  withdraw: "It leaves the review and is closed. It can be reopened; nothing in it is lost.",
  reopen: "The next revision begins as a draft. What was signed or decided stays on its revision.",
};

/** Asks before a move other than a submission, with a reason where the transition wants one. */
export function MoveDialog(props: {
  readonly permission: MovePermission & { readonly move: MoveInput["move"] };
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onMove: MakeMove;
}) {
  const { move, needsReason } = props.permission;
  const { run, busy, error, clear } = useAction();
  const close = () => {
    clear();
    props.onClose();
  };
  if (needsReason) {
    return (
      <ConfirmReason
        opened={props.opened}
        onClose={props.onClose}
        title={MOVE_LABELS[move]}
        confirm={MOVE_LABELS[move]}
        danger={move === "withdraw"}
        onConfirm={(reason) => props.onMove(move, reason)}
      >
        {MOVE_CONSEQUENCES[move]}
      </ConfirmReason>
    );
  }
  const confirm = async () => {
    const done = await run(async () => {
      await props.onMove(move);
      return true;
    });
    if (done) close();
  };
  return (
    <Modal opened={props.opened} onClose={close} title={MOVE_LABELS[move]}>
      <Stack gap="sm">
        <Text>{MOVE_CONSEQUENCES[move]}</Text>
        <ProblemAlert error={error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button onClick={confirm} loading={busy}>
            {MOVE_LABELS[move]}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
