"use client";

import { Text, UnstyledButton, VisuallyHidden } from "@mantine/core";
import { IconSelector } from "@tabler/icons-react";
import type { ComponentProps } from "react";
import classes from "@/components/frame/frame.module.css";
import type { MeDto } from "@/lib/contracts/session";

type Engagement = MeDto["engagements"][number];

/** What one presses to change to another engagement. */
export function SwitcherFace({ current, ...rest }: { readonly current: Engagement | null } & ComponentProps<"button">) {
  return (
    <UnstyledButton aria-haspopup="menu" {...rest} className={classes.switcher}>
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
