"use client";

import { Button, Menu, Text } from "@mantine/core";
import { IconChevronDown, IconFileTypePdf, IconFileZip } from "@tabler/icons-react";
import { useAction } from "@/components/kit/use-action";
import { apiPath } from "@/lib/client/api";
import { download } from "@/lib/client/download";
import { withQuery } from "@/lib/client/query";

/** The whole workbook as PDF, on either paper, and the proof pack. The button shows that it is being made. */
export function WorkbookExport({ engagementId }: { readonly engagementId: string }) {
  const { run, busy } = useAction({ notify: true });
  const take = (paper: "A4" | "Letter") =>
    run(() => download(withQuery(apiPath("engagements", engagementId, "pdf"), { paper }), "workbook.pdf"));
  const takePack = () => run(() => download(apiPath("engagements", engagementId, "pack"), "pack.zip"));
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
        <Menu.Divider />
        <Menu.Item onClick={takePack} leftSection={<IconFileZip size={16} aria-hidden="true" />} maw={300}>
          Proof pack
          <Text size="xs" c="dimmed">
            Every decision with its revision, evidence and proofs, for anybody to verify offline
          </Text>
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
