"use client";

import { Text, UnstyledButton, VisuallyHidden } from "@mantine/core";
import { IconSelector } from "@tabler/icons-react";
import { type ComponentProps, lazy, Suspense, useState } from "react";
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

const EngagementSwitcher = lazy(async () => ({
  default: (await import("@/components/frame/engagement-switcher")).EngagementSwitcher,
}));

/** The button at the top of the rail that names the engagement; the others come when it is pressed for the first time. */
export function SwitcherButton(props: {
  readonly me: MeDto;
  readonly current: Engagement | null;
  readonly onNavigate?: () => void;
}) {
  const [pressed, setPressed] = useState(false);
  if (!pressed) return <SwitcherFace current={props.current} onClick={() => setPressed(true)} />;
  return (
    <Suspense fallback={<SwitcherFace current={props.current} />}>
      <EngagementSwitcher {...props} />
    </Suspense>
  );
}
