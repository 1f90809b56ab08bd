"use client";

import { Button, Menu, Text } from "@mantine/core";
import {
  IconChevronDown,
  IconDatabaseExport,
  IconFileExport,
  IconFileTypeDocx,
  IconFileTypePdf,
  IconFileZip,
  IconTable,
} from "@tabler/icons-react";
import { useState } from "react";
import { lazyPart } from "@/components/kit/lazy-part";
import { OscalItems } from "@/components/kit/oscal-items";
import { useAction } from "@/components/kit/use-action";
import type { ChosenKind } from "@/components/workbook/export-dialog";
import { isOpen } from "@/components/workbook/export-words";
import { useExports } from "@/components/workbook/use-exports";
import { apiPath } from "@/lib/client/api";
import { download } from "@/lib/client/download";
import { withQuery } from "@/lib/client/query";
import type { ExportRequest } from "@/lib/contracts/export";
import type { EngagementModel } from "@/lib/domain/oscal/vocabulary";

const ExportsDrawer = lazyPart(
  () => import("@/components/workbook/exports-drawer").then((module) => module.ExportsDrawer),
  { what: "The list of your exports" },
);

const ExportDialog = lazyPart(
  () => import("@/components/workbook/export-dialog").then((module) => module.ExportDialog),
  { what: "The export" },
);

const TablesDialog = lazyPart(
  () => import("@/components/workbook/tables-dialog").then((module) => module.TablesDialog),
  { what: "The choice of tables" },
);

/**
 * Asks for the whole workbook as PDF or Word document, or for the proof pack, and shows what was asked for: those are made
 * in the background, and the button says that one is. OSCAL and tables are made at once.
 */
export function WorkbookExport(props: {
  readonly engagementId: string;
  /** Whether a proof pack is for this person. */
  readonly offersPack: boolean;
  /** Whether all data are for this person to take out. */
  readonly offersData: boolean;
}) {
  const [opened, setOpened] = useState(false);
  const [tables, setTables] = useState(false);
  const exports = useExports(props.engagementId, !opened);
  const { run, busy } = useAction({ notify: true });
  const open = exports.items?.filter(isOpen).length ?? 0;
  const [asked, setAsked] = useState<ChosenKind | null>(null);
  const ask = (wanted: ExportRequest) =>
    exports.request(wanted).then(() => {
      setAsked(null);
      setOpened(true);
    });
  const oscal = (model: EngagementModel) =>
    run(() => download(withQuery(apiPath("engagements", props.engagementId, "oscal"), { model }), "workbook.json"));
  return (
    <>
      <Menu position="bottom-end" shadow="md">
        <Menu.Target>
          <Button variant="default" loading={busy} rightSection={<IconChevronDown size={15} aria-hidden="true" />}>
            {open === 0 ? "Export" : `Export (${open} under way)`}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            onClick={() => setAsked("workbook")}
            leftSection={<IconFileTypePdf size={16} aria-hidden="true" />}
          >
            Workbook as PDF
          </Menu.Item>
          <Menu.Item
            onClick={() => setAsked("document")}
            leftSection={<IconFileTypeDocx size={16} aria-hidden="true" />}
          >
            Workbook as Word document
          </Menu.Item>
          {props.offersPack ? (
            <>
              <Menu.Divider />
              <Menu.Item
                onClick={() => setAsked("pack")}
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
          <OscalItems onChoose={oscal} />
          {props.offersData ? (
            <Menu.Item
              onClick={() =>
                run(() => download(apiPath("engagements", props.engagementId, "data"), "engagement.jsonl"))
              }
              leftSection={<IconDatabaseExport size={16} aria-hidden="true" />}
              maw={300}
            >
              All data
              <Text size="xs" c="dimmed">
                Every row and file, for another service to take in
              </Text>
            </Menu.Item>
          ) : null}
          <Menu.Divider />
          <Menu.Item onClick={() => setTables(true)} leftSection={<IconTable size={16} aria-hidden="true" />}>
            Tables (XLSX, CSV)
          </Menu.Item>
          <Menu.Item onClick={() => setOpened(true)} leftSection={<IconFileExport size={16} aria-hidden="true" />}>
            Your exports
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {asked ? (
        <ExportDialog
          engagementId={props.engagementId}
          kind={asked}
          ask={ask}
          onClose={() => setAsked(null)}
          onLeave={() => setAsked(null)}
        />
      ) : null}
      {tables ? (
        <TablesDialog
          engagementId={props.engagementId}
          onClose={() => setTables(false)}
          onLeave={() => setTables(false)}
        />
      ) : null}
      {opened ? (
        <ExportsDrawer exports={exports} onClose={() => setOpened(false)} onLeave={() => setOpened(false)} />
      ) : null}
    </>
  );
}
