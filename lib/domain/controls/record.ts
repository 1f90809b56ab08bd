import { isSame } from "@/lib/domain/same";
import type { Control, ControlNature, EvidenceFileEntry } from "@/lib/domain/worksheet/model";

/** What a shared control says, the same in every worksheet that uses it. */
export interface RecordText {
  readonly title: string;
  readonly description: string;
  readonly nature: ControlNature;
  readonly owner: string;
  /** The calendar day of its last change, or empty. */
  readonly changedOn: string;
}

/** A piece of evidence of a shared control: a link, files, or both. */
export interface RecordEvidence {
  readonly id: string;
  readonly title: string;
  /** Empty where there is no link. */
  readonly url: string;
  readonly shows: string;
  readonly collectedOn: string;
  readonly validUntil: string | null;
  readonly files: readonly EvidenceFileEntry[];
}

/** The most pieces of evidence that a shared control may have, and the most files of each. */
export const MOST_EVIDENCE = 50;
export const MOST_FILES = 20;

/**
 * Why evidence of a worksheet cannot become that of a shared control, in words that name what is in the way; null when it can.
 * The register keeps what shows something, and in a number that can still be carried everywhere.
 */
export function unshareable(evidence: readonly Pick<RecordEvidence, "title" | "url" | "files">[]): string | null {
  const empty = evidence.find(({ url, files }) => url.trim() === "" && files.length === 0);
  if (empty)
    return `“${empty.title}” has neither a link nor a file. Add one, or remove it, before the control is shared.`;
  const full = evidence.find(({ files }) => files.length > MOST_FILES);
  if (full)
    return `“${full.title}” has more than ${MOST_FILES} files. Spread them over several pieces of evidence first.`;
  if (evidence.length <= MOST_EVIDENCE) return null;
  return `The control has ${evidence.length} pieces of evidence, and a shared one has at most ${MOST_EVIDENCE}. Put some together first.`;
}

/** Files of evidence, each once: the same bytes under the same name are one. */
export function eachOnce<T extends Pick<EvidenceFileEntry, "name" | "sha256">>(files: readonly T[]): readonly T[] {
  return [...new Map(files.map((file) => [`${file.sha256} ${file.name}`, file])).values()];
}

/** What a control of a worksheet has from the register, or would give to it. */
export function textOf({ title, description, nature, owner, changedOn = "" }: Control): RecordText {
  return { title, description, nature, owner, changedOn };
}

/** Whether a control of a worksheet says what the register does. */
export function saysTheSame(control: Control, text: RecordText): boolean {
  return isSame(textOf(control), text);
}

/** A control of a worksheet with what the register says; origin, requirement and reasons stay the worksheet's own. */
export function carryText(control: Control, { changedOn, ...text }: RecordText): Control {
  const { changedOn: _before, ...own } = control;
  return { ...own, ...text, ...(changedOn !== "" && { changedOn }) };
}

/** A control as the worksheet's own, with the text that it has: it was taken out of the register, or copied elsewhere. */
export function takeOut(control: Control): Control {
  const { recordId: _was, ...own } = control;
  return own;
}

/** The controls of a definition with what the register says carried into the one that uses the record. */
export function carryInto(controls: readonly Control[], recordId: string, text: RecordText): readonly Control[] {
  return controls.map((control) => (control.recordId === recordId ? carryText(control, text) : control));
}

/** Why a control that uses the register may not be stored as it is; null when it may. */
export type Refusal = "unknown" | "retired" | "twice" | "differs";

/**
 * Judges the controls of a definition that use the register: what one has from there changes there alone, and stays as it
 * was where the worksheet has not been brought up to date.
 * @param before the controls stored until now
 * @param records what the register says, by id
 * @returns the place in `controls` and what is wrong, the first of each control
 */
export function judgeUses(
  before: readonly Control[],
  controls: readonly Control[],
  records: ReadonlyMap<string, { readonly text: RecordText; readonly retired: boolean }>,
): readonly { readonly index: number; readonly refusal: Refusal }[] {
  return controls.flatMap((control, index) => {
    const { recordId } = control;
    if (recordId === undefined) return [];
    const refused = (refusal: Refusal) => [{ index, refusal }];
    const record = records.get(recordId);
    if (!record) return refused("unknown");
    if (controls.findIndex((other) => other.recordId === recordId) < index) return refused("twice");
    const was = before.find((other) => other.id === control.id && other.recordId === recordId);
    if (was && saysTheSame(control, textOf(was))) return [];
    if (record.retired && !was) return refused("retired");
    return saysTheSame(control, record.text) ? [] : refused("differs");
  });
}
