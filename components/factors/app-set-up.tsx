"use client";

import { Button, Code, CopyButton, Group, List, Stack, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { CodeField, codeComplaint } from "@/components/factors/code-field";
import { QrCode } from "@/components/factors/qr-code";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { useAction } from "@/components/kit/use-action";
import { api } from "@/lib/client/api";
import { fieldErrors } from "@/lib/client/field-errors";
import type { SendOptions } from "@/lib/client/send";
import type { FactorAddedDto, TotpStartDto } from "@/lib/contracts/factors";

/** Takes an authenticator app in: a QR code or a key to type, then the first code. */
export function AppSetUp(props: {
  readonly start: TotpStartDto;
  readonly options: SendOptions;
  readonly onAdded: (added: FactorAddedDto) => void;
  /** Stands beside the button. */
  readonly aside?: ReactNode;
}) {
  const { start, options, onAdded } = props;
  const [code, setCode] = useState("");
  const [complaint, setComplaint] = useState<string | null>(null);
  const { run, busy, error } = useAction();
  const wrong = fieldErrors(error).find(({ path }) => path === "code")?.message;
  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    const bad = codeComplaint(code);
    setComplaint(bad);
    if (bad) return;
    const added = await run(() =>
      api.post<FactorAddedDto>("/me/factors/app/confirm", { code }, { ...options, retries: 0 }),
    );
    if (added) onAdded(added);
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <List type="ordered" spacing="sm" size="md">
          <List.Item>
            Open the authenticator app on your phone and scan this code.
            <Group mt="xs" gap="md" align="flex-start">
              <QrCode text={start.address} label="QR code for the authenticator app" size={184} />
            </Group>
            <Text mt="sm">Where it cannot scan, type this key into it:</Text>
            <Group gap="xs" mt={4} wrap="nowrap" align="flex-start">
              <Code fz="sm" style={{ overflowWrap: "anywhere" }} data-secret>
                {start.secret}
              </Code>
              <CopyButton value={start.secret.replaceAll(" ", "")} timeout={2500}>
                {({ copied, copy }) => (
                  <Button size="compact-xs" variant="default" onClick={copy} flex="none">
                    {copied ? "Copied" : "Copy"}
                  </Button>
                )}
              </CopyButton>
            </Group>
          </List.Item>
          <List.Item>Enter the code that it shows now.</List.Item>
        </List>
        <CodeField
          label="Code of the app"
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
          error={complaint ?? wrong}
        />
        {wrong ? null : <ProblemAlert error={error} />}
        <Group gap="xs" justify="space-between">
          <Button type="submit" loading={busy}>
            Confirm the app
          </Button>
          {props.aside}
        </Group>
        <Text size="sm" c="dimmed">
          Any app for time-based codes will do; it works without a connection.
        </Text>
      </Stack>
    </form>
  );
}
