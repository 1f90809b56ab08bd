"use client";

import { Divider, Stack, Text, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import classes from "@/components/door/door.module.css";

/** An account of the demo, which everybody may know. */
export interface DemoAccount {
  readonly email: string;
  readonly name: string;
  readonly organisation: string;
  /** What the person does, in words. */
  readonly roles: string;
  readonly password: string;
}

/** The demo's people, by company; a click fills the form. */
export function DemoAccounts(props: {
  readonly accounts: readonly DemoAccount[];
  readonly onPick: (account: DemoAccount) => void;
}) {
  const [picked, setPicked] = useState<string | null>(null);
  const organisations = [...new Set(props.accounts.map(({ organisation }) => organisation))];
  return (
    <section aria-label="Demo accounts">
      <Divider my="md" label="This is the demo: choose who you are" labelPosition="center" />
      <Stack gap="sm">
        {organisations.map((organisation) => (
          <div key={organisation}>
            <Text size="xs" c="dimmed" fw={600} px={9}>
              {organisation}
            </Text>
            {props.accounts
              .filter((account) => account.organisation === organisation)
              .map((account) => (
                <UnstyledButton
                  key={account.email}
                  className={classes.account}
                  aria-pressed={picked === account.email}
                  onClick={() => {
                    setPicked(account.email);
                    props.onPick(account);
                  }}
                >
                  <Text size="sm" fw={picked === account.email ? 600 : 400}>
                    {account.name}
                  </Text>
                  <Text size="sm" c="dimmed">
                    {account.roles}
                  </Text>
                </UnstyledButton>
              ))}
          </div>
        ))}
      </Stack>
    </section>
  );
}
