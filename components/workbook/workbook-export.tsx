"use client";

import { useState } from "react";
import { lazyPart } from "@/components/kit/lazy-part";
import { MenuFace } from "@/components/kit/menu-face";
import { useAction } from "@/components/kit/use-action";
import type { ChosenKind } from "@/components/workbook/export-dialog";
import { isOpen } from "@/components/workbook/export-words";
import { useExports } from "@/components/workbook/use-exports";
import { apiPath } from "@/lib/client/api";
import { download } from "@/lib/client/download";
import { withQuery } from "@/lib/client/query";
import type { ExportRequest } from "@/lib/contracts/export";
import type { EngagementModel } from "@/lib/domain/oscal/vocabulary";

const ExportChoices = lazyPart(
  () => import("@/components/workbook/export-choices").then((module) => module.ExportChoices),
  { what: "The menu", loading: ({ label }) => <MenuFace>{label}</MenuFace> },
);

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
  const label = open === 0 ? "Export" : `Export (${open} under way)`;
  const [pressed, setPressed] = useState(false);
  const [asked, setAsked] = useState<ChosenKind | null>(null);
  const ask = (wanted: ExportRequest) =>
    exports.request(wanted).then(() => {
      setAsked(null);
      setOpened(true);
    });
  const data = () => run(() => download(apiPath("engagements", props.engagementId, "data"), "engagement.jsonl"));
  const oscal = (model: EngagementModel) =>
    run(() => download(withQuery(apiPath("engagements", props.engagementId, "oscal"), { model }), "workbook.json"));
  return (
    <>
      {pressed ? (
        <ExportChoices
          label={label}
          busy={busy}
          offersPack={props.offersPack}
          onAsk={setAsked}
          onOscal={oscal}
          onData={props.offersData ? data : undefined}
          onTables={() => setTables(true)}
          onShow={() => setOpened(true)}
          onLeave={() => setPressed(false)}
        />
      ) : (
        <MenuFace onPointerEnter={ExportChoices.fetch} onFocus={ExportChoices.fetch} onClick={() => setPressed(true)}>
          {label}
        </MenuFace>
      )}
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
