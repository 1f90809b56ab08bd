"use client";

import { Group } from "@mantine/core";
import { useCallback, useMemo, useState } from "react";
import { CarriedNote } from "@/components/carry-over/carried-note";
import { CarriedPartsProvider, useCarriedParts } from "@/components/carry-over/carried-parts";
import type { Threads } from "@/components/review/use-threads";
import { useMoves } from "@/components/worksheet/actions/use-moves";
import { whenSaved } from "@/components/worksheet/actions/when-saved";
import { WorksheetActions } from "@/components/worksheet/actions/worksheet-actions";
import { CriteriaEditor } from "@/components/worksheet/criteria/criteria-editor";
import { WorksheetHeader } from "@/components/worksheet/header/worksheet-header";
import { KeyboardHelp } from "@/components/worksheet/keyboard-help";
import { LazyReadOnlyCriteria, LazyReadOnlySections } from "@/components/worksheet/lazy-read-only";
import { MergeDesk } from "@/components/worksheet/merge/merge-desk";
import { useChecks } from "@/components/worksheet/panel/use-checks";
import { ReadOnlyReason } from "@/components/worksheet/read-only-reason";
import { FoundNotes } from "@/components/worksheet/recovery/found-notes";
import { RegisterProvider } from "@/components/worksheet/register/register-context";
import { RegisterNote } from "@/components/worksheet/register/register-note";
import { SaveStatusText } from "@/components/worksheet/saving/save-status";
import {
  SaverProvider,
  useAllSections,
  useSectionContent,
  useUnsaved,
} from "@/components/worksheet/saving/saver-context";
import { useKeptSaver } from "@/components/worksheet/saving/use-kept-saver";
import type { PageSaver } from "@/components/worksheet/saving/use-worksheet-saver";
import { SectionEditor } from "@/components/worksheet/section-editor";
import { sectionPrompt } from "@/components/worksheet/section-prompt";
import { OriginMark } from "@/components/worksheet/start/origin-mark";
import { StartNote } from "@/components/worksheet/start/start-note";
import { useCurrentSection } from "@/components/worksheet/use-current-section";
import { usePanel } from "@/components/worksheet/use-panel";
import type { WorksheetHold } from "@/components/worksheet/use-worksheet";
import { WorksheetLayout } from "@/components/worksheet/worksheet-layout";
import type { RequirementDetailDto } from "@/lib/contracts/catalogue";
import type { MeDto } from "@/lib/contracts/session";
import type { WorksheetDto } from "@/lib/contracts/worksheet";
import { sampleAnswers } from "@/lib/domain/rigour/subject";
import { submissionBlockers } from "@/lib/domain/workflow/all-blockers";
import { CRITERIA_PART, isSection, type PartKey, partsOf, sectionOrder } from "@/lib/domain/worksheet/sections";

interface EditableProps {
  readonly hold: WorksheetHold;
  readonly sections: NonNullable<WorksheetDto["sections"]>;
  readonly threads: Threads;
  readonly me: Pick<MeDto, "id" | "name">;
  readonly facts: RequirementDetailDto | null;
}

/** A worksheet that its reader may write: starts the saver and keeps it in step with the server. */
export function EditableWorksheet(props: EditableProps) {
  const { hold, sections } = props;
  const { edit, answerCriteria } = hold.worksheet.permissions;
  const { page, question } = useKeptSaver(hold, props.me, sections, edit || answerCriteria);
  return (
    <SaverProvider saver={page.saver}>
      <RegisterProvider worksheet={hold.worksheet} put={hold.put}>
        <EditablePage {...props} page={page} />
      </RegisterProvider>
      {question}
    </SaverProvider>
  );
}

function EditablePage({ hold, threads, facts, page }: EditableProps & { readonly page: PageSaver }) {
  const { worksheet, put, refresh } = hold;
  const { saver } = page;
  const version = worksheet.header.standardVersion;
  const order = sectionOrder(version);
  const parts = useMemo(() => partsOf("ccw", version), [version]);
  const sections = useAllSections();
  const { answers } = useSectionContent(CRITERIA_PART).items;
  const unsaved = useUnsaved();
  const section = useCurrentSection(parts);
  const [merging, setMerging] = useState<PartKey | null>(null);
  const { evidence, rigour } = worksheet;
  const checks = useChecks(worksheet, sections);
  const blockers = useMemo(
    () =>
      submissionBlockers({
        ...(checks.said ?? { outcomes: [], stops: [] }),
        ...{ version, answers, evidence: evidence ?? [], reasons: rigour?.reasons ?? [] },
        ...(rigour
          ? { sampled: sampleAnswers(rigour.facts), carried: { references: rigour.references, sections } }
          : {}),
      }),
    [checks.said, rigour, evidence, answers, version, sections],
  );
  const carriedParts = useCarriedParts(worksheet, sections, answers, checks.said?.outcomes ?? null);
  const ready = useCallback(() => whenSaved(saver), [saver]);
  const move = useMoves(worksheet, ready, put);
  const { edit, answerCriteria } = worksheet.permissions;
  const writable = edit || unsaved.some(isSection);
  const answerable = answerCriteria || unsaved.includes(CRITERIA_PART);
  const view = usePanel();
  const actions = (
    <WorksheetActions worksheet={worksheet} blockers={blockers} onMove={move} put={put} onChecks={view.showChecks} />
  );

  return (
    <CarriedPartsProvider value={carriedParts}>
      <WorksheetHeader worksheet={worksheet} scope={sections.constraints.items.scope} actions={actions}>
        {worksheet.origin && (
          <OriginMark origin={worksheet.origin} outcomes={checks.said?.outcomes ?? null} sections={sections} />
        )}
      </WorksheetHeader>
      <WorksheetLayout
        order={parts}
        blockers={blockers}
        view={view}
        panel={{
          worksheet,
          sections,
          answers,
          section,
          threads,
          facts,
          checks,
          ready,
          put,
          onChanged: () => void refresh(),
        }}
        status={
          (writable || answerable) && (
            <Group gap={6} justify="space-between" wrap="nowrap" align="flex-start">
              <SaveStatusText cannotKeep={page.cannotKeep} />
              <KeyboardHelp />
            </Group>
          )
        }
      >
        {!edit && <ReadOnlyReason worksheet={worksheet} />}
        <CarriedNote parts={carriedParts} />
        <StartNote worksheet={worksheet} sections={sections} answers={answers} onStarted={put} />
        {!writable && <RegisterNote worksheet={worksheet} />}
        <FoundNotes place={page.place} writable={(part) => (isSection(part) ? edit : answerCriteria)} />
        {writable ? (
          order.map((key, at) => (
            <SectionEditor
              key={key}
              section={key}
              number={at + 1}
              placeholder={sectionPrompt(key, version)}
              onMerge={setMerging}
            />
          ))
        ) : (
          <LazyReadOnlySections
            worksheetId={worksheet.id}
            sections={sections}
            evidence={worksheet.evidence ?? []}
            order={order}
          />
        )}
        {answerable ? (
          <CriteriaEditor version={version} onMerge={setMerging} />
        ) : (
          <LazyReadOnlyCriteria worksheetId={worksheet.id} answers={answers} version={version} />
        )}
      </WorksheetLayout>
      <MergeDesk asked={merging} onClose={() => setMerging(null)} />
    </CarriedPartsProvider>
  );
}
