import type { ApplyPlanInput, WorksheetImport } from "@/lib/contracts/oscal-import";
import type { DispositionRow } from "@/lib/data/dispositions";
import { linkOf, loadEvidence } from "@/lib/data/evidence";
import { loadSections } from "@/lib/data/sections";
import { listWorksheets } from "@/lib/data/worksheets";
import type { ScopedTx } from "@/lib/db/kinds";
import { type NamedText, type TextsOfPlace, textsIn, textsInPart } from "@/lib/domain/evidence/fresh-numbers";
import { askAboutPlaces } from "@/lib/services/worksheet/card-numbers";

/**
 * Asks once about everything that is to be taken in whether it holds card numbers, so that a person sees all of them before
 * saying that they are none. Each save is held against what stands in its own place, as the save itself does.
 * @returns what to say at each save @throws Failure card_number_suspected, naming each field
 */
export async function askAboutPlan(
  tx: ScopedTx,
  rows: ReadonlyMap<string, DispositionRow>,
  { worksheets, acknowledgeCardNumber }: ApplyPlanInput,
): Promise<boolean> {
  const acknowledged = acknowledgeCardNumber === true;
  const places = worksheets.map((one) => placesOf(one, rows.get(one.dispositionId)?.requirementNumber ?? ""));
  const ids = worksheets.flatMap(({ worksheetId }) => worksheetId ?? []);
  const before = async () => {
    const stored = await textsBefore(tx, ids);
    return worksheets.flatMap(({ worksheetId }, index) =>
      (places[index] ?? []).map(({ place, texts }): TextsOfPlace => {
        return { texts, before: stored(worksheetId, place) };
      }),
    );
  };
  await askAboutPlaces(
    places.flat().flatMap(({ texts }) => texts),
    before,
    acknowledged,
  );
  return acknowledged;
}

/** A place of a worksheet that one save writes: a part by its key, evidence by its id, the gate, or the reasons. */
interface Place {
  readonly place: string;
  readonly texts: readonly NamedText[];
}

const NEW = "new";

function placesOf({ parts, evidence, eligibility, reasons }: WorksheetImport, number: string): Place[] {
  return [
    ...parts.map(({ key, content }) => ({ place: key, texts: textsInPart(content, `${number}.${key}`) })),
    ...evidence.map(({ changes, fields }, index) => ({
      place: changes?.id ?? NEW,
      texts: textsIn(fields, `${number}.evidence.${index}`),
    })),
    { place: "eligibility", texts: textsIn(eligibility?.answers, `${number}.eligibility`) },
    {
      place: "reasons",
      texts: reasons.map(({ reason }, index) => ({ path: `${number}.reasons.${index}.reason`, text: reason })),
    },
  ];
}

async function textsBefore(tx: ScopedTx, ids: readonly string[]) {
  const sections = await loadSections(tx, ids);
  const evidence = await loadEvidence(tx, ids);
  const targets = new Map((await listWorksheets(tx, ids)).map((target) => [target.id, target]));
  const links = new Map([...evidence.values()].flat().map((one) => [one.id, linkOf(one)]));
  return (worksheetId: string | null, place: string): readonly NamedText[] => {
    const target = targets.get(worksheetId ?? "");
    if (!target || place === NEW) return [];
    if (place === "eligibility") return textsIn(target.eligibility, "");
    if (place === "reasons") return target.warningReasons.map(({ reason }) => ({ path: "", text: reason }));
    const part = Object.entries(sections.get(target.id) ?? {}).find(([key]) => key === place);
    return part ? textsInPart(part[1].content) : textsIn(links.get(place), "");
  };
}
