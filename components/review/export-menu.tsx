"use client";

import { Button, Menu } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import {
  IconArchive,
  IconChevronDown,
  IconCopy,
  IconEye,
  IconFileTypeDocx,
  IconFileTypePdf,
} from "@tabler/icons-react";
import { useState } from "react";
import { lazyPart } from "@/components/kit/lazy-part";
import { OscalItems } from "@/components/kit/oscal-items";
import { useAction } from "@/components/kit/use-action";
import { api, apiPath } from "@/lib/client/api";
import { download } from "@/lib/client/download";
import { withQuery } from "@/lib/client/query";
import type { RocCopyDto } from "@/lib/contracts/review";
import type { EngagementModel } from "@/lib/domain/oscal/vocabulary";
import type { WorksheetKind } from "@/lib/domain/records/kinds";

const PdfPreview = lazyPart(() => import("@/components/review/pdf-preview").then((module) => module.PdfPreview), {
  what: "The preview",
});

const PAPERS = ["A4", "Letter"] as const;

/** PDFs for the archive, with the worksheet's JSON inside, and of single parts. */
const MORE_PDFS = [
  { name: "PDF/A-3 with its data", conformance: "PDF/A-3a", layout: "worksheet" },
  { name: "Sign-off certificate", conformance: "PDF/UA-1", layout: "certificate" },
  { name: "Evidence index", conformance: "PDF/UA-1", layout: "evidence" },
  { name: "Rigour report", conformance: "PDF/UA-1", layout: "rigour" },
] as const;

/** Takes the worksheet out: as PDF or Word document on either paper, as a table on the clipboard, or as OSCAL. */
export function ExportMenu(props: {
  readonly worksheetId: string;
  /** A record is no table of Appendix C, and has no rigour report. */
  readonly kind: WorksheetKind;
  /** The frozen revision to take out; null takes the newest text. */
  readonly revision: number | null;
}) {
  const { run, busy } = useAction({ notify: true });
  const [preview, setPreview] = useState(false);
  const isCcw = props.kind === "ccw";
  const file = (format: "pdf" | "docx", query: Readonly<Record<string, string>>) => {
    const address = withQuery(apiPath("worksheets", props.worksheetId, format), { ...query, revision: props.revision });
    return run(() => download(address, `${isCcw ? "worksheet" : "record"}.${format}`));
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
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <Button variant="default" loading={busy} rightSection={<IconChevronDown size={14} aria-hidden="true" />}>
            Export
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setPreview(true)} leftSection={<IconEye size={16} aria-hidden="true" />}>
            Preview of the PDF
          </Menu.Item>
          {PAPERS.map((paper) => (
            <Menu.Item
              key={paper}
              onClick={() => file("pdf", { paper })}
              leftSection={<IconFileTypePdf size={16} aria-hidden="true" />}
            >
              PDF, {paper}
            </Menu.Item>
          ))}
          {PAPERS.map((paper) => (
            <Menu.Item
              key={paper}
              onClick={() => file("docx", { paper })}
              leftSection={<IconFileTypeDocx size={16} aria-hidden="true" />}
            >
              Word document, {paper}
            </Menu.Item>
          ))}
          {isCcw && (
            <>
              <Menu.Item onClick={copy} leftSection={<IconCopy size={16} aria-hidden="true" />}>
                Copy for the ROC
              </Menu.Item>
              <OscalItems onChoose={oscal} />
            </>
          )}
          <Menu.Sub>
            <Menu.Sub.Target>
              <Menu.Sub.Item leftSection={<IconArchive size={16} aria-hidden="true" />}>
                Archive and single parts
              </Menu.Sub.Item>
            </Menu.Sub.Target>
            <Menu.Sub.Dropdown>
              {MORE_PDFS.filter(({ layout }) => isCcw || layout !== "rigour").map(({ name, ...kind }) =>
                PAPERS.map((paper) => (
                  <Menu.Item key={`${name}, ${paper}`} onClick={() => file("pdf", { paper, ...kind })}>
                    {name}, {paper}
                  </Menu.Item>
                )),
              )}
            </Menu.Sub.Dropdown>
          </Menu.Sub>
        </Menu.Dropdown>
      </Menu>
      {preview ? (
        <PdfPreview
          worksheetId={props.worksheetId}
          revision={props.revision}
          onClose={() => setPreview(false)}
          onLeave={() => setPreview(false)}
        />
      ) : null}
    </>
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
