"use client";

import { Menu, Text } from "@mantine/core";
import {
  IconDatabaseExport,
  IconFileExport,
  IconFileTypeDocx,
  IconFileTypePdf,
  IconFileZip,
  IconTable,
} from "@tabler/icons-react";
import { useOpenAtOnce } from "@/components/frame/use-open-at-once";
import { MenuFace } from "@/components/kit/menu-face";
import { OscalItems } from "@/components/kit/oscal-items";
import type { ChosenKind } from "@/components/workbook/export-dialog";
import type { EngagementModel } from "@/lib/domain/oscal/vocabulary";

/** What the menu offers, and its button. */
export interface ExportChoicesProps {
  /** What the button says. */
  readonly label: string;
  readonly busy: boolean;
  readonly offersPack: boolean;
  readonly onAsk: (kind: ChosenKind) => void;
  readonly onOscal: (model: EngagementModel) => void;
  /** Takes all data out; left out where that is not for this person. */
  readonly onData: (() => void) | undefined;
  readonly onTables: () => void;
  readonly onShow: () => void;
}

/** What can be taken out of a workbook; it is open when it comes. */
export function ExportChoices(props: ExportChoicesProps) {
  const menu = useOpenAtOnce();
  return (
    <Menu opened={menu.opened} onChange={menu.onChange} position="bottom-end" shadow="md">
      <Menu.Target>
        <MenuFace ref={menu.button} loading={props.busy}>
          {props.label}
        </MenuFace>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          onClick={() => props.onAsk("workbook")}
          leftSection={<IconFileTypePdf size={16} aria-hidden="true" />}
        >
          Workbook as PDF
        </Menu.Item>
        <Menu.Item
          onClick={() => props.onAsk("document")}
          leftSection={<IconFileTypeDocx size={16} aria-hidden="true" />}
        >
          Workbook as Word document
        </Menu.Item>
        {props.offersPack ? (
          <>
            <Menu.Divider />
            <Menu.Item
              onClick={() => props.onAsk("pack")}
              leftSection={<IconFileZip size={16} aria-hidden="true" />}
              maw={300}
            >
              Proof pack
              <Text size="xs" c="dimmed">
                Every decision with its revision, evidence and proofs, for anybody to verify offline
              </Text>
            </Menu.Item>
          </>
        ) : null}
        <OscalItems onChoose={props.onOscal} />
        {props.onData ? (
          <Menu.Item onClick={props.onData} leftSection={<IconDatabaseExport size={16} aria-hidden="true" />} maw={300}>
            All data
            <Text size="xs" c="dimmed">
              Every row and file, for another service to take in
            </Text>
          </Menu.Item>
        ) : null}
        <Menu.Divider />
        <Menu.Item onClick={() => props.onTables()} leftSection={<IconTable size={16} aria-hidden="true" />}>
          Tables (XLSX, CSV)
        </Menu.Item>
        <Menu.Item onClick={() => props.onShow()} leftSection={<IconFileExport size={16} aria-hidden="true" />}>
          Your exports
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
