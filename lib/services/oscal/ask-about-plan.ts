import type { ApplyPlanInput } from "@/lib/contracts/oscal-import";
import type { DispositionRow } from "@/lib/data/dispositions";
import { linkOf, loadEvidence } from "@/lib/data/evidence";
import { loadSections, partsIn } from "@/lib/data/sections";
import { listWorksheets } from "@/lib/data/worksheets";
import type { ScopedTx } from "@/lib/db/kinds";
import { type NamedText, textsIn, textsInPart } from "@/lib/domain/evidence/fresh-numbers";
import { askAboutCardNumbers } from "@/lib/services/worksheet/card-numbers";

/**
 * Asks once about everything that is to be taken in whether it holds card numbers, so that a person sees all of them before
 * saying that they are none. @returns what to say at each save @throws Failure card_number_suspected, naming each field
 */
export function askAboutPlan(
  tx: ScopedTx,
  rows: ReadonlyMap<string, DispositionRow>,
  { worksheets, acknowledgeCardNumber }: ApplyPlanInput,
): Promise<boolean> {
  const texts = worksheets.flatMap(({ dispositionId, parts, evidence, eligibility, reasons }): NamedText[] => {
    const number = rows.get(dispositionId)?.requirementNumber ?? "";
    return [
      ...parts.flatMap(({ key, content }) => textsInPart(content, `${number}.${key}`)),
      ...textsIn(
        evidence.map(({ fields }) => fields),
        `${number}.evidence`,
      ),
      ...textsIn(eligibility?.answers, `${number}.eligibility`),
      ...textsIn(reasons, `${number}.reasons`),
    ];
  });
  const ids = worksheets.flatMap(({ worksheetId }) => worksheetId ?? []);
  return askAboutCardNumbers(texts, () => textsBefore(tx, ids), acknowledgeCardNumber === true);
}

async function textsBefore(tx: ScopedTx, ids: readonly string[]): Promise<NamedText[]> {
  const sections = [...(await loadSections(tx, ids)).values()].flatMap(partsIn);
  const evidence = [...(await loadEvidence(tx, ids)).values()].flat().map(linkOf);
  const targets = await listWorksheets(tx, ids);
  return [
    ...sections.flatMap(({ content }) => textsInPart(content)),
    ...textsIn(evidence, ""),
    ...textsIn(
      targets.map(({ eligibility, warningReasons }) => ({ eligibility, warningReasons })),
      "",
    ),
  ];
}
