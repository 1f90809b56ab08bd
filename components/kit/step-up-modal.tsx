"use client";

import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { StepUpFields, useStepUpProof } from "@/components/kit/step-up-proof";

/** Asks a person to show again that it is them, before a weighty act. `onDone` is called once the server has accepted it. */
export function StepUpModal(props: {
  readonly opened: boolean;
  readonly onDone: () => void;
  readonly onCancel: () => void;
}) {
  return (
    <Modal
      opened={props.opened}
      onClose={props.onCancel}
      title="Show again that it is you"
      size="sm"
      zIndex={400}
      // Mantine listens on the window, where the dialog below would take the same key for itself once this one is gone.
      closeOnEscape={false}
      onKeyDown={(event) => {
        if (event.key === "Escape") props.onCancel();
      }}
    >
      <StepUpForm onDone={props.onDone} onCancel={props.onCancel} />
    </Modal>
  );
}

function StepUpForm(props: { readonly onDone: () => void; readonly onCancel: () => void }) {
  const proof = useStepUpProof();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const button = useRef<HTMLButtonElement>(null);
  const { elsewhere } = proof;
  useEffect(() => {
    // There is no field that would take the focus.
    if (elsewhere) button.current?.focus();
  }, [elsewhere]);
  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    // The dialog may stand inside another form of the React tree.
    event.stopPropagation();
    if (!proof.ready || busy) return;
    setBusy(true);
    setError(null);
    try {
      await proof.prove();
      props.onDone();
    } catch (caught) {
      setError(caught);
      setBusy(false);
    }
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <Text>What you are about to do carries weight.</Text>
        <StepUpFields proof={proof} error={error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={props.onCancel}>
            Cancel
          </Button>
          <Button ref={button} type="submit" loading={busy} disabled={!proof.ready}>
            {elsewhere ?? "Confirm"}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
