"use client";

import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { PasswordField } from "@/components/kit/password-field";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { useAction } from "@/components/kit/use-action";
import { ApiProblem } from "@/lib/client/errors";
import { signIn } from "@/lib/client/sign-in";

/** Signs the same person in again over the open page; nothing that was typed goes away meanwhile. */
export function SignInAgain(props: {
  readonly opened: boolean;
  readonly email: string;
  readonly onClose: () => void;
  readonly onSignedIn: () => void;
}) {
  const [password, setPassword] = useState("");
  const [tried, setTried] = useState(false);
  const { run, busy, error, clear } = useAction();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    // An attempt that cannot succeed would only count towards the lockout.
    if (password === "") return;
    const done = await run(async () => {
      const result = await signIn(props.email, password);
      if (!result.ok) throw new ApiProblem(result.problem);
      return true;
    });
    if (!done) return;
    setPassword("");
    setTried(false);
    clear();
    props.onSignedIn();
  };
  return (
    <Modal opened={props.opened} onClose={props.onClose} title="Sign in again" closeOnClickOutside={false}>
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          <Text>Your sign-in has ended. What you typed is kept, and is saved as soon as you are signed in.</Text>
          <TextInput label="E-mail" value={props.email} readOnly autoComplete="username" />
          <PasswordField
            label="Password"
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            error={tried && password === "" ? "Enter your password." : null}
            autoComplete="current-password"
            data-autofocus
          />
          <ProblemAlert error={error} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={props.onClose}>
              Later
            </Button>
            <Button type="submit" loading={busy}>
              Sign in
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
