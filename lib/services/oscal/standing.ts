import type { Grant } from "@/lib/auth/scope";
import { listRecords, type StoredRecord } from "@/lib/data/control-records";
import { type DispositionRow, listDispositions } from "@/lib/data/dispositions";
import { linkOf, loadEvidence } from "@/lib/data/evidence";
import type { WorksheetTarget } from "@/lib/data/facts";
import { findTitles } from "@/lib/data/requirements";
import { loadSections } from "@/lib/data/sections";
import { listCcws } from "@/lib/data/worksheets";
import type { ScopedTx } from "@/lib/db/kinds";
import type { StandingWorksheet } from "@/lib/domain/oscal/compare-worksheet";
import { emptySection } from "@/lib/domain/worksheet/empty";
import { CCW_PARTS, type CcwPartKey } from "@/lib/domain/worksheet/sections";
import { loadScope, type ScopeState } from "@/lib/services/scope/scope-facts";

/** An engagement as a plan is held against it. */
export interface StandingEngagement {
  readonly tx: ScopedTx;
  readonly grant: Grant;
  readonly scope: ScopeState;
  /** The rows of the workbook by their requirement. */
  readonly rows: ReadonlyMap<string, DispositionRow>;
  readonly titles: ReadonlyMap<string, string>;
  /** The compensating controls worksheets by their requirement. */
  readonly targets: ReadonlyMap<string, WorksheetTarget>;
  readonly worksheets: ReadonlyMap<string, StandingWorksheet>;
  readonly records: ReadonlyMap<string, StoredRecord>;
}

/** Loads what stands for some requirements, in a fixed number of queries. */
export async function loadStanding(
  tx: ScopedTx,
  grant: Grant,
  numbers: readonly string[],
): Promise<StandingEngagement> {
  const wanted = new Set(numbers);
  const targets = (await listCcws(tx)).filter(({ requirementNumber }) => wanted.has(requirementNumber));
  const ids = targets.map(({ id }) => id);
  const sections = await loadSections(tx, ids);
  const evidence = await loadEvidence(tx, ids);
  const worksheets = targets.map((target): StandingWorksheet => {
    const parts = sections.get(target.id);
    if (!parts) throw new Error("A worksheet has no sections.");
    const { id, eligibility, eligibilityVersion, warningReasons } = target;
    const attached = (evidence.get(id) ?? []).map((one) => ({
      ...linkOf(one),
      ...{ version: one.version, controlRecordId: one.controlRecordId },
    }));
    return { id, parts, evidence: attached, eligibility, eligibilityVersion, warningReasons };
  });
  return {
    ...{ tx, grant },
    scope: await loadScope(tx),
    rows: new Map((await listDispositions(tx)).map((row) => [row.requirementNumber, row])),
    titles: await findTitles(tx, tx.engagement, [...wanted]),
    targets: new Map(targets.map((target) => [target.requirementNumber, target])),
    worksheets: new Map(worksheets.map((one, index) => [targets[index]?.requirementNumber ?? "", one])),
    records: new Map((await listRecords(tx)).map((record) => [record.id, record])),
  };
}

/** A worksheet that is yet to be opened. */
export function unopened(): StandingWorksheet {
  const parts = Object.fromEntries(
    CCW_PARTS.map((key: CcwPartKey) => [key, { version: 0, content: emptySection(key) }]),
  );
  return {
    id: null,
    // Each key was given the content of its own kind.
    parts: parts as unknown as StandingWorksheet["parts"],
    ...{ evidence: [], eligibility: null, eligibilityVersion: 0, warningReasons: [] },
  };
}
