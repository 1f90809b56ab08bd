"use client";

import { Button, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { LinkButton } from "@/components/kit/link-button";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { useApiForm } from "@/components/kit/use-api-form";
import { api } from "@/lib/client/api";
import { askPasswordResetInput, type PasswordResetAskedDto } from "@/lib/contracts/session";

/** Asks for a link to choose a new password. What is answered tells nothing about any account. */
export function ForgotPasswordForm() {
  const [asked, setAsked] = useState<PasswordResetAskedDto | null>(null);
  const { form, onSubmit, busy, error, errorOf } = useApiForm(askPasswordResetInput, { email: "" }, async (value) => {
    setAsked(await api.post<PasswordResetAskedDto>("/password-reset", value, { retries: 0 }));
  });
  if (asked) {
    return (
      <Stack gap="md" role="status">
        <Text>
          {asked.byMail
            ? "If there is an account with this address, a mail with a link is on its way to it. The link works once, within 30 minutes. If none comes, look among the unwanted mails, then ask an administrator of your organisation."
            : "This service sends no mails. An administrator of your organisation can make you a link for a new password; ask them."}
        </Text>
        <LinkButton href="/sign-in" variant="default">
          Back to sign-in
        </LinkButton>
      </Stack>
    );
  }
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack gap="sm">
        <TextInput
          label="E-mail address"
          type="email"
          autoComplete="username"
          required
          withAsterisk={false}
          {...form.register("email")}
          error={errorOf("email")}
        />
        <ProblemAlert error={error} />
        <Button type="submit" loading={busy} fullWidth mt={4}>
          Ask for a link
        </Button>
        <LinkButton href="/sign-in" variant="subtle">
          Back to sign-in
        </LinkButton>
      </Stack>
    </form>
  );
}
