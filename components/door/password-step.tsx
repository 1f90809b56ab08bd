"use client";

import { Button, Divider, Stack, TextInput } from "@mantine/core";
import { IconFingerprint } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { DemoAccounts } from "@/components/door/demo-accounts";
import { DoorStep } from "@/components/door/door-step";
import type { Entrant } from "@/components/door/entrant";
import { SsoButton, SsoWindowButton } from "@/components/door/sso-buttons";
import type { SsoWay } from "@/components/door/sso-way";
import { PasswordField } from "@/components/kit/password-field";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { useAction } from "@/components/kit/use-action";
import { api } from "@/lib/client/api";
import { showPasskey } from "@/lib/client/passkey";
import { SIGNING_IN, signIn } from "@/lib/client/sign-in";
import type { DemoSignInDto, DemoSignInsDto } from "@/lib/contracts/factors";
import type { SessionStage } from "@/lib/domain/security/session-life";

/** The first step: e-mail address and password, or a passkey alone. */
export function PasswordStep(props: {
  readonly title: string;
  readonly lead: ReactNode;
  readonly entrant: Entrant;
  readonly onChange: (entrant: Entrant) => void;
  readonly demo: DemoSignInsDto | "ask" | null;
  readonly sso: SsoWay | null;
  readonly onStage: (stage: SessionStage) => void;
}) {
  const { entrant, onChange, onStage } = props;
  const [tried, setTried] = useState(false);
  const byPassword = useAction();
  const byPasskey = useAction();

  const enter = async ({ email, password }: Pick<Entrant, "email" | "password">) => {
    byPasskey.clear();
    const stage = await byPassword.run(() => signIn(email, password));
    if (stage) onStage(stage);
  };
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    setTried(true);
    // An attempt that cannot succeed would only count towards the lockout.
    if (entrant.email.trim() !== "" && entrant.password !== "") void enter(entrant);
  };
  const withPasskey = async () => {
    byPassword.clear();
    const reply = await byPasskey.run(async () => {
      const passkey = await showPasskey("/session/passkey/options", SIGNING_IN);
      return api.post<{ stage: SessionStage }>("/session/passkey", { passkey }, SIGNING_IN);
    });
    if (reply) onStage(reply.stage);
  };
  const pick = ({ email, password }: DemoSignInDto) => {
    onChange({ ...entrant, email, password });
    void enter({ email, password });
  };
  const busy = byPassword.busy || byPasskey.busy;
  if (props.sso?.kind === "window") {
    return (
      <DoorStep title={props.title} lead={props.lead}>
        <SsoWindowButton connectionId={props.sso.connectionId} />
      </DoorStep>
    );
  }
  const demo = props.demo === "ask" ? null : props.demo;
  return (
    <DoorStep
      title={props.title}
      lead={props.lead}
      after={demo ? <DemoAccounts first={demo} busy={busy} onPick={pick} /> : null}
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          <ProblemAlert error={byPassword.error ?? byPasskey.error} />
          <TextInput
            label="E-mail address"
            type="email"
            autoComplete="username webauthn"
            required
            withAsterisk={false}
            value={entrant.email}
            onChange={(event) => onChange({ ...entrant, email: event.currentTarget.value })}
            error={tried && entrant.email.trim() === "" ? "Enter your e-mail address." : null}
          />
          <PasswordField
            label="Password"
            autoComplete="current-password"
            required
            withAsterisk={false}
            value={entrant.password}
            onChange={(event) => onChange({ ...entrant, password: event.currentTarget.value })}
            error={tried && entrant.password === "" ? "Enter your password." : null}
          />
          <Button type="submit" loading={byPassword.busy} disabled={byPasskey.busy} fullWidth mt={4}>
            Sign in
          </Button>
        </Stack>
      </form>
      <Divider my="sm" label="or" labelPosition="center" />
      <Button
        variant="default"
        fullWidth
        loading={byPasskey.busy}
        disabled={byPassword.busy}
        onClick={withPasskey}
        leftSection={<IconFingerprint size={18} aria-hidden="true" />}
      >
        Sign in with a passkey
      </Button>
      {props.sso ? <SsoButton email={entrant.email} way={props.sso} disabled={busy} /> : null}
    </DoorStep>
  );
}
