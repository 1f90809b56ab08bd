"use client";

import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";

/** How a dialog that holds typed text is closed. */
export interface LeaveGuard {
  /** For the dialog's `onClose` and its Cancel button. */
  readonly close: () => void;
  /** True while the question stands; the dialog beneath must not take Escape then. */
  readonly asking: boolean;
  /** The question; to be rendered inside the dialog. */
  readonly question: ReactNode;
}

/** Closes a dialog at once when nothing was `changed` in it, and otherwise asks first: what was typed would be gone. */
export function useLeaveGuard(changed: boolean, leave: () => void): LeaveGuard {
  const [asking, setAsking] = useState(false);
  // One Escape reaches both dialogs: what it changes in one has to wait until the other has heard it too.
  const ask = (next: boolean) => requestAnimationFrame(() => setAsking(next));
  const stay = () => ask(false);
  const question = (
    <Modal opened={asking} onClose={stay} title="Leave without saving?" size="sm" zIndex={300} centered>
      <Stack gap="md">
        <Text>What you changed here is not saved yet.</Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={stay} data-autofocus>
            Keep editing
          </Button>
          <Button
            color="red"
            onClick={() => {
              setAsking(false);
              leave();
            }}
          >
            Discard
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
  return { close: () => (changed ? ask(true) : leave()), asking, question };
}
