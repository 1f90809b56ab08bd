import { Group, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "@/components/door/door.module.css";
import { Mark } from "@/components/frame/mark";
import { SchemeSwitch } from "@/components/frame/scheme-switch";

/** The room of pages that come before a sign-in: name, one sentence, and a card. */
export function Door(props: {
  readonly title: string;
  readonly lead: ReactNode;
  readonly children: ReactNode;
  readonly after?: ReactNode;
  readonly wide?: boolean;
}) {
  return (
    <main className={classes.door}>
      <div className={props.wide ? `${classes.inner} ${classes.wide}` : classes.inner}>
        <Group justify="space-between" mb="lg">
          <Group gap="xs">
            <Mark size={28} />
            <Text fw={600} size="xl">
              Countervail
            </Text>
          </Group>
          <SchemeSwitch />
        </Group>
        <Title order={1}>{props.title}</Title>
        <Text c="dimmed" mt={4} mb="md">
          {props.lead}
        </Text>
        <div className={classes.card}>{props.children}</div>
        {props.after}
      </div>
    </main>
  );
}
