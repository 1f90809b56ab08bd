import type { Checked } from "@/lib/cli/commands/push-check";
import type { PushOptions } from "@/lib/cli/commands/push-options";
import { pairsOf } from "@/lib/cli/commands/refresh";
import { baseOf, keepBase, readBase } from "@/lib/cli/document/base";
import { markConflict } from "@/lib/cli/document/conflict";
import { type Contents, digestOf } from "@/lib/cli/document/content";
import { keepOriginal, readOrNull, saveText } from "@/lib/cli/document/file";
import { normalised, type Written, withWritten } from "@/lib/cli/document/head";
import { mergedOf, type Sides, standingOf, textsInConflict } from "@/lib/cli/document/plan";
import { writeSection } from "@/lib/cli/document/section";
import { namesIn, replaceInSheet } from "@/lib/cli/document/sheet";
import { namesOneOf, undecidedIn } from "@/lib/cli/document/undecided";
import { CliError, EXIT } from "@/lib/cli/exit-codes";
import { explain } from "@/lib/cli/explain";
import type { Terminal } from "@/lib/cli/terminal";
import { isProblem } from "@/lib/client/errors";
import type { SectionDto } from "@/lib/contracts/section";
import { instantInWords } from "@/lib/domain/format-date";
import { isSame } from "@/lib/domain/same";
import type { SectionContent } from "@/lib/domain/worksheet/model";
import { PART_LABELS, type PartKey } from "@/lib/domain/worksheet/sections";

/** What became of a file while it was sent. */
interface Outcome {
  readonly written: Partial<Record<PartKey, Written>>;
  readonly contents: Record<string, unknown>;
  /** Other lines for sections. */
  readonly texts: Map<PartKey, string>;
  /** Whether lines that a person wrote are among those that are replaced. */
  replaced: boolean;
  conflicts: number;
  sent: number;
  /** Entries of sections in conflict, which nobody has chosen yet. */
  readonly undecided: Set<string>;
  /** Sections that name one of those. */
  held: number;
}

/** Sends the changed sections of a file that was checked, and brings the file up to date. @returns the code to end with */
export async function sendFile(terminal: Terminal, checked: Checked, options: PushOptions): Promise<number> {
  const { path, sheet } = checked;
  const was = await readOrNull(path);
  if (was === null || normalised(was) !== sheet.text) {
    throw new CliError(`${path} was changed while it was checked. Nothing of it was sent. Push it again.`);
  }
  const base = await readBase(path, sheet.head);
  const outcome: Outcome = {
    written: {},
    contents: { ...base },
    texts: new Map(),
    replaced: false,
    conflicts: 0,
    sent: 0,
    undecided: new Set(),
    held: 0,
  };
  let failure: unknown = null;
  try {
    for (const pair of namedFirst(pairsOf(sheet, checked.worksheet))) {
      if (!pair.mine) continue;
      const sides = { ...pair, mine: pair.mine, base: baseOf(base, pair.key) } as Sides;
      await settle(terminal, checked, sides, options, outcome);
    }
  } catch (error) {
    failure = error;
  }
  // What was sent before a failure stands in the file too, or the next push would take it for somebody else's.
  await bringUpToDate(terminal, checked, was, outcome);
  if (failure) {
    const { text, code } = explain(failure);
    throw new CliError(`${path}: ${text}`, code as CliError["code"]);
  }
  if (outcome.sent + outcome.conflicts + outcome.held === 0) terminal.out(`${path}  nothing to send`);
  return outcome.conflicts + outcome.held > 0 ? EXIT.refused : EXIT.done;
}

/** The controls go before what names them, which waits where they are in conflict. */
function namedFirst<P extends { readonly key: PartKey }>(pairs: readonly P[]): readonly P[] {
  return [...pairs].sort((a, b) => Number(b.key === "definition") - Number(a.key === "definition"));
}

async function settle(
  terminal: Terminal,
  checked: Checked,
  sides: Sides,
  options: PushOptions,
  outcome: Outcome,
): Promise<void> {
  const { key, mine, current } = sides;
  const { path, sheet } = checked;
  const added = sheet.sections.get(key)?.added ?? false;
  switch (standingOf(sides)) {
    case "unchanged":
      return;
    case "there":
      terminal.note(`${path}: “${PART_LABELS[key]}” was saved ${whoAndWhen(current)}. Pull to have it.`);
      return;
    case "same":
      return take(outcome, checked, current, added);
    case "here":
      return sendOne(terminal, checked, sides, { content: mine, with: "", rewrite: added }, options, outcome);
    case "both":
      return collide(terminal, checked, sides, options, outcome);
  }
}

/** What is sent of a section. */
interface Sending {
  readonly content: SectionContent<PartKey>;
  /** What it is sent together with, in words behind its name. */
  readonly with: string;
  /** Whether its lines in the file have to be written anew in any case. */
  readonly rewrite: boolean;
}

