"use client";

import { Group } from "@mantine/core";
import { useCallback, useEffect, useMemo, useState } from "react";
import { useCardNumberQuestion } from "@/components/kit/use-card-number-question";
import type { Threads } from "@/components/review/use-threads";
import { useMoves } from "@/components/worksheet/actions/use-moves";
import { whenSaved } from "@/components/worksheet/actions/when-saved";
import { WorksheetActions } from "@/components/worksheet/actions/worksheet-actions";
import { WorksheetHeader } from "@/components/worksheet/header/worksheet-header";
import { KeyboardHelp } from "@/components/worksheet/keyboard-help";
import { MergeDesk } from "@/components/worksheet/merge/merge-desk";
import { useChecks } from "@/components/worksheet/panel/use-checks";
import { ReadOnlyReason } from "@/components/worksheet/read-only-reason";
import { ReadOnlySections } from "@/components/worksheet/read-only-sections";
import { FoundNotes } from "@/components/worksheet/recovery/found-notes";
import { SaveStatusText } from "@/components/worksheet/saving/save-status";
import { SaverProvider, useAllSections, useUnsaved } from "@/components/worksheet/saving/saver-context";
import { storedOf } from "@/components/worksheet/saving/send-section";
import { type PageSaver, useWorksheetSaver } from "@/components/worksheet/saving/use-worksheet-saver";
import { SectionEditor } from "@/components/worksheet/section-editor";
import { sectionPrompt } from "@/components/worksheet/section-prompt";
import { useCurrentSection } from "@/components/worksheet/use-current-section";
import type { WorksheetHold } from "@/components/worksheet/use-worksheet";
import { WorksheetLayout } from "@/components/worksheet/worksheet-layout";
import type { RequirementDetailDto } from "@/lib/contracts/catalogue";
import type { MeDto } from "@/lib/contracts/session";
import type { WorksheetDto } from "@/lib/contracts/worksheet";
import { evidenceBlockers, rigourBlockers } from "@/lib/domain/workflow/submission";
import { SECTION_KEYS, type SectionKey, sectionOrder } from "@/lib/domain/worksheet/sections";

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
  const { ask, question } = useCardNumberQuestion();
  const page = useWorksheetSaver(hold.worksheet.id, props.me.id, sections, hold.refreshSoon, ask);
  const { saver } = page;
  const mayEdit = hold.worksheet.permissions.edit;

  // Newer versions of others appear in sections that are not being edited here.
  useEffect(() => {
    for (const key of SECTION_KEYS) saver.handle(key, { type: "remote", stored: storedOf(sections[key]) });
  }, [saver, sections]);
  // A worksheet that was opened again takes what was held back.
  useEffect(() => {
    if (mayEdit) saver.retryAll();
  }, [saver, mayEdit]);

  return (
    <SaverProvider saver={saver}>
      <EditablePage {...props} page={page} />
      {question}
    </SaverProvider>
  );
}

function EditablePage({ hold, threads, facts, page }: EditableProps & { readonly page: PageSaver }) {
  const { worksheet, put, refresh } = hold;
  const { saver } = page;
  const version = worksheet.header.standardVersion;
  const order = sectionOrder(version);
  const sections = useAllSections();
  const unsaved = useUnsaved();
  const section = useCurrentSection(order);
  const [merging, setMerging] = useState<SectionKey | null>(null);
  const { evidence, rigour } = worksheet;
  const outcomes = useChecks(worksheet, sections);
  const blockers = useMemo(
    () => [
      ...(outcomes && rigour ? rigourBlockers(outcomes, rigour.reasons) : []),
      ...evidenceBlockers(evidence ?? []),
    ],
    [outcomes, rigour, evidence],
  );
  const move = useMoves(
    worksheet.id,
    useCallback(() => whenSaved(saver), [saver]),
    put,
  );
  const writable = worksheet.permissions.edit || unsaved.length > 0;
  const actions = <WorksheetActions worksheet={worksheet} blockers={blockers} onMove={move} put={put} />;

  return (
    <>
      <WorksheetHeader worksheet={worksheet} scope={sections.constraints.items.scope} actions={actions} />
      <WorksheetLayout
        order={order}
        blockers={blockers}
        panel={{ worksheet, sections, section, threads, facts, outcomes, put, onChanged: () => void refresh() }}
        status={
          writable && (
            <Group gap={6} justify="space-between" wrap="nowrap" align="flex-start">
              <SaveStatusText cannotKeep={page.cannotKeep} />
              <KeyboardHelp />
            </Group>
          )
        }
      >
        {!worksheet.permissions.edit && <ReadOnlyReason worksheet={worksheet} />}
        <FoundNotes place={page.place} writable={worksheet.permissions.edit} />
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
          <ReadOnlySections
            worksheetId={worksheet.id}
            sections={sections}
            evidence={worksheet.evidence ?? []}
            order={order}
          />
        )}
      </WorksheetLayout>
      <MergeDesk asked={merging} onClose={() => setMerging(null)} />
    </>
  );
}
