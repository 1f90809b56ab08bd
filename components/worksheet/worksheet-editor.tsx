"use client";

import { useRef } from "react";
import { Place } from "@/components/frame/place";
import { lazyPart } from "@/components/kit/lazy-part";
import { useThreads } from "@/components/review/use-threads";
import { EditableWorksheet } from "@/components/worksheet/editable-worksheet";
import { useWorksheet } from "@/components/worksheet/use-worksheet";
import { WorksheetSkeleton } from "@/components/worksheet/worksheet-skeleton";
import type { RequirementDetailDto } from "@/lib/contracts/catalogue";
import type { ThreadDto } from "@/lib/contracts/review";
import type { MeDto } from "@/lib/contracts/session";
import type { WorksheetDto } from "@/lib/contracts/worksheet";

// Each page is one of the three, and needs no other's script.
const RecordPage = lazyPart(() => import("@/components/records/record-page").then((module) => module.RecordPage), {
  what: "The record",
  place: "here",
  onServer: true,
  loading: () => <WorksheetSkeleton />,
});
const ReadOnlyWorksheet = lazyPart(
  () => import("@/components/worksheet/read-only-worksheet").then((module) => module.ReadOnlyWorksheet),
  { what: "The worksheet", place: "here", onServer: true, loading: () => <WorksheetSkeleton /> },
);

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
