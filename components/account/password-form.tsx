"use client";

import { Button, Stack } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { NewPasswordField } from "@/components/kit/new-password-field";
import { PasswordField } from "@/components/kit/password-field";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { useRefresh } from "@/components/kit/refresh";
import { useApiForm } from "@/components/kit/use-api-form";
import { api } from "@/lib/client/api";
import { changePasswordInput } from "@/lib/contracts/session";

const EMPTY = { currentPassword: "", newPassword: "" };

/** Changes one's own password, which also ends one's other sessions. */
export function PasswordForm({ email, minLength }: { readonly email: string; readonly minLength: number }) {
  const refresh = useRefresh();
  const { form, onSubmit, busy, error, errorOf } = useApiForm(changePasswordInput, EMPTY, async (value) => {
    await api.post("/session/password", value, { retries: 0 });
    form.reset(EMPTY);
    // The list of sessions on this page is another now.
    refresh();
    notifications.show({ color: "green", title: "Password changed", message: "Your other sessions have ended." });
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
