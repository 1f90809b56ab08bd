"use client";

import { Button, Menu } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconChevronDown, IconCopy, IconFileTypePdf } from "@tabler/icons-react";
import { useAction } from "@/components/kit/use-action";
import { api, apiPath } from "@/lib/client/api";
import { withQuery } from "@/lib/client/query";

/** Takes the worksheet out: as PDF on either paper, or as a table on the clipboard that a word processor takes. */
export function ExportMenu(props: {
  readonly worksheetId: string;
  /** The frozen revision to print; null prints the draft. */
  readonly revision: number | null;
}) {
  const { run, busy } = useAction({ notify: true });
  const pdf = (paper: "A4" | "Letter") =>
    withQuery(apiPath("worksheets", props.worksheetId, "pdf"), { paper, revision: props.revision });
  const copy = () =>
    run(async () => {
      await copyForRoc(props.worksheetId);
      notifications.show({
        color: "green",
        title: "Copied for the ROC",
        message: "Paste it into the report: it arrives as a table.",
      });
    });
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button variant="default" loading={busy} rightSection={<IconChevronDown size={14} aria-hidden="true" />}>
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component="a" href={pdf("A4")} leftSection={<IconFileTypePdf size={16} aria-hidden="true" />}>
          PDF, A4
        </Menu.Item>
        <Menu.Item component="a" href={pdf("Letter")} leftSection={<IconFileTypePdf size={16} aria-hidden="true" />}>
          PDF, Letter
        </Menu.Item>
        <Menu.Item onClick={copy} leftSection={<IconCopy size={16} aria-hidden="true" />}>
          Copy for the ROC
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/**
 * Puts the worksheet on the clipboard as a table. The text is handed over as promises, because browsers let a page
 * write to the clipboard only in the very moment of a click, and reading it from the server takes longer.
 */
export async function copyForRoc(worksheetId: string): Promise<void> {
  const roc = api.get<{ readonly html: string; readonly text: string }>(`/worksheets/${worksheetId}/roc`);
  const as = (type: string, pick: (reply: { readonly html: string; readonly text: string }) => string) =>
    roc.then((reply) => new Blob([pick(reply)], { type }));
  await navigator.clipboard.write([
    new ClipboardItem({
      "text/html": as("text/html", ({ html }) => html),
      "text/plain": as("text/plain", ({ text }) => text),
    }),
  ]);
}
