import { troublesIn } from "@/lib/cli/commands/troubles";
import { baseOf, keepBase, readBase } from "@/lib/cli/document/base";
import { type Contents, digestOf } from "@/lib/cli/document/content";
import { contentsOf, headOf, loadSheet, readOrNull, saveText } from "@/lib/cli/document/file";
import { type Written, withWritten } from "@/lib/cli/document/head";
import { standingOf } from "@/lib/cli/document/plan";
import { writeSection } from "@/lib/cli/document/section";
import { namesIn, replaceInSheet, type Sheet } from "@/lib/cli/document/sheet";
import { CliError, EXIT } from "@/lib/cli/exit-codes";
import type { Terminal } from "@/lib/cli/terminal";
import type { SectionDto } from "@/lib/contracts/section";
import type { WorksheetDto } from "@/lib/contracts/worksheet";
import { PART_LABELS, type PartKey } from "@/lib/domain/worksheet/sections";

/** A section of a file beside the server's. */
interface Pair {
  readonly key: PartKey;
  readonly mine: NonNullable<Sheet["sections"] extends ReadonlyMap<PartKey, infer S> ? S : never>["content"];
  readonly written: Written;
  readonly current: SectionDto;
}

/** The sections that a file and the server both have. */
export function pairsOf(sheet: Sheet, worksheet: WorksheetDto): readonly Pair[] {
  return [...sheet.sections].flatMap(([key, { content: mine }]) => {
    const written = sheet.head.sections[key];
    const current = worksheet.sections?.[key] as SectionDto | undefined;
    return written && current ? [{ key, mine, written, current }] : [];
  });
}

/**
 * Brings a file up to date with what the server has: sections that the file has not changed become the server's, those that it
 * changed stay. @returns the code to end with
 */
export async function refresh(terminal: Terminal, path: string, worksheet: WorksheetDto): Promise<number> {
  const was = await readOrNull(path);
  const sheet = await loadSheet(path);
  if (sheet.troubles.length > 0) {
    throw new CliError(`${troublesIn(path, sheet)}\n${path} is left as it is. Put it right, or take --force.`);
  }
  const base = await readBase(path, sheet.head);
  const written: Partial<Record<PartKey, Written>> = {};
  const contents: Record<string, unknown> = { ...base };
  const taken = new Map<PartKey, string>();
  const names = namesIn(contentsOf(worksheet));
  const both: string[] = [];
  for (const { key, mine, written: on, current } of pairsOf(sheet, worksheet)) {
    if (!mine) continue;
    const standing = standingOf({ key, mine, written: on, base: baseOf(base, key), current });
    if (standing === "both") both.push(PART_LABELS[key]);
    if (standing === "both" || standing === "here") continue;
    if (standing === "there") taken.set(key, writeSection(key, current.content, names));
    written[key] = { version: current.version, sha256: digestOf(current.content) };
    contents[key] = current.content;
  }
  const fresh = headOf(worksheet, sheet.head.server, terminal.now());
  const head = withWritten({ ...fresh, sections: sheet.head.sections }, written);
  await keepBase(path, head, contents as Contents);
  await saveText(path, replaceInSheet(sheet, head, taken), was);
  const news = [...taken.keys()].map((key) => PART_LABELS[key]).join(", ");
  terminal.out(news ? `${path}  new from the server: ${news}` : `${path}  nothing new`);
  if (both.length === 0) return EXIT.done;
  terminal.note(
    `${path}: both sides changed ${both.join(", ")}. Your text stays; push shows both, push --merge takes both together where they do not touch.`,
  );
  return EXIT.refused;
}
