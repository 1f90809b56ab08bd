"use client";

import { ActionIcon, Badge, Box, Group, Paper, Text, UnstyledButton } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconChevronRight, IconTrash } from "@tabler/icons-react";
import { type ReactNode, useId } from "react";
import classes from "@/components/worksheet/items/items.module.css";

/** The frame of an item: a line that says what it is and opens it, its place in the list, its fields. */
export function ItemCard(props: {
  readonly id: string;
  /** What people call it in the text, such as C1; empty for kinds without labels. */
  readonly label: string;
  /** What it is, in its own words, or a stand-in while it has none. */
  readonly title: string;
  readonly traits: readonly string[];
  /** The kind in words, for the names of buttons: `control`. */
  readonly kind: string;
  readonly opened: boolean;
  readonly onToggle: () => void;
  /** Absent at the ends of the list. */
  readonly onUp?: (() => void) | undefined;
  readonly onDown?: (() => void) | undefined;
  readonly onRemove: () => void;
  readonly children: ReactNode;
}) {
  const bodyId = useId();
  const name = `${props.kind} ${props.label || props.title}`;
  return (
    <Paper withBorder className={classes.card} data-item data-item-id={props.id}>
      <Group gap={4} wrap="nowrap" pr={4}>
        <UnstyledButton
          className={classes.head}
          onClick={props.onToggle}
          aria-expanded={props.opened}
          aria-controls={props.opened ? bodyId : undefined}
        >
          <IconChevronRight
            size={16}
            stroke={1.75}
            className={classes.chevron}
            data-opened={props.opened || undefined}
            aria-hidden
          />
          {props.label && (
            <Badge variant="outline" color="gray" size="md" className={classes.label}>
              {props.label}
            </Badge>
          )}
          <Text span fw={550} truncate>
            {props.title}
          </Text>
          <Text span size="sm" c="dimmed" truncate className={classes.traits}>
            {props.traits.join(" · ")}
          </Text>
        </UnstyledButton>
        <ActionIcon
          className={classes.action}
          onClick={props.onUp}
          disabled={!props.onUp}
          aria-label={`Move ${name} up`}
          size="md"
        >
          <IconArrowUp size={16} stroke={1.75} />
        </ActionIcon>
        <ActionIcon
          className={classes.action}
          onClick={props.onDown}
          disabled={!props.onDown}
          aria-label={`Move ${name} down`}
          size="md"
        >
          <IconArrowDown size={16} stroke={1.75} />
        </ActionIcon>
        <ActionIcon className={classes.action} onClick={props.onRemove} aria-label={`Remove ${name}`} size="md">
          <IconTrash size={16} stroke={1.75} />
        </ActionIcon>
      </Group>
      {props.opened && (
        <Box id={bodyId} className={classes.body}>
          {props.children}
        </Box>
      )}
    </Paper>
  );
}
