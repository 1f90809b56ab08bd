import type { Grant } from "@/lib/auth/scope";
import type { ControlEvidenceDto, ControlRecordDto, ControlUseDto, SharedControlDto } from "@/lib/contracts/controls";
import { listRecords, type StoredRecord } from "@/lib/data/control-records";
import { toDay } from "@/lib/data/days";
import { namesOf, personRef } from "@/lib/data/people";
import type { ScopedTx } from "@/lib/db/kinds";
import { isSettled, planEvidence } from "@/lib/domain/controls/plan-evidence";
import { type RecordEvidence, saysTheSame, textOf } from "@/lib/domain/controls/record";
import { freshnessOf } from "@/lib/domain/evidence/freshness";
import { isEditable } from "@/lib/domain/workflow/editing";
import type { Control } from "@/lib/domain/worksheet/model";
import { type ShownWorksheet, shownWorksheets } from "@/lib/services/controls/shown-worksheets";
import type { WorksheetMaterial } from "@/lib/services/worksheet/material";

/** The register as the grant's owner may read it: as it is, or as the newest submitted worksheets have it. */
export async function describeRegister(tx: ScopedTx, grant: Grant): Promise<ControlRecordDto[]> {
  const shown = await shownWorksheets(tx, grant);
  if (grant.permission.view !== "all") return submittedRegister(shown, toDay(tx.now));
  const records = await listRecords(tx);
  const names = await namesOf(
    tx,
    records.map(({ updatedById }) => updatedById),
  );
  return records.map((record) => ({
    id: record.id,
    ...record.text,
    evidence: record.evidence.map((one) => evidenceDto(one, toDay(tx.now))),
    version: record.version,
    retired: record.retired,
    updatedAt: record.updatedAt.toISOString(),
    updatedBy: personRef(names, record.updatedById),
    uses: usesOf(shown, record.id, (one, control) => isUpToDate(one.material, control, record)),
  }));
}

/** How the controls of a draft stand to the register; nothing is read where none is shared. */
export async function sharedControls(
  tx: ScopedTx,
  material: WorksheetMaterial,
  controls: readonly Control[],
): Promise<SharedControlDto[]> {
  const shared = controls.filter(({ recordId }) => recordId !== undefined);
  if (shared.length === 0) return [];
  const records = await listRecords(
    tx,
    shared.map(({ recordId = "" }) => recordId),
  );
  return shared.flatMap((control): SharedControlDto[] => {
    const record = records.find(({ id }) => id === control.recordId);
    if (!record) return [];
    const upToDate = isUpToDate(material, control, record);
    return [{ itemId: control.id, controlRecordId: record.id, upToDate, changedAt: record.updatedAt.toISOString() }];
  });
}

function isUpToDate({ evidence }: WorksheetMaterial, control: Control, record: StoredRecord): boolean {
  if (!saysTheSame(control, record.text)) return false;
  return isSettled(planEvidence(record.id, control.id, record.evidence, evidence));
}

/**
 * What a reader of submitted worksheets knows of the register: each shared control as the revision that was submitted last
 * says it, and which others say it as they did before.
 */
function submittedRegister(shown: readonly ShownWorksheet[], today: string): ControlRecordDto[] {
  const newestFirst = shown.toSorted((a, b) => b.asOf.getTime() - a.asOf.getTime());
  const found = new Map<string, ControlRecordDto>();
  for (const { content, asOf } of newestFirst) {
    for (const control of content.sections.definition.items.controls) {
      const { recordId } = control;
      if (recordId === undefined || found.has(recordId)) continue;
      const text = textOf(control);
      const evidence = content.evidence.filter(({ itemId }) => itemId === control.id);
      found.set(recordId, {
        id: recordId,
        ...text,
        evidence: evidence.map(({ files = [], ...one }) => evidenceDto({ ...one, files }, today)),
        version: 0,
        retired: false,
        updatedAt: asOf.toISOString(),
        updatedBy: null,
        uses: usesOf(shown, recordId, (_one, other) => saysTheSame(other, text)),
      });
    }
  }
  return [...found.values()].sort((a, b) => a.title.localeCompare(b.title));
}

function usesOf(
  shown: readonly ShownWorksheet[],
  recordId: string,
  upToDate: (one: ShownWorksheet, control: Control) => boolean,
): ControlUseDto[] {
  return shown.flatMap((one): ControlUseDto[] => {
    const { material, content, state, view, asOf } = one;
    const control = content.sections.definition.items.controls.find((other) => other.recordId === recordId);
    if (!control) return [];
    const { id, label, origin, requirementRef } = control;
    const { requirementNumber, requirementTitle } = content.header;
    return [
      {
        ...{ worksheetId: material.worksheet.id, itemId: id, requirementNumber, requirementTitle, state },
        revision: content.revision,
        ...{ label, origin, requirementRef },
        upToDate: upToDate(one, control),
        asOf: asOf.toISOString(),
        editable: view === "all" && isEditable(material.worksheet.facts.state),
      },
    ];
  });
}

function evidenceDto(evidence: RecordEvidence, today: string): ControlEvidenceDto {
  const { id, title, url, shows, collectedOn, validUntil, files } = evidence;
  return { id, title, url, shows, collectedOn, validUntil, files, freshness: freshnessOf(validUntil, today) };
}
