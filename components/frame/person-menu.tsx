"use client";

import { Menu, Text } from "@mantine/core";
import { IconBuilding, IconLogout, IconUser } from "@tabler/icons-react";
import { PersonFace } from "@/components/frame/person-face";
import { useOpenAtOnce } from "@/components/frame/use-open-at-once";
import { Link } from "@/components/kit/link";
import { useAction } from "@/components/kit/use-action";
import { signOut } from "@/lib/client/sign-in";
import type { MeDto } from "@/lib/contracts/session";

/** The signed-in person, with the way to the account and out; it is open when it comes. */
export function PersonMenu({ me }: { readonly me: MeDto }) {
  const menu = useOpenAtOnce();
  const leaving = useAction({ notify: true });
  const leave = () =>
    leaving.run(async () => {
      await signOut();
      // A full load, so that nothing of the person stays in memory.
      window.location.assign("/sign-in");
    });
  return (
    <Menu opened={menu.opened} onChange={menu.onChange} width={250} position="bottom-end" shadow="md">
      <Menu.Target>
        <PersonFace me={me} ref={menu.button} />
      </Menu.Target>
      <Menu.Dropdown>
        <div style={{ padding: "0.5rem 0.75rem" }}>
          <Text fw={600} size="sm">
            {me.name}
          </Text>
          <Text size="xs" c="dimmed" style={{ overflowWrap: "anywhere" }}>
            {me.email}
          </Text>
          <Text size="xs" c="dimmed">
            {me.organisation.name}
            {me.organisationRole === "admin" ? " · admin" : ""}
          </Text>
        </div>
        <Menu.Divider />
        <Menu.Item component={Link} href="/account" leftSection={<IconUser size={16} aria-hidden="true" />}>
          Account
        </Menu.Item>
        <Menu.Item component={Link} href="/organisation" leftSection={<IconBuilding size={16} aria-hidden="true" />}>
          Organisation
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={leave} disabled={leaving.busy} leftSection={<IconLogout size={16} aria-hidden="true" />}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
