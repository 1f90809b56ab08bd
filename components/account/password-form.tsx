"use client";

import { Button, Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { NewPasswordField } from "@/components/kit/new-password-field";
import { PasswordField } from "@/components/kit/password-field";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { useRefresh } from "@/components/kit/refresh";
import { useApiForm } from "@/components/kit/use-api-form";
import { api } from "@/lib/client/api";
import { changePasswordInput } from "@/lib/contracts/session";

const EMPTY = { currentPassword: "", newPassword: "" };

/** Changes one's own password, which also ends one's other sessions and API tokens. */
export function PasswordForm({ email, minLength }: { readonly email: string; readonly minLength: number }) {
  const refresh = useRefresh();
  const { form, onSubmit, busy, error, errorOf } = useApiForm(changePasswordInput, EMPTY, async (value) => {
    await api.post("/session/password", value, { retries: 0 });
    form.reset(EMPTY);
    // The lists of sessions and tokens on this page are others now.
    refresh();
    notifications.show({
      color: "green",
      title: "Password changed",
      message: "Your other sessions have ended, and your API tokens are revoked.",
    });
  });
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack gap="sm" maw={420}>
        <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
        <PasswordField
          label="Current password"
          autoComplete="current-password"
          required
          {...form.register("currentPassword")}
          error={errorOf("currentPassword")}
        />
        <NewPasswordField
          label="New password"
          minLength={minLength}
          {...form.register("newPassword")}
          error={errorOf("newPassword")}
        />
        <Text size="sm" c="dimmed">
          Your other sessions end, and your API tokens are revoked: programs need new ones.
        </Text>
        <ProblemAlert error={error} />
        <div>
          <Button type="submit" loading={busy}>
            Change the password
          </Button>
        </div>
      </Stack>
    </form>
  );
}
