"use client";

import { IconLock } from "@tabler/icons-react";
import { useMemo } from "react";
import { EmptyState } from "@/components/kit/empty-state";
import { LinkButton } from "@/components/kit/link-button";
import { contentsIn } from "@/components/review/shown-text";
import type { Threads } from "@/components/review/use-threads";
import { useMoves } from "@/components/worksheet/actions/use-moves";
import { WorksheetActions } from "@/components/worksheet/actions/worksheet-actions";
import { ReadOnlyCriteria } from "@/components/worksheet/criteria/read-only-criteria";
import { WorksheetHeader } from "@/components/worksheet/header/worksheet-header";
import { ReadOnlyReason } from "@/components/worksheet/read-only-reason";
import { ReadOnlySections } from "@/components/worksheet/read-only-sections";
import { RegisterNote } from "@/components/worksheet/register/register-note";
import { OriginMark } from "@/components/worksheet/start/origin-mark";
import { useCurrentSection } from "@/components/worksheet/use-current-section";
import { usePanel } from "@/components/worksheet/use-panel";
import type { WorksheetHold } from "@/components/worksheet/use-worksheet";
import { WorksheetLayout } from "@/components/worksheet/worksheet-layout";
import type { RequirementDetailDto } from "@/lib/contracts/catalogue";
import type { WorksheetDto } from "@/lib/contracts/worksheet";
import type { WorksheetSections } from "@/lib/domain/worksheet/model";
import { partsOf, sectionOrder } from "@/lib/domain/worksheet/sections";

interface ReadOnlyProps {
  readonly hold: WorksheetHold;
  readonly threads: Threads;
  readonly facts: RequirementDetailDto | null;
}

const nothingToSave = async () => true;
const NO_CHECKS = { said: null, failed: false, retry: () => undefined };
const NOWHERE = () => undefined;

/** A worksheet to read. People who may not see the draft are sent to its frozen revisions. */
export function ReadOnlyWorksheet(props: ReadOnlyProps) {
  const { worksheet, put } = props.hold;
  const move = useMoves(worksheet, nothingToSave, put);
  const sections = useMemo(() => contents(worksheet), [worksheet]);
  return (
    <>
      <WorksheetHeader
        worksheet={worksheet}
        scope={sections?.constraints.items.scope ?? null}
        actions={
          <WorksheetActions
            worksheet={worksheet}
            blockers={worksheet.blockers}
            onMove={move}
            put={put}
            onChecks={NOWHERE}
          />
        }
      >
        {worksheet.origin && <OriginMark origin={worksheet.origin} outcomes={null} sections={null} />}
      </WorksheetHeader>
      {sections ? (
        <ReadOnlyBody {...props} sections={sections} />
      ) : (
        <EmptyState
          icon={IconLock}
          title="The draft is not yours to read"
          action={<LinkButton href={`/worksheets/${worksheet.id}/review`}>Open the review page</LinkButton>}
        >
          You see what was submitted or signed. Ask the lead of the engagement when you need more.
        </EmptyState>
      )}
    </>
  );
}

function ReadOnlyBody({ hold, threads, facts, sections }: ReadOnlyProps & { readonly sections: WorksheetSections }) {
  const { worksheet, refresh, put } = hold;
  const version = worksheet.header.standardVersion;
  const order = sectionOrder(version);
  const parts = useMemo(() => partsOf("ccw", version), [version]);
  const section = useCurrentSection(parts);
  const view = usePanel();
  const answers = worksheet.sections?.criteria?.content.items.answers ?? [];
  return (
    <WorksheetLayout
      order={parts}
      blockers={[]}
      view={view}
      panel={{
        worksheet,
        sections,
        answers,
        section,
        threads,
        facts,
        checks: NO_CHECKS,
        ready: nothingToSave,
        put,
        onChanged: () => void refresh(),
      }}
      status={null}
    >
      <ReadOnlyReason worksheet={worksheet} />
      <RegisterNote worksheet={worksheet} />
      <ReadOnlySections
        worksheetId={worksheet.id}
        sections={sections}
        evidence={worksheet.evidence ?? []}
        order={order}
      />
      <ReadOnlyCriteria worksheetId={worksheet.id} answers={answers} version={version} />
    </WorksheetLayout>
  );
}

function contents({ sections }: WorksheetDto): WorksheetSections | null {
  if (!sections) return null;
  return contentsIn(sections) as unknown as WorksheetSections;
}
