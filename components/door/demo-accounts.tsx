"use client";

import { Divider, Stack, Text, UnstyledButton } from "@mantine/core";
import classes from "@/components/door/door.module.css";
import { isOpen, useDemoSignIns } from "@/components/door/use-demo";
import type { DemoSignInDto, DemoSignInsDto } from "@/lib/contracts/factors";

/** The demo's people, by company, with the codes that their apps show; a click uses the account. */
export function DemoAccounts(props: {
  readonly first: DemoSignInsDto;
  readonly busy: boolean;
  readonly onPick: (account: DemoSignInDto) => void;
}) {
  const { demo } = useDemoSignIns(props.first);
  if (!demo) return null;
  const organisations = [...new Set(demo.items.map(({ organisation }) => organisation))];
  const password = demo.items[0]?.password;
  return (
    <section aria-label="Demo accounts">
      <Divider mt="lg" mb="xs" label="This is the demo: choose who you are" labelPosition="center" />
      <Text size="sm" c="dimmed" mb="sm" px={9}>
        Everybody’s password is <code>{password}</code>. The number is what their authenticator app shows now.
      </Text>
      <Stack gap="sm">
        {organisations.map((organisation) => (
          <div key={organisation}>
            <Text size="xs" c="dimmed" fw={600} px={9}>
              {organisation}
            </Text>
            {demo.items
              .filter((account) => account.organisation === organisation)
              .map((account) => (
                <UnstyledButton
                  key={account.email}
                  className={classes.account}
                  disabled={props.busy}
                  onClick={() => props.onPick(account)}
                >
                  <Text size="sm" component="span">
                    {account.name}
                  </Text>
                  <Text size="sm" c="dimmed" component="span" flex={1}>
                    {account.roles}
                  </Text>
                  <Text size="sm" c="dimmed" component="span" className="tabular">
                    {codeWords(account, Date.parse(demo.now))}
                  </Text>
                </UnstyledButton>
              ))}
          </div>
        ))}
      </Stack>
    </section>
  );
}

function codeWords({ code }: DemoSignInDto, now: number): string {
  if (!code) return "no app";
  return isOpen(code, now) ? `${code.code.slice(0, 3)} ${code.code.slice(3)}` : "soon";
}
