import type { ApplyPlanInput, PlanConflictDto, WorksheetImport } from "@/lib/contracts/oscal-import";
import { ccwOf, type DispositionRow } from "@/lib/data/dispositions";
import { loadEvidence } from "@/lib/data/evidence";
import { namesOf } from "@/lib/data/people";
import { loadSections, type StoredSections } from "@/lib/data/sections";
import { listWorksheets } from "@/lib/data/worksheets";
import type { ScopedTx } from "@/lib/db/kinds";
import { sectionDto } from "@/lib/services/worksheet/section-dto";

type Conflict = PlanConflictDto["parts"][number];

/**
 * What is not as the preview showed it, each with what stands now where that is a part of a worksheet. It is found before
 * anything is stored, so that the refusal tells what stays.
 */
export async function findConflicts(
  tx: ScopedTx,
  rows: ReadonlyMap<string, DispositionRow>,
  input: ApplyPlanInput,
): Promise<readonly Conflict[]> {
  const ids = input.worksheets.flatMap(({ worksheetId }) => worksheetId ?? []);
  const sections = await loadSections(tx, ids);
  const evidence = await loadEvidence(tx, ids);
  const targets = new Map((await listWorksheets(tx, ids)).map((one) => [one.id, one]));
  const found: Conflict[] = [];
  for (const one of input.worksheets) {
    const row = rows.get(one.dispositionId);
    const requirementNumber = row?.requirementNumber ?? "";
    if (one.worksheetId === null) {
      if (row && ccwOf(row)) found.push({ requirementNumber, stored: null, sent: one });
      continue;
    }
    found.push(...(await changedParts(tx, requirementNumber, sections.get(one.worksheetId), one)));
    const answers = targets.get(one.worksheetId)?.eligibilityVersion;
    if (one.eligibility && one.eligibility.baseVersion !== answers) {
      found.push({ requirementNumber, stored: null, sent: one.eligibility });
    }
    const versions = new Map(evidence.get(one.worksheetId)?.map(({ id, version }) => [id, version]));
    const changed = one.evidence.filter(({ changes }) => changes && versions.get(changes.id) !== changes.version);
    found.push(...changed.map((sent) => ({ requirementNumber, stored: null, sent })));
  }
  for (const change of input.rows) {
    const row = rows.get(change.id);
    if (!row || row.version === change.version) continue;
    found.push({ requirementNumber: row.requirementNumber, stored: null, sent: change });
  }
  return found;
}

async function changedParts(
  tx: ScopedTx,
  requirementNumber: string,
  stored: StoredSections | undefined,
  { parts }: WorksheetImport,
): Promise<Conflict[]> {
  const changed = parts.flatMap((sent) => {
    const part = stored?.[sent.key];
    return part && part.version !== sent.baseVersion ? [{ part, sent: sent.content }] : [];
  });
  const names = await namesOf(
    tx,
    changed.map(({ part }) => part.updatedById),
  );
  return changed.map(({ part, sent }) => ({ requirementNumber, stored: sectionDto(part, names), sent }));
}
