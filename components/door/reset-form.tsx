"use client";

import { Button, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { LinkButton } from "@/components/kit/link-button";
import { NewPasswordField } from "@/components/kit/new-password-field";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { useApiForm } from "@/components/kit/use-api-form";
import { api } from "@/lib/client/api";
import { acceptPasswordResetInput } from "@/lib/contracts/session";

/** Chooses a new password by a link. It signs nobody in: the way on is the sign-in with its second factor. */
export function ResetForm(props: { readonly token: string; readonly email: string; readonly minLength: number }) {
  const [done, setDone] = useState(false);
  const defaults = { token: props.token, password: "" };
  const { form, onSubmit, busy, error, errorOf } = useApiForm(acceptPasswordResetInput, defaults, async (value) => {
    await api.post("/password-reset/accept", value, { retries: 0 });
    setDone(true);
  });
  if (done) {
    return (
      <Stack gap="md" role="status">
        <Text>The new password is set, and all sessions have ended.</Text>
        <LinkButton href="/sign-in">Sign in</LinkButton>
      </Stack>
    );
  }
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack gap="sm">
        <TextInput label="E-mail address" type="email" autoComplete="username" value={props.email} readOnly />
        <NewPasswordField
          label="New password"
          minLength={props.minLength}
          {...form.register("password")}
          error={errorOf("password")}
        />
        <ProblemAlert error={error} />
        <Button type="submit" loading={busy} mt={4}>
          Set the password
        </Button>
      </Stack>
    </form>
  );
}
