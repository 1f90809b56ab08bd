"use client";

import { Alert, Anchor, Button, Divider, Skeleton, Stack } from "@mantine/core";
import { IconFingerprint } from "@tabler/icons-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { CodeForm } from "@/components/door/code-form";
import { DoorStep } from "@/components/door/door-step";
import type { Entrant } from "@/components/door/entrant";
import { useOwnFactors } from "@/components/factors/use-own-factors";
import { usePasskeysWork } from "@/components/factors/use-passkeys-work";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { useAction } from "@/components/kit/use-action";
import { api } from "@/lib/client/api";
import { showPasskey } from "@/lib/client/passkey";
import { SIGNING_IN } from "@/lib/client/sign-in";
import type { FactorsDto } from "@/lib/contracts/factors";
import type { SessionStage } from "@/lib/domain/security/session-life";

interface FactorStepProps {
  readonly entrant: Entrant;
  readonly demo: boolean;
  readonly onStage: (stage: SessionStage) => void;
  readonly after: ReactNode;
}

/** The second step: a passkey, a code of the app, or a recovery code. */
export function FactorStep(props: FactorStepProps) {
  const { factors, error, reload } = useOwnFactors(SIGNING_IN);
  const [recovering, setRecovering] = useState(false);
  if (!factors) {
    return (
      <DoorStep {...USUAL_WORDS} after={props.after}>
        {error ? <NotLoaded error={error} onRetry={reload} /> : <Skeleton height={120} />}
      </DoorStep>
    );
  }
  return (
    <DoorStep {...(recovering ? RECOVERY_WORDS : USUAL_WORDS)} after={props.after}>
      {recovering ? <CodeForm kind="recovery_code" {...props} /> : <UsualWays factors={factors} {...props} />}
      <Anchor component="button" type="button" size="sm" mt="md" onClick={() => setRecovering(!recovering)}>
        {recovering ? "Go back to the usual way" : "Use a recovery code instead"}
      </Anchor>
    </DoorStep>
  );
}

const USUAL_WORDS = {
  title: "Second factor",
  lead: "That is right. Now show something that only you have.",
};
const RECOVERY_WORDS = {
  title: "Use a recovery code",
  lead: "One of the ten codes that you kept when you set your second factor up. Each works once.",
};

function NotLoaded({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }) {
  return (
    <Stack gap="sm">
      <ProblemAlert error={error} />
      <Button variant="default" onClick={onRetry}>
        Try again
      </Button>
    </Stack>
  );
}

function UsualWays({ factors, ...props }: FactorStepProps & { readonly factors: FactorsDto }) {
  const hasPasskey = factors.passkeyCount > 0;
  const place = useRef<HTMLDivElement>(null);
  // They come a moment after the step itself, which has the focus until then.
  useEffect(() => place.current?.querySelector<HTMLElement>("input, button")?.focus(), []);
  return (
    <Stack gap="sm" ref={place}>
      {hasPasskey ? <PasskeyWay onStage={props.onStage} /> : null}
      {hasPasskey && factors.totp ? <Divider label="or" labelPosition="center" /> : null}
      {factors.totp ? <CodeForm kind="totp" {...props} /> : null}
    </Stack>
  );
}

function PasskeyWay({ onStage }: { readonly onStage: (stage: SessionStage) => void }) {
  const { run, busy, error } = useAction();
  const passkeys = usePasskeysWork();
  if (!passkeys) {
    return <Alert color="gray">This browser cannot work with your passkey. Use another way, or another browser.</Alert>;
  }
  const use = async () => {
    const reply = await run(async () => {
      const passkey = await showPasskey("/session/factor/passkey/options", SIGNING_IN);
      return api.post<{ stage: SessionStage }>("/session/factor/passkey", { passkey }, SIGNING_IN);
    });
    if (reply) onStage(reply.stage);
  };
  return (
    <>
      <ProblemAlert error={error} />
      <Button loading={busy} onClick={use} leftSection={<IconFingerprint size={18} aria-hidden="true" />}>
        Use your passkey
      </Button>
    </>
  );
}
