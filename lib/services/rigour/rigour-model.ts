import { ruleRecords } from "@/lib/data/revisions";
import type { ScopedTx } from "@/lib/db/kinds";
import { gateInWords } from "@/lib/domain/rigour/gate-words";
import { recordOutcomes, reportOf } from "@/lib/domain/rigour/report";
import { settingsInWords } from "@/lib/domain/rigour/settings";
import type { RigourModel } from "@/lib/render/pdf/view-model";
import { assessAll } from "@/lib/services/rigour/assess";
import { isCcw, type WorksheetMaterial } from "@/lib/services/worksheet/material";
import type { ShownContent } from "@/lib/services/worksheet/shown-content";

/** What is shown of a worksheet. */
interface Shown {
  readonly material: WorksheetMaterial;
  readonly shown: ShownContent;
}

/**
 * What the gate was answered and what came of the rules, for each of some texts: as recorded of revisions, asked now of
 * drafts. It takes as many queries as for one.
 */
export async function rigourModels(tx: ScopedTx, texts: readonly Shown[]): Promise<(text: Shown) => RigourModel> {
  const stored = await ruleRecords(
    tx,
    texts.flatMap((one) => revisionId(one) ?? []),
  );
  const drafts = texts
    .filter(({ shown }) => !shown.frozen)
    .map(({ material }) => material)
    .filter(isCcw);
  const asked = await assessAll(tx, drafts);
  return (text) => {
    const { eligibility, warningReasons = [], thresholds = {} } = text.shown.content;
    const records = text.shown.frozen
      ? stored.get(revisionId(text) ?? "")
      : recordOutcomes(asked.get(text.material.worksheet.id)?.outcomes ?? []);
    return {
      thresholds: settingsInWords(thresholds),
      gate: eligibility ? gateInWords(eligibility) : null,
      ...reportOf(records ?? null, warningReasons),
    };
  };
}

function revisionId({ material, shown }: Shown): string | undefined {
  return shown.frozen ? material.revisions.find(({ number }) => number === shown.content.revision)?.id : undefined;
}
