"use client";

import { Button, Menu, Text } from "@mantine/core";
import { IconBraces, IconChevronDown, IconTableImport } from "@tabler/icons-react";
import { useState } from "react";
import { lazyPart } from "@/components/kit/lazy-part";
import type { DispositionDto } from "@/lib/contracts/disposition";

const ImportDialog = lazyPart(
  () => import("@/components/workbook/import-dialog").then((module) => module.ImportDialog),
  { what: "The import" },
);

const PlanDialog = lazyPart(() => import("@/components/workbook/plan-dialog").then((module) => module.PlanDialog), {
  what: "The import",
});

/** Brings the workbook's table back that was edited in a spreadsheet, or takes in worksheets and fixes from an OSCAL plan. */
export function WorkbookImport(props: {
  readonly engagementId: string;
  readonly onDone: (rows: readonly DispositionDto[]) => void;
}) {
  const [opened, setOpened] = useState<"table" | "plan" | null>(null);
  const close = () => setOpened(null);
  return (
    <>
      <Menu position="bottom-end" shadow="md">
        <Menu.Target>
          <Button variant="default" rightSection={<IconChevronDown size={15} aria-hidden="true" />}>
            Import
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            onClick={() => setOpened("table")}
            leftSection={<IconTableImport size={16} aria-hidden="true" />}
            maw={300}
          >
            Table (XLSX, CSV)
            <Text size="xs" c="dimmed">
              Dispositions, notes, owners and dates, edited in a spreadsheet
            </Text>
          </Menu.Item>
          <Menu.Item
            onClick={() => setOpened("plan")}
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
      {opened === "table" ? <ImportDialog {...props} onClose={close} onLeave={close} /> : null}
      {opened === "plan" ? <PlanDialog {...props} onClose={close} onLeave={close} /> : null}
    </>
  );
}
