"use client";

import { Menu, Text, UnstyledButton, VisuallyHidden } from "@mantine/core";
import { IconCheck, IconPlus, IconSelector } from "@tabler/icons-react";
import classes from "@/components/frame/frame.module.css";
import { Link } from "@/components/kit/link";
import type { MeDto } from "@/lib/contracts/session";

/** The button at the top of the rail that names the engagement and opens the others. */
export function EngagementSwitcher(props: {
  readonly me: MeDto;
  readonly current: MeDto["engagements"][number] | null;
  readonly onNavigate?: () => void;
}) {
  const { me, current, onNavigate } = props;
  return (
    <Menu width="target" position="bottom-start" shadow="md">
      <Menu.Target>
        <UnstyledButton className={classes.switcher}>
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
      </Menu.Target>
      <Menu.Dropdown>
        {me.engagements.map((one) => (
          <Menu.Item
            key={one.id}
            component={Link}
            href={`/engagements/${one.id}`}
            onClick={onNavigate}
            rightSection={one.id === current?.id ? <IconCheck size={16} aria-label="current" /> : null}
          >
            {one.name}
          </Menu.Item>
        ))}
        {me.engagements.length > 0 ? <Menu.Divider /> : null}
        <Menu.Item component={Link} href="/engagements" onClick={onNavigate}>
          All engagements
        </Menu.Item>
        {me.organisation.kind === "entity" ? (
          <Menu.Item
            component={Link}
            href="/engagements/new"
            onClick={onNavigate}
            leftSection={<IconPlus size={16} aria-hidden="true" />}
          >
            New engagement
          </Menu.Item>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  );
}