/** Sends a section, unless it names what is in conflict; meets there whoever saved it at the same moment. */
async function sendOne(
  terminal: Terminal,
  checked: Checked,
  sides: Sides,
  sending: Sending,
  options: PushOptions,
  outcome: Outcome,
): Promise<void> {
  const { path } = checked;
  const label = PART_LABELS[sides.key];
  if (namesOneOf(sending.content, outcome.undecided)) {
    outcome.held += 1;
    terminal.note(
      `${path}: “${label}” names what is in conflict above, and was not sent. Choose there, and push again.`,
    );
    return;
  }
  const reply = await send(checked, sides, sending.content, options);
  if ("theirs" in reply) return collide(terminal, checked, { ...sides, current: reply.theirs }, options, outcome);
  outcome.sent += 1;
  terminal.out(`${path}  sent: ${label}${sending.with}`);
  take(outcome, checked, reply.stored, sending.rewrite || !isSame(reply.stored.content, sending.content));
}

/** Both sides changed a section. */
async function collide(
  terminal: Terminal,
  checked: Checked,
  sides: Sides,
  options: PushOptions,
  outcome: Outcome,
): Promise<void> {
  const { key, current, written } = sides;
  const { path, worksheet } = checked;
  const merged = mergedOf(sides);
  if (merged && (await wantsMerge(terminal, path, sides, options))) {
    const along = `, together with what was saved ${whoAndWhen(current)}`;
    const before = outcome.sent;
    await sendOne(terminal, checked, sides, { content: merged, with: along, rewrite: true }, options, outcome);
    if (outcome.sent > before) outcome.replaced = true;
    return;
  }
  const { mine, theirs } = textsInConflict(sides, options.merge === true);
  const contents = Object.fromEntries(
    [...checked.sheet.sections].map(([one, read]) => [one, read.content]),
  ) as Contents;
  const text = markConflict(writeSection(key, mine, namesIn(contents)), writeSection(key, theirs, namesOf(worksheet)), {
    mine: `yours, written on version ${written.version}`,
    theirs: `the server's version ${current.version}, saved ${whoAndWhen(current)}`,
  });
  outcome.texts.set(key, text);
  outcome.replaced = true;
  outcome.conflicts += 1;
  for (const id of undecidedIn(mine.items, current.content.items)) outcome.undecided.add(id);
  // From here on it is a change of what the server has, once the person has chosen.
  note(outcome, current);
  const might = merged ? " Both touch different places: push --merge takes them together." : "";
  terminal.note(
    `${path}: conflict in “${PART_LABELS[key]}”, which was saved ${whoAndWhen(current)}. Both texts are in the file; it was not sent.${options.merge === undefined ? might : ""}`,
  );
}

async function wantsMerge(
  terminal: Terminal,
  path: string,
  { key, current }: Sides,
  { merge }: PushOptions,
): Promise<boolean> {
  if (merge !== undefined || !terminal.canAsk) return merge === true;
  return terminal.confirm(
    `${path}: “${PART_LABELS[key]}” was saved ${whoAndWhen(current)}. Your changes do not touch theirs. Take both together?`,
  );
}

/** The same change has the same key, so that one whose reply was lost is not made twice. */
async function send<K extends PartKey>(
  { api, worksheet }: Checked,
  { key, current }: Sides<K>,
  content: SectionContent<K>,
  { acknowledge }: PushOptions,
): Promise<{ readonly stored: SectionDto<K> } | { readonly theirs: SectionDto<K> }> {
  const body = { baseVersion: current.version, content, ...(acknowledge ? { acknowledgeCardNumber: true } : {}) };
  const idempotency = `cli-${digestOf([worksheet.id, key, body])}`;
  try {
    return { stored: await api.put<SectionDto<K>>(`/worksheets/${worksheet.id}/sections/${key}`, body, idempotency) };
  } catch (error) {
    if (isProblem(error, "stale") && error.problem.current) return { theirs: error.problem.current as SectionDto<K> };
    throw error;
  }
}

/** The file is on this version of a section now. @param rewrite whether its lines have to be written anew */
function take(outcome: Outcome, { worksheet }: Checked, stored: SectionDto, rewrite: boolean): void {
  note(outcome, stored);
  if (rewrite) outcome.texts.set(stored.key, writeSection(stored.key, stored.content, namesOf(worksheet)));
}

function note(outcome: Outcome, { key, version, content }: SectionDto): void {
  outcome.written[key] = { version, sha256: digestOf(content) };
  outcome.contents[key] = content;
}

async function bringUpToDate(
  terminal: Terminal,
  { path, sheet }: Checked,
  was: string,
  outcome: Outcome,
): Promise<void> {
  if (Object.keys(outcome.written).length === 0) return;
  const head = withWritten(sheet.head, outcome.written);
  if (outcome.replaced) terminal.note(`${path} as it was is kept in ${await keepOriginal(path)}.`);
  await keepBase(path, head, outcome.contents as Contents);
  await saveText(path, replaceInSheet(sheet, head, outcome.texts), was);
}

function namesOf({ sections }: Checked["worksheet"]): (id: string) => string | null {
  const contents = Object.fromEntries(Object.entries(sections ?? {}).map(([key, { content }]) => [key, content]));
  return namesIn(contents as Contents);
}

function whoAndWhen({ updatedBy, updatedAt }: SectionDto): string {
  return `by ${updatedBy?.name ?? "somebody"} on ${instantInWords(updatedAt)}`;
}
