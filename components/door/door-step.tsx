import { Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "@/components/door/door.module.css";

/** One step before the door opens: title, a sentence, and a card. */
export function DoorStep(props: {
  readonly title: string;
  readonly lead: ReactNode;
  readonly children?: ReactNode;
  /** Below the card. */
  readonly after?: ReactNode;
}) {
  return (
    <>
      <Title order={1} tabIndex={-1} data-step-title>
        {props.title}
      </Title>
      <Text c="dimmed" mt={4} mb="md">
        {props.lead}
      </Text>
      {props.children ? <div className={classes.card}>{props.children}</div> : null}
      {props.after}
    </>
  );
}
