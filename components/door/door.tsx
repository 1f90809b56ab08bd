import { Group, Text } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "@/components/door/door.module.css";
import { DoorStep } from "@/components/door/door-step";
import { Mark } from "@/components/frame/mark";
import { SchemeSwitch } from "@/components/frame/scheme-switch";

/** The room of what comes before a sign-in: the product's name, and below it a step. */
export function DoorRoom({ wide, children }: { readonly wide?: boolean; readonly children: ReactNode }) {
  return (
    <div className={classes.door}>
      <div className={wide ? `${classes.inner} ${classes.wide}` : classes.inner}>
        <Group justify="space-between" mb="lg">
          <Group gap="xs">
            <Mark size={28} />
            <Text fw={600} size="xl">
              Countervail
            </Text>
          </Group>
          <SchemeSwitch />
        </Group>
        {children}
      </div>
    </div>
  );
}

/** A page that comes before a sign-in: name, one sentence, and a card. */
export function Door(props: {
  readonly title: string;
  readonly lead: ReactNode;
  readonly children?: ReactNode;
  readonly wide?: boolean;
}) {
  return (
    <main>
      <DoorRoom wide={props.wide ?? false}>
        <DoorStep title={props.title} lead={props.lead}>
          {props.children}
        </DoorStep>
      </DoorRoom>
    </main>
  );
}
