"use client";

import { Button, Menu } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconChevronDown, IconCopy, IconFileTypePdf } from "@tabler/icons-react";
import { OscalItems } from "@/components/kit/oscal-items";
import { useAction } from "@/components/kit/use-action";
import { api, apiPath } from "@/lib/client/api";
import { download } from "@/lib/client/download";
import { withQuery } from "@/lib/client/query";
import type { RocCopyDto } from "@/lib/contracts/review";
import type { EngagementModel } from "@/lib/domain/oscal/vocabulary";

/** Takes the worksheet out: as PDF on either paper, as a table on the clipboard that a word processor takes, or as OSCAL. */
export function ExportMenu(props: {
  readonly worksheetId: string;
  /** The frozen revision to take out; null takes the newest text. */
  readonly revision: number | null;
}) {
  const { run, busy } = useAction({ notify: true });
  const pdf = (paper: "A4" | "Letter") => {
    const address = withQuery(apiPath("worksheets", props.worksheetId, "pdf"), { paper, revision: props.revision });
    return run(() => download(address, "worksheet.pdf"));
  };
  const oscal = (model: EngagementModel) => {
    const address = withQuery(apiPath("worksheets", props.worksheetId, "oscal"), { model, revision: props.revision });
    return run(() => download(address, "worksheet.json"));
  };
  const copy = () =>
    run(async () => {
      const { revision, signed } = await copyForRoc(props.worksheetId, props.revision);
      notifications.show({
        color: signed ? "green" : "yellow",
        title: `Copied for the ROC: revision r${revision}, ${signed ? "signed" : "not signed"}`,
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
        {(["A4", "Letter"] as const).map((paper) => (
          <Menu.Item
            key={paper}
            onClick={() => pdf(paper)}
            leftSection={<IconFileTypePdf size={16} aria-hidden="true" />}
          >
            PDF, {paper}
          </Menu.Item>
        ))}
        <Menu.Item onClick={copy} leftSection={<IconCopy size={16} aria-hidden="true" />}>
          Copy for the ROC
        </Menu.Item>
        <OscalItems onChoose={oscal} />
      </Menu.Dropdown>
    </Menu>
  );
}

/**
 * Puts the worksheet on the clipboard as a table. The text is handed over as promises, because browsers let a page
 * write to the clipboard only in the very moment of a click, and reading it from the server takes longer.
 */
async function copyForRoc(worksheetId: string, revision: number | null): Promise<RocCopyDto> {
  const roc = api.get<RocCopyDto>(`/worksheets/${worksheetId}/roc`, { query: { revision } });
  const as = (type: string, pick: (reply: RocCopyDto) => string) =>
    roc.then((reply) => new Blob([pick(reply)], { type }));
  await navigator.clipboard.write([
    new ClipboardItem({
      "text/html": as("text/html", ({ html }) => html),
      "text/plain": as("text/plain", ({ text }) => text),
    }),
  ]);
  return roc;
}
