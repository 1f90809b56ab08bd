import { chmod, constants, copyFile, readFile, stat } from "node:fs/promises";
import { type Contents, digestOf } from "@/lib/cli/document/content";
import type { Head } from "@/lib/cli/document/head";
import { readSheet, type Sheet, writeSheet } from "@/lib/cli/document/sheet";
import { CliError } from "@/lib/cli/exit-codes";
import { targetOf } from "@/lib/cli/target";
import type { WorksheetDto } from "@/lib/contracts/worksheet";
import { isSame } from "@/lib/domain/same";
import { type PartKey, partsOf } from "@/lib/domain/worksheet/sections";
import { hasCode, writeDurably } from "@/lib/durable";

/** Reads the file of a worksheet. @throws CliError for a file that is none */
export async function loadSheet(path: string): Promise<Sheet> {
  const sheet = readSheet(await readUtf8(path));
  if ("message" in sheet) throw new CliError(`${path}:${sheet.line}: ${sheet.message}`);
  return sheet;
}

/** A file's text. What is no text in UTF-8 would come back as other signs. @throws CliError */
async function readUtf8(path: string): Promise<string> {
  const bytes = await readFile(path);
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new CliError(`${path} is not written in UTF-8. Have your editor save it so.`);
  }
}

/**
 * Puts a text in a file's place at once, and through a link in that of the file behind it. Somebody who saved the file since it was read is not written over.
 * @param was the text that was read, as it was in the file; null where there was no file
 * @throws CliError
 */
export async function saveText(path: string, text: string, was: string | null): Promise<void> {
  const before = await readOrNull(path);
  if (before !== was)
    throw new CliError(`${path} was changed meanwhile, and is left as it is. Give the command again.`);
  const target = await targetOf(path);
  const mode = was === null ? null : (await stat(target)).mode & 0o777;
  await writeDurably(target, text);
  if (mode !== null) await chmod(target, mode);
}

/** A file's text as it is; null where there is no file. */
export async function readOrNull(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (hasCode(error, "ENOENT")) return null;
    throw error;
  }
}

/** Keeps a copy of a file beside it, under a name that is free. @returns the copy's path */
export async function keepOriginal(path: string): Promise<string> {
  for (let count = 1; ; count += 1) {
    const copy = count === 1 ? `${path}.orig` : `${path}.orig.${count}`;
    try {
      await copyFile(path, copy, constants.COPYFILE_EXCL);
      return copy;
    } catch (error) {
      if (!hasCode(error, "EEXIST")) throw error;
    }
  }
}

/** The draft's contents. @throws CliError where the person may not see the draft */
export function contentsOf(worksheet: WorksheetDto): Contents {
  const { sections, kind, header } = worksheet;
  if (!sections) {
    throw new CliError(
      `${header.requirementNumber}: you may read its frozen revisions alone, and they are not edited. Take them out with export.`,
    );
  }
  return Object.fromEntries(
    partsOf(kind, header.standardVersion).flatMap((key) => (sections[key] ? [[key, sections[key].content]] : [])),
  ) as Contents;
}

/** The head of a worksheet's file, written on what the server has now. */
export function headOf(worksheet: WorksheetDto, server: string, now: Date): Head {
  const { id, engagementId, header, kind, state, revision, permissions, sections } = worksheet;
  const written = partsOf(kind, header.standardVersion).flatMap((key) => {
    const section = sections?.[key];
    return section ? [[key, { version: section.version, sha256: digestOf(section.content) }]] : [];
  });
  return {
    countervail: 1,
    server,
    engagement: { id: engagementId, name: header.engagementName },
    worksheet: id,
    kind,
    standard: header.standardVersion,
    requirement: header.requirementNumber,
    title: header.requirementTitle,
    state,
    revision,
    editable: permissions.edit || permissions.answerCriteria,
    pulled: now.toISOString(),
    sections: Object.fromEntries(written) as Head["sections"],
  };
}

/** A worksheet as a new file's text, which was read back and compared. */
export function sheetText(
  worksheet: WorksheetDto,
  server: string,
  now: Date,
): { readonly text: string; readonly head: Head; readonly contents: Contents } {
  const head = headOf(worksheet, server, now);
  const contents = contentsOf(worksheet);
  const text = writeSheet(head, contents);
  const back = readSheet(text);
  const keys = Object.keys(contents) as PartKey[];
  const same = "sections" in back && keys.every((key) => isSame(back.sections.get(key)?.content, contents[key]));
  if (!same)
    throw new Error(`worksheet ${head.worksheet} does not come back from its file as it was; nothing was written`);
  return { text, head, contents };
}
