"use client";

import { Group } from "@mantine/core";
import { useCallback, useMemo, useState } from "react";
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
import { useKeptSaver } from "@/components/worksheet/saving/use-kept-saver";
import type { PageSaver } from "@/components/worksheet/saving/use-worksheet-saver";
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
  const { page, question } = useKeptSaver(hold, props.me, sections, hold.worksheet.permissions.edit);
  return (
    <SaverProvider saver={page.saver}>
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
  const { evidence, blockers: told } = worksheet;
  const blockers = useMemo((): readonly Blocker[] => {
    if (!edit) return [];
    // What the record as a whole is stopped by depends on its requirement and the roles, which only the server knows.
    const whole = told.filter(({ section }) => section === null);
    return [...whole, ...recordBlockers({ kind, sections, evidence: evidence ?? [], today })];
  }, [edit, kind, sections, evidence, told, today]);
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
