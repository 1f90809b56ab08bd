"use client";

import { Menu } from "@mantine/core";
import { IconCheck, IconPlus } from "@tabler/icons-react";
import { EngagementSearch } from "@/components/frame/engagement-search";
import { SwitcherFace } from "@/components/frame/switcher-face";
import { useOpenAtOnce } from "@/components/frame/use-open-at-once";
import { Link } from "@/components/kit/link";
import type { MeDto, OwnEngagementDto } from "@/lib/contracts/session";

interface Props {
  readonly me: MeDto;
  readonly current: OwnEngagementDto | null;
  readonly onNavigate?: () => void;
}

/** The engagements to change to, below the button that names this one; it is open when it comes. */
export function EngagementSwitcher(props: Props) {
  return props.me.moreEngagements ? <EngagementSearch {...props} /> : <EngagementMenu {...props} />;
}

function EngagementMenu(props: Props) {
  const { me, current, onNavigate } = props;
  const menu = useOpenAtOnce();
  return (
    <Menu opened={menu.opened} onChange={menu.onChange} width="target" position="bottom-start" shadow="md">
      <Menu.Target>
        <SwitcherFace current={current} ref={menu.button} />
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
