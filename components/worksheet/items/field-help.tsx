"use client";

import { ActionIcon, Popover, Skeleton, Stack, Text, VisuallyHidden } from "@mantine/core";
import { IconHelpCircle } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { lazyPart } from "@/components/kit/lazy-part";
import type { HelpTopic } from "@/components/worksheet/items/help-topic";
import classes from "@/components/worksheet/items/items.module.css";

/** The words of all guidance come with the first look at any. */
const TopicGuidance = lazyPart(
  () => import("@/components/worksheet/items/topic-guidance").then((module) => module.TopicGuidance),
  { what: "The help", place: "here", loading: () => <Skeleton height={180} aria-label="Loading the help" /> },
);

/** A field with the way to its guidance beside its label. */
export function Guided(props: {
  readonly topic: HelpTopic | undefined;
  readonly label: string;
  readonly children: ReactNode;
}) {
  const { topic, label, children } = props;
  if (topic === undefined) return children;
  return (
    <div className={classes.guided}>
      {children}
      <TopicHelp topic={topic} label={label} />
    </div>
  );
}

function TopicHelp({ label, topic }: { readonly label: string; readonly topic: HelpTopic }) {
  const [opened, setOpened] = useState(false);
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      width={360}
      position="bottom-end"
      shadow="md"
      withinPortal
      middlewares={{ flip: true, shift: true }}
    >
      <Popover.Target>
        <ActionIcon
          className={classes.help}
          size={24}
          color="gray"
          onPointerEnter={TopicGuidance.fetch}
          onFocus={TopicGuidance.fetch}
          onClick={() => setOpened((before) => !before)}
          onKeyDown={(event) => event.key === "Escape" && setOpened(false)}
        >
          <IconHelpCircle size={16} stroke={1.75} aria-hidden />
          {/* Written, and no label: what looks for a field by its label finds the field alone. */}
          <VisuallyHidden>Help with “{label}”</VisuallyHidden>
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={`Help with “${label}”`} maw="calc(100vw - 2rem)">
        <Stack gap="xs">
          <Text size="sm" fw={600}>
            {label}
          </Text>
          <TopicGuidance topic={topic} />
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
