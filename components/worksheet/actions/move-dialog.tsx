"use client";

import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { ConfirmReasonDialog } from "@/components/kit/confirm-reason-dialog";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { useAction } from "@/components/kit/use-action";
import { MOVE_CONSEQUENCES } from "@/components/worksheet/actions/move-consequences";
import type { MakeMove } from "@/components/worksheet/actions/use-moves";
import type { MoveInput } from "@/lib/contracts/review";
import type { MovePermission } from "@/lib/contracts/worksheet";
import { MOVE_LABELS } from "@/lib/domain/workflow/transitions";

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
      <ConfirmReasonDialog
        opened={props.opened}
        onClose={props.onClose}
        title={MOVE_LABELS[move]}
        confirm={MOVE_LABELS[move]}
        danger={move === "withdraw"}
        onConfirm={(reason) => props.onMove(move, reason)}
      >
        {MOVE_CONSEQUENCES[move]}
      </ConfirmReasonDialog>
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
