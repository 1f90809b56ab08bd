"use client";

import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { useAction } from "@/components/kit/use-action";

/** What is asked, and what follows. */
export interface ConfirmActProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly title: string;
  /** What will happen. */
  readonly children: ReactNode;
  /** The word on the button, a verb. */
  readonly confirm: string;
  readonly danger?: boolean;
  readonly onConfirm: () => Promise<unknown>;
}

/** The dialog of a ConfirmAct, which loads it when it is first asked. */
export function ConfirmActDialog(props: ConfirmActProps) {
  const { run, busy, error, clear } = useAction();
  const close = () => {
    clear();
    props.onClose();
  };
  const confirm = async () => {
    const done = await run(async () => {
      await props.onConfirm();
      return true;
    });
    if (done) close();
  };
  return (
    <Modal opened={props.opened} onClose={close} title={props.title} size="md" closeOnEscape={!busy}>
      <Stack gap="sm">
        <Text component="div">{props.children}</Text>
        <ProblemAlert error={error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={close} disabled={busy} data-autofocus>
            Cancel
          </Button>
          <Button onClick={confirm} loading={busy} color={props.danger ? "red" : undefined}>
            {props.confirm}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
