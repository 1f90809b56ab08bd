"use client";

import { Button, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import { DoorStep } from "@/components/door/door-step";
import { NewPasswordField } from "@/components/kit/new-password-field";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { useApiForm } from "@/components/kit/use-api-form";
import { api } from "@/lib/client/api";
import { SIGNING_IN } from "@/lib/client/sign-in";
import { changePasswordInput } from "@/lib/contracts/session";
import type { SessionStage } from "@/lib/domain/security/session-life";

/** The last step of whoever showed a passkey while an administrator has ended the password: a new one is chosen. */
export function ChangePasswordStep(props: {
  readonly onStage: (stage: SessionStage) => void;
  readonly after: ReactNode;
}) {
  const { form, onSubmit, busy, error, errorOf } = useApiForm(
    changePasswordInput,
    { newPassword: "" },
    async (value) => {
      const { stage } = await api.post<{ stage: SessionStage }>("/session/password", value, SIGNING_IN);
      props.onStage(stage);
    },
  );
  return (
    <DoorStep
      title="Choose a new password"
      lead="An administrator of your organisation has ended the one you had."
      after={props.after}
    >
      <form onSubmit={onSubmit} noValidate>
        <Stack gap="sm">
          <NewPasswordField
            label="New password"
            withAsterisk={false}
            {...form.register("newPassword")}
            error={errorOf("newPassword")}
          />
          <ProblemAlert error={error} />
          <Button type="submit" loading={busy} mt={4}>
            Set it and go on
          </Button>
        </Stack>
      </form>
    </DoorStep>
  );
}
