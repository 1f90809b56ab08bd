"use client";

import { Text, UnstyledButton, VisuallyHidden } from "@mantine/core";
import { IconSelector } from "@tabler/icons-react";
import type { ComponentProps } from "react";
import classes from "@/components/frame/frame.module.css";
import type { OwnEngagementDto } from "@/lib/contracts/session";

/** What one presses to change to another engagement. */
export function SwitcherFace({
  current,
  search = false,
  ...rest
}: {
  readonly current: OwnEngagementDto | null;
  /** Whether it opens a search, and no menu. */
  readonly search?: boolean;
} & ComponentProps<"button">) {
  return (
    <UnstyledButton {...rest} aria-haspopup={search ? "dialog" : "menu"} className={classes.switcher}>
      <span style={{ flex: 1, minWidth: 0 }}>
        <Text size="xs" c="dimmed" lh={1.2}>
          Engagement
        </Text>
        <Text size="sm" fw={600} truncate lh={1.35}>
          {current?.name ?? "Choose one"}
        </Text>
      </span>
      <VisuallyHidden>. Switch to another</VisuallyHidden>
      <IconSelector size={16} aria-hidden="true" />
    </UnstyledButton>
  );
}
