"use client";

import { useRef } from "react";
import { Place } from "@/components/frame/place";
import { RecordPage } from "@/components/records/record-page";
import { useThreads } from "@/components/review/use-threads";
import { EditableWorksheet } from "@/components/worksheet/editable-worksheet";
import { ReadOnlyWorksheet } from "@/components/worksheet/read-only-worksheet";
import { useWorksheet } from "@/components/worksheet/use-worksheet";
import type { RequirementDetailDto } from "@/lib/contracts/catalogue";
import type { ThreadDto } from "@/lib/contracts/review";
import type { MeDto } from "@/lib/contracts/session";
import type { WorksheetDto } from "@/lib/contracts/worksheet";

/** What the page of a worksheet hands over. */
export interface WorksheetEditorProps {
  readonly worksheet: WorksheetDto;
  readonly threads: readonly ThreadDto[];
  readonly me: Pick<MeDto, "id" | "name">;
  /** What the catalogue knows of the requirement; null when it knows nothing. */
  readonly facts: RequirementDetailDto | null;
  /** The day that days are judged by, `YYYY-MM-DD`. */
  readonly today: string;
}

/** A worksheet to write, or to read for those who may not write it now. */
export function WorksheetEditor(props: WorksheetEditorProps) {
  const hold = useWorksheet(props.worksheet);
  const { worksheet } = hold;
  const threads = useThreads(worksheet.id, props.threads);
  // Once it was open for writing the same saver stays: text may be on its way when the worksheet is closed.
  const wasEditable = useRef(false);
  const { edit, answerCriteria } = worksheet.permissions;
  if (edit || answerCriteria) wasEditable.current = true;
  const { requirementNumber } = worksheet.header;

  return (
    <>
      <Place
        engagementId={worksheet.engagementId}
        crumbs={[{ label: "Workbook", href: `/engagements/${worksheet.engagementId}` }, { label: requirementNumber }]}
      />
      {worksheet.kind !== "ccw" && worksheet.sections ? (
        <RecordPage
          hold={hold}
          kind={worksheet.kind}
          sections={worksheet.sections}
          threads={threads}
          me={props.me}
          facts={props.facts}
          today={props.today}
        />
      ) : worksheet.kind === "ccw" && worksheet.sections && wasEditable.current ? (
        <EditableWorksheet
          hold={hold}
          sections={worksheet.sections}
          threads={threads}
          me={props.me}
          facts={props.facts}
        />
      ) : (
        <ReadOnlyWorksheet hold={hold} threads={threads} facts={props.facts} />
      )}
    </>
  );
}
