"use client";

import { Button, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import { DoorStep } from "@/components/door/door-step";
import { PasswordField } from "@/components/kit/password-field";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { useApiForm } from "@/components/kit/use-api-form";
import { api } from "@/lib/client/api";
import { SIGNING_IN } from "@/lib/client/sign-in";
import { changePasswordInput } from "@/lib/contracts/session";
import type { SessionStage } from "@/lib/domain/security/session-life";

/** The last step where an admin reset the password: a new one is chosen. `password` is the one that was just typed, if any. */
export function ChangePasswordStep(props: {
  readonly password: string;
  readonly onStage: (stage: SessionStage) => void;
  readonly after: ReactNode;
}) {
  const defaults = { currentPassword: props.password, newPassword: "" };
  const { form, onSubmit, busy, error, errorOf } = useApiForm(changePasswordInput, defaults, async (value) => {
    const { stage } = await api.post<{ stage: SessionStage }>("/session/password", value, SIGNING_IN);
    props.onStage(stage);
  });
  return (
    <DoorStep
      title="Choose a new password"
      lead="The present one was set by somebody else. From here on only you know it."
      after={props.after}
    >
      <form onSubmit={onSubmit} noValidate>
        <Stack gap="sm">
          <PasswordField
            label="Present password"
            autoComplete="current-password"
            required
            withAsterisk={false}
            {...form.register("currentPassword")}
            error={errorOf("currentPassword")}
          />
          <PasswordField
            label="New password"
            description="At least 12 characters. A few unrelated words are good."
            autoComplete="new-password"
            required
            withAsterisk={false}
            {...form.register("newPassword")}
            error={errorOf("newPassword")}
          />
          <ProblemAlert error={error} />
          <Button type="submit" loading={busy} mt={4}>
            Change it and go on
          </Button>
        </Stack>
      </form>
    </DoorStep>
  );
}
