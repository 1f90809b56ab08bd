import type { Api } from "@/lib/cli/api";
import type { PushOptions } from "@/lib/cli/commands/push-options";
import { pairsOf } from "@/lib/cli/commands/refresh";
import { troublesIn } from "@/lib/cli/commands/troubles";
import { digestOf } from "@/lib/cli/document/content";
import { contentsOf } from "@/lib/cli/document/file";
import type { Sheet } from "@/lib/cli/document/sheet";
import type { WorksheetDto } from "@/lib/contracts/worksheet";
import { freshNumbers, textsInPart } from "@/lib/domain/evidence/fresh-numbers";
import { kindNoun } from "@/lib/domain/records/kinds";
import { CRITERIA_PART, PART_LABELS, type PartKey } from "@/lib/domain/worksheet/sections";

/** A file in which nothing stands that would be refused, with what the server has. */
export interface Checked {
  readonly path: string;
  readonly sheet: Sheet;
  readonly api: Api;
  readonly worksheet: WorksheetDto;
}

/** The largest body that the server takes for a section, in bytes; the rest of the body is a few words. */
const MOST_BYTES = 990_000;

/**
 * Looks for everything that the server would refuse: mistakes in the file, rights, the state, sizes, card numbers.
 * @param found what the server has; null when the file itself is not right
 */
export function checkFile(
  path: string,
  sheet: Sheet,
  found: Pick<Checked, "api" | "worksheet"> | null,
  options: PushOptions,
): Checked | { readonly complaints: readonly string[] } {
  if (!found) return { complaints: [troublesIn(path, sheet)] };
  const { worksheet } = found;
  contentsOf(worksheet);
  const complaints = pairsOf(sheet, worksheet).flatMap(({ key, mine, written, current }) => {
    if (!mine || digestOf(mine) === written.sha256) return [];
    const line = sheet.sections.get(key)?.lines.from ?? 1;
    const at = `${path}:${line}: “${PART_LABELS[key]}”`;
    if (!mayWrite(worksheet, key)) return [`${at} ${whyNot(worksheet)}`];
    if (Buffer.byteLength(JSON.stringify(mine)) > MOST_BYTES) return [`${at} is too large to be sent.`];
    if (options.acknowledge) return [];
    return freshNumbers(textsInPart(mine), textsInPart(current.content)).map(
      ({ lastFour }) =>
        `${at} has what looks like a card number that ends in ${lastFour}. Mask all but these digits; if it is something else, take --no-card-numbers.`,
    );
  });
  return complaints.length > 0 ? { complaints } : { path, sheet, ...found };
}

function mayWrite({ permissions }: WorksheetDto, key: PartKey): boolean {
  return key === CRITERIA_PART ? permissions.answerCriteria : permissions.edit;
}

function whyNot({ state, kind, assignees }: WorksheetDto): string {
  if (state !== "draft" && state !== "changes_requested") {
    return `was changed, but the ${kindNoun(kind)} is not being written now (${state.replaceAll("_", " ")}).`;
  }
  const names = assignees.map(({ name }) => name).join(", ");
  return `was changed, but you may not write it${names ? `: it is given to ${names}` : ""}.`;
}
