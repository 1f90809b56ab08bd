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
import { ReadOnlyReason } from "@/components/worksheet/read-only-reason";
import { ReadOnlySections } from "@/components/worksheet/read-only-sections";
import { FoundNotes } from "@/components/worksheet/recovery/found-notes";
import { SaveStatusText } from "@/components/worksheet/saving/save-status";
import { SaverProvider, useAllParts, useUnsaved } from "@/components/worksheet/saving/saver-context";
import { storedOf } from "@/components/worksheet/saving/send-section";
import { type PageSaver, useWorksheetSaver } from "@/components/worksheet/saving/use-worksheet-saver";
import { SectionEditor } from "@/components/worksheet/section-editor";
import { useCurrentSection } from "@/components/worksheet/use-current-section";
import { usePanel } from "@/components/worksheet/use-panel";
import type { WorksheetHold } from "@/components/worksheet/use-worksheet";
import { WorksheetLayout } from "@/components/worksheet/worksheet-layout";
import type { RequirementDetailDto } from "@/lib/contracts/catalogue";
import type { Blocker } from "@/lib/contracts/problem";
import type { MeDto } from "@/lib/contracts/session";
import type { WorksheetDto } from "@/lib/contracts/worksheet";
import { recordBlockers } from "@/lib/domain/records/blockers";
import { recordParts } from "@/lib/domain/records/keys";
import type { RecordKind } from "@/lib/domain/records/kinds";
import { RECORD_SHAPES } from "@/lib/domain/records/parts";

interface RecordPageProps {
  readonly hold: WorksheetHold;
  readonly kind: RecordKind;
  readonly sections: NonNullable<WorksheetDto["sections"]>;
  readonly threads: Threads;
  readonly me: Pick<MeDto, "id" | "name">;
  readonly facts: RequirementDetailDto | null;
  /** The day that days are judged by, `YYYY-MM-DD`. */
  readonly today: string;
}

/** No rules are asked about a record: what stops it is what is missing. */
const NO_CHECKS = { said: null, failed: false, retry: () => undefined };

/** A record to write, or to read for those who may not write it now: starts the saver and keeps it in step with the server. */
export function RecordPage(props: RecordPageProps) {
  const { hold, sections } = props;
  const { ask, question } = useCardNumberQuestion();
  const page = useWorksheetSaver(hold.worksheet.id, props.me.id, sections, hold.refreshSoon, ask);
  const { saver } = page;
  const mayEdit = hold.worksheet.permissions.edit;
  // Newer versions of others appear in parts that are not being edited here.
  useEffect(() => {
    for (const part of Object.values(sections)) saver.handle(part.key, { type: "remote", stored: storedOf(part) });
  }, [saver, sections]);
  // A record that was opened again takes what was held back.
  useEffect(() => {
    if (mayEdit) saver.retryAll();
  }, [saver, mayEdit]);
  return (
    <SaverProvider saver={saver}>
      <RecordDocument {...props} page={page} />
      {question}
    </SaverProvider>
  );
}

function RecordDocument({ hold, kind, threads, facts, today, page }: RecordPageProps & { readonly page: PageSaver }) {
  const { worksheet, put, refresh } = hold;
  const { saver } = page;
  const { edit } = worksheet.permissions;
  const order = recordParts(kind);
  const sections = useAllParts();
  const unsaved = useUnsaved();
  const section = useCurrentSection(order);
  const [merging, setMerging] = useState<Parameters<typeof MergeDesk>[0]["asked"]>(null);
  const view = usePanel();
  const ready = useCallback(() => whenSaved(saver), [saver]);
  const move = useMoves(worksheet, ready, put);
  const { evidence } = worksheet;
  const blockers = useMemo(
    (): readonly Blocker[] => (edit ? recordBlockers({ kind, sections, evidence: evidence ?? [], today }) : []),
    [edit, kind, sections, evidence, today],
  );
  const writable = edit || unsaved.length > 0;
  return (
    <>
      <WorksheetHeader
        worksheet={worksheet}
        scope={null}
        today={today}
        actions={
          <WorksheetActions
            worksheet={worksheet}
            blockers={blockers}
            onMove={move}
            put={put}
            onChecks={view.showChecks}
          />
        }
      />
      <WorksheetLayout
        order={order}
        blockers={blockers}
        view={view}
        panel={{
          ...{ worksheet, sections, section, threads, facts, blockers, ready, put },
          answers: [],
          checks: NO_CHECKS,
          onChanged: () => void refresh(),
        }}
        status={
          writable && (
            <Group gap={6} justify="space-between" wrap="nowrap" align="flex-start">
              <SaveStatusText cannotKeep={page.cannotKeep} />
              <KeyboardHelp />
            </Group>
          )
        }
      >
        {!edit && <ReadOnlyReason worksheet={worksheet} />}
        <FoundNotes place={page.place} writable={() => edit} />
        {writable ? (
          order.map((key, at) => (
            <SectionEditor
              key={key}
              section={key}
              number={at + 1}
              placeholder={RECORD_SHAPES[key].text.asks}
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
