"use client";

import { Badge, Button, Group, Text } from "@mantine/core";
import { IconDeviceLaptop, IconDeviceMobile } from "@tabler/icons-react";
import { useState } from "react";
import classes from "@/components/account/account.module.css";
import { SignOutButton } from "@/components/account/sign-out-button";
import { browserWords } from "@/components/kit/browser-words";
import { DateText } from "@/components/kit/date-text";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { SectionCard } from "@/components/kit/section-card";
import { useAction } from "@/components/kit/use-action";
import { api } from "@/lib/client/api";
import type { LiveSessionDto } from "@/lib/contracts/factors";
import type { SignInMethod } from "@/lib/domain/security/session-life";

const METHODS: Readonly<Record<SignInMethod, string>> = {
  password: "password",
  totp: "app",
  recovery_code: "recovery code",
  passkey: "passkey",
  sso: "single sign-on",
  sso_mfa: "single sign-on",
};

/** Where one is signed in, with the ending of one or of all others. */
export function SessionsCard(props: { readonly initial: readonly LiveSessionDto[]; readonly limits: string }) {
  const [sessions, setSessions] = useState(props.initial);
  const { run, busy, error } = useAction();
  const end = (path: string) =>
    run(async () => {
      await api.delete(path);
      setSessions((await api.get<{ items: LiveSessionDto[] }>("/me/sessions")).items);
    });
  return (
    <SectionCard
      title="Where you are signed in"
      description={props.limits}
      actions={
        sessions.length > 1 ? (
          <Button variant="default" size="xs" loading={busy} onClick={() => end("/me/sessions")}>
            End all others
          </Button>
        ) : null
      }
    >
      <ProblemAlert error={error} mb="sm" />
      <ul className={classes.rows} aria-label="Sessions">
        {sessions.map((session) => (
          <Row key={session.id} session={session} busy={busy} onEnd={() => end(`/me/sessions/${session.id}`)} />
        ))}
      </ul>
    </SectionCard>
  );
}

function Row(props: { readonly session: LiveSessionDto; readonly busy: boolean; readonly onEnd: () => void }) {
  const { id, current, methods, createdAt, lastSeenAt, userAgent, address } = props.session;
  const browser = browserWords(userAgent);
  const Icon = /iPhone|Android/.test(browser) ? IconDeviceMobile : IconDeviceLaptop;
  const shown = [...new Set(methods.map((method) => METHODS[method]))].join(" and ");
  return (
    <li className={classes.row}>
      <Icon size={20} stroke={1.75} aria-hidden="true" />
      <div className={classes.words}>
        <Group gap="xs">
          <Text component="span" fw={600} id={`session-${id}`}>
            {browser}
          </Text>
          {current ? <Badge color="petrol">this one</Badge> : null}
        </Group>
        <Text size="sm" c="dimmed">
          Signed in <DateText value={createdAt} /> by {shown}, last used <DateText value={lastSeenAt} />
          {address ? <>, from {address}</> : null}
        </Text>
      </div>
      {current ? (
        <SignOutButton />
      ) : (
        <Button
          variant="default"
          size="xs"
          disabled={props.busy}
          onClick={props.onEnd}
          aria-describedby={`session-${id}`}
        >
          End
        </Button>
      )}
    </li>
  );
}
