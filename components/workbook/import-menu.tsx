"use client";

import { Menu, Text } from "@mantine/core";
import { IconBraces, IconTableImport } from "@tabler/icons-react";
import { useOpenAtOnce } from "@/components/frame/use-open-at-once";
import { MenuFace } from "@/components/kit/menu-face";

/** What can be taken in; it is open when it comes. */
export function ImportMenu(props: { readonly onChoose: (what: "table" | "plan") => void }) {
  const menu = useOpenAtOnce();
  return (
    <Menu opened={menu.opened} onChange={menu.onChange} position="bottom-end" shadow="md">
      <Menu.Target>
        <MenuFace ref={menu.button}>Import</MenuFace>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          onClick={() => props.onChoose("table")}
          leftSection={<IconTableImport size={16} aria-hidden="true" />}
          maw={300}
        >
          Table (XLSX, CSV)
          <Text size="xs" c="dimmed">
            Dispositions, notes, owners and dates, edited in a spreadsheet
          </Text>
        </Menu.Item>
        <Menu.Item
          onClick={() => props.onChoose("plan")}
          leftSection={<IconBraces size={16} aria-hidden="true" />}
          maw={300}
        >
          OSCAL, POA&M
          <Text size="xs" c="dimmed">
            Texts of worksheets and planned fixes, exported here or from another engagement
          </Text>
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
