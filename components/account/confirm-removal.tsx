"use client";

import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { useAction } from "@/components/kit/use-action";
import { useReturnFocus } from "@/components/kit/use-return-focus";

/** Asks before something of the account is taken away; mounted while it is open. It stays open until that succeeds. */
export function ConfirmRemoval(props: {
  readonly title: string;
  readonly children: ReactNode;
  /** The word on the button, a verb. */
  readonly confirm: string;
  readonly onConfirm: () => Promise<unknown>;
  readonly onClose: () => void;
}) {
  const { run, busy, error } = useAction();
  useReturnFocus();
  const remove = async () => {
    const done = await run(async () => {
      await props.onConfirm();
      return true;
    });
    if (done) props.onClose();
  };
  return (
    // While something is asked for on top of it, Escape is for that dialog.
    <Modal opened onClose={props.onClose} title={props.title} size="sm" closeOnEscape={!busy}>
      <Stack gap="sm">
        <Text>{props.children}</Text>
        <ProblemAlert error={error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={props.onClose} disabled={busy} data-autofocus>
            Cancel
          </Button>
          <Button color="red" loading={busy} onClick={remove}>
            {props.confirm}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
