"use client";

import { Button, Menu } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { useAction } from "@/components/kit/use-action";
import { apiPath } from "@/lib/client/api";
import { download } from "@/lib/client/download";
import { withQuery } from "@/lib/client/query";
import { SHEET_FORMATS } from "@/lib/contracts/sheet-formats";

/** The events of an engagement as a table for spreadsheets. */
export function TrailTableExport({ engagementId }: { readonly engagementId: string }) {
  const { run, busy } = useAction({ notify: true });
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button variant="default" loading={busy} rightSection={<IconChevronDown size={14} aria-hidden="true" />}>
          Export as table
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {SHEET_FORMATS.map((format) => {
          const address = withQuery(apiPath("engagements", engagementId, "sheets", "events"), { format });
          return (
            <Menu.Item key={format} onClick={() => run(() => download(address, `events.${format}`))}>
              {format.toUpperCase()}
            </Menu.Item>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}
