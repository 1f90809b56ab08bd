"use client";

import { Button, Stack, TextInput } from "@mantine/core";
import { enterAs } from "@/components/door/enter";
import { NewPasswordField } from "@/components/kit/new-password-field";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { useApiForm } from "@/components/kit/use-api-form";
import { api } from "@/lib/client/api";
import { goToProvider } from "@/lib/client/single-sign-on";
import { acceptInvitationInput } from "@/lib/contracts/session";

/** Takes an invitation: the name as it will be seen and, where none signs in at an identity provider, a password. */
export function JoinForm(props: {
  readonly token: string;
  readonly name: string;
  readonly email: string;
  readonly ssoConnectionId: string | null;
  readonly passwordMinLength: number;
}) {
  const { ssoConnectionId } = props;
  const defaults = { token: props.token, name: props.name, ...(ssoConnectionId ? {} : { password: "" }) };
  const { form, onSubmit, busy, error, errorOf } = useApiForm(acceptInvitationInput, defaults, async (value) => {
    await api.post("/invitations/accept", value);
    if (ssoConnectionId) await goToProvider(ssoConnectionId, "sign_in");
    else await enterAs(props.email, value.password ?? "");
  });
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack gap="sm">
        <TextInput label="E-mail address" type="email" autoComplete="username" value={props.email} readOnly />
        <TextInput label="Your name" autoComplete="name" required {...form.register("name")} error={errorOf("name")} />
        {ssoConnectionId ? null : (
          <NewPasswordField
            label="Choose a password"
            minLength={props.passwordMinLength}
            {...form.register("password")}
            error={errorOf("password")}
          />
        )}
        <ProblemAlert error={error} />
        <Button type="submit" loading={busy} mt={4}>
          {ssoConnectionId ? "Join, and go to single sign-on" : "Join"}
        </Button>
      </Stack>
    </form>
  );
}
