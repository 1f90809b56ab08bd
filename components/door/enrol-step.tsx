"use client";

import { Button, Stack, Text, UnstyledButton } from "@mantine/core";
import { IconDeviceMobile, IconFingerprint } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import classes from "@/components/door/door.module.css";
import { DoorStep } from "@/components/door/door-step";
import { AppSetUp } from "@/components/factors/app-set-up";
import { PasskeySetUp } from "@/components/factors/passkey-set-up";
import { usePasskeysWork } from "@/components/factors/use-passkeys-work";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { useAction } from "@/components/kit/use-action";
import { api } from "@/lib/client/api";
import { SIGNING_IN } from "@/lib/client/sign-in";
import type { FactorAddedDto, TotpStartDto } from "@/lib/contracts/factors";

type Chosen = { readonly kind: "passkey" } | { readonly kind: "app"; readonly start: TotpStartDto };

/** The first sign-in: a passkey or an authenticator app is set up. */
export function EnrolStep(props: { readonly onAdded: (added: FactorAddedDto) => void; readonly after: ReactNode }) {
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const passkeys = usePasskeysWork();
  const { run, busy, error } = useAction();
  const chooseApp = () =>
    run(async () => {
      setChosen({ kind: "app", start: await api.post<TotpStartDto>("/me/factors/app", {}, SIGNING_IN) });
    });
  const back = (
    <Button variant="subtle" color="gray" onClick={() => setChosen(null)}>
      Choose another way
    </Button>
  );
  const parts = { options: SIGNING_IN, onAdded: props.onAdded, aside: back };
  const title = chosen === null ? "Add a second factor" : chosen.kind === "app" ? "Set up the app" : "Make a passkey";
  return (
    <DoorStep
      title={title}
      lead="A password alone can be guessed or stolen, so everybody here shows something more. You set it up once."
      after={props.after}
    >
      {chosen === null ? (
        <Stack gap="sm">
          <Choice
            icon={<IconFingerprint size={24} aria-hidden="true" />}
            title="Passkey"
            disabled={!passkeys}
            onChoose={() => setChosen({ kind: "passkey" })}
          >
            {passkeys
              ? "The quickest and safest way: fingerprint, face, PIN or a security key. No code to type, and later no password either."
              : "This browser cannot work with passkeys."}
          </Choice>
          <Choice
            icon={<IconDeviceMobile size={24} aria-hidden="true" />}
            title="Authenticator app"
            disabled={busy}
            onChoose={chooseApp}
          >
            An app on your phone shows a code of six digits, which you type after your password.
          </Choice>
          <ProblemAlert error={error} />
        </Stack>
      ) : chosen.kind === "app" ? (
        <AppSetUp start={chosen.start} {...parts} />
      ) : (
        <PasskeySetUp {...parts} />
      )}
    </DoorStep>
  );
}

function Choice(props: {
  readonly icon: ReactNode;
  readonly title: string;
  readonly disabled: boolean;
  readonly onChoose: () => void;
  readonly children: ReactNode;
}) {
  return (
    <UnstyledButton className={classes.choice} disabled={props.disabled} onClick={props.onChoose}>
      {props.icon}
      <span>
        <Text component="span" fw={600} display="block">
          {props.title}
        </Text>
        <Text component="span" size="sm" c="dimmed" display="block">
          {props.children}
        </Text>
      </span>
    </UnstyledButton>
  );
}
