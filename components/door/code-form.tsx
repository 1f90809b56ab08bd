"use client";

import { Button, Stack, Text, TextInput } from "@mantine/core";
import { useEffect, useState } from "react";
import type { Entrant } from "@/components/door/entrant";
import { useDemoCode } from "@/components/door/use-demo";
import { CodeField, codeComplaint } from "@/components/factors/code-field";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { useAction } from "@/components/kit/use-action";
import { api } from "@/lib/client/api";
import { SIGNING_IN } from "@/lib/client/sign-in";
import type { SessionStage } from "@/lib/domain/security/session-life";

/** A code as the second factor: of the app, or one of the recovery codes. */
export function CodeForm(props: {
  readonly kind: "totp" | "recovery_code";
  readonly entrant: Entrant;
  readonly demo: boolean;
  readonly onStage: (stage: SessionStage) => void;
}) {
  const { kind } = props;
  const app = kind === "totp";
  const [code, setCode] = useState("");
  const [complaint, setComplaint] = useState<string | null>(null);
  const { run, busy, error } = useAction();
  const demo = useDemoCode(props.demo && app ? props.entrant : null);
  // Of the demo's people everybody may know the code, so it is filled in.
  useEffect(() => {
    if (demo.code !== null) setCode(demo.code);
  }, [demo.code]);
  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    const bad = app ? codeComplaint(code) : recoveryComplaint(code);
    setComplaint(bad);
    if (bad) return;
    const reply = await run(() =>
      api.post<{ stage: SessionStage }>("/session/factor/code", { kind, code }, SIGNING_IN),
    );
    if (reply) props.onStage(reply.stage);
    else demo.refresh();
  };
  const field = {
    value: code,
    onChange: (event: React.ChangeEvent<HTMLInputElement>) => setCode(event.currentTarget.value),
    error: complaint,
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <ProblemAlert error={error} />
        {app ? (
          <CodeField label="Code of your authenticator app" {...field} />
        ) : (
          <TextInput
            label="Recovery code"
            placeholder="7Q2M-0ZK4-W8TB-5N1C"
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            maxLength={40}
            {...field}
          />
        )}
        {demo.words ? (
          <Text size="sm" c="dimmed" role="status">
            {demo.words}
          </Text>
        ) : null}
        <Button type="submit" loading={busy} fullWidth>
          Continue
        </Button>
      </Stack>
    </form>
  );
}

function recoveryComplaint(code: string): string | null {
  return code.replace(/[\s-]/g, "").length === 16
    ? null
    : "A recovery code has four groups of four letters and digits.";
}
