"use client";

import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { PasswordField } from "@/components/kit/password-field";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { api } from "@/lib/client/api";
import { isProblem } from "@/lib/client/errors";

/** Asks for the password before a weighty act. `onDone` is called once the server has accepted it. */
export function StepUpModal(props: {
  readonly opened: boolean;
  readonly onDone: () => void;
  readonly onCancel: () => void;
}) {
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const wrong = isProblem(error, "invalid_credentials");
  const leave = (then: () => void) => {
    setPassword("");
    setError(null);
    then();
  };
  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    // The dialog may stand inside another form of the React tree.
    event.stopPropagation();
    if (password === "" || busy) return;
    setBusy(true);
    try {
      await api.post("/session/step-up", { password }, { retries: 0 });
      leave(props.onDone);
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      opened={props.opened}
      onClose={() => leave(props.onCancel)}
      title="Your password again"
      size="sm"
      zIndex={400}
      // Mantine listens on the window, where the dialog below would take the same key for itself once this one is gone.
      closeOnEscape={false}
      onKeyDown={(event) => {
        if (event.key === "Escape") leave(props.onCancel);
      }}
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          <Text>What you are about to do carries weight, so please confirm that it is you.</Text>
          <PasswordField
            label="Password"
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            error={wrong ? error.problem.detail : null}
            data-autofocus
          />
          {wrong ? null : <ProblemAlert error={error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={() => leave(props.onCancel)}>
              Cancel
            </Button>
            <Button type="submit" loading={busy} disabled={password === ""}>
              Confirm
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
