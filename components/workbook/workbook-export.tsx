"use client";

import { Button, Menu } from "@mantine/core";
import { IconChevronDown, IconFileTypePdf } from "@tabler/icons-react";
import { useAction } from "@/components/kit/use-action";
import { apiPath } from "@/lib/client/api";
import { download } from "@/lib/client/download";
import { withQuery } from "@/lib/client/query";

/** The whole workbook as PDF, on either paper. The button shows that it is being made. */
export function WorkbookExport({ engagementId }: { readonly engagementId: string }) {
  const { run, busy } = useAction({ notify: true });
  const take = (paper: "A4" | "Letter") =>
    run(() => download(withQuery(apiPath("engagements", engagementId, "pdf"), { paper }), "workbook.pdf"));
  return (
    <Menu position="bottom-end" shadow="md">
      <Menu.Target>
        <Button variant="default" loading={busy} rightSection={<IconChevronDown size={15} aria-hidden="true" />}>
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {(["A4", "Letter"] as const).map((paper) => (
          <Menu.Item
            key={paper}
            onClick={() => take(paper)}
            leftSection={<IconFileTypePdf size={16} aria-hidden="true" />}
          >
            Workbook as PDF, {paper}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
