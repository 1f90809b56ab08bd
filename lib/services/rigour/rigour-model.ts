import { ruleRecords } from "@/lib/data/revisions";
import type { ScopedTx } from "@/lib/db/kinds";
import { gateInWords } from "@/lib/domain/rigour/gate-words";
import { recordOutcomes, reportOf } from "@/lib/domain/rigour/report";
import { settingsInWords } from "@/lib/domain/rigour/settings";
import type { RigourModel } from "@/lib/render/pdf/view-model";
import { assess } from "@/lib/services/rigour/assess";
import type { WorksheetMaterial } from "@/lib/services/worksheet/material";
import type { ShownContent } from "@/lib/services/worksheet/shown-content";

/** A text of which nothing is known. */
export const NO_REPORT: RigourModel = { gate: null, thresholds: [], rules: [], recorded: false };

/** What is shown of a worksheet. */
interface Shown {
  readonly material: WorksheetMaterial;
  readonly shown: ShownContent;
}

/**
 * What the gate was answered and what came of the rules, for each text: as recorded of revisions, asked now of drafts.
 */
export async function rigourModels<T extends Shown>(
  tx: ScopedTx,
  texts: readonly T[],
): Promise<ReadonlyMap<T, RigourModel>> {
  const stored = await ruleRecords(
    tx,
    texts.flatMap((one) => rowOf(one)?.id ?? []),
  );
  const models = new Map<T, RigourModel>();
  for (const one of texts) {
    const { eligibility, warningReasons = [], thresholds = {} } = one.shown.content;
    const records = one.shown.frozen
      ? (stored.get(rowOf(one)?.id ?? "") ?? null)
      : recordOutcomes((await assess(tx, one.material)).outcomes);
    models.set(one, {
      thresholds: settingsInWords(thresholds),
      gate: eligibility ? gateInWords(eligibility) : null,
      ...reportOf(records, warningReasons),
    });
  }
  return models;
}

function rowOf({ material, shown }: Shown): { readonly id: string } | undefined {
  return shown.frozen ? material.revisions.find(({ number }) => number === shown.content.revision) : undefined;
}
