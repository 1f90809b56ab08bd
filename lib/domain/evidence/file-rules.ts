import { FILE_EXTENSIONS, FILE_KINDS, type FileKindName } from "@/lib/domain/evidence/file-kinds";
import type { FileLimits } from "@/lib/domain/evidence/file-limits";
import { err, ok, type Result } from "@/lib/domain/result";

/** The rule that a file breaks. */
export type FileRule =
  | "name"
  | "kind"
  | "empty"
  | "size"
  | "too_many"
  | "organisation_full"
  | "wrong_content"
  | "trailing_data"
  | "picture_size"
  | "not_text"
  | "web_page"
  | "broken_container"
  | "container_size"
  | "container_members"
  | "container_ratio"
  | "container_path"
  | "container_link"
  | "container_encrypted"
  | "macros"
  | "virus";

/** Why a file is not taken: the rule, and in words what it is and where its limit lies. */
export interface FileRefusal {
  readonly rule: FileRule;
  readonly words: string;
}

/** A refusal as the failing side of a result. */
export function refuseFile(rule: FileRule, words: string): Result<never, FileRefusal> {
  return err({ rule, words });
}

/** The most characters of a file's name. */
export const NAME_LENGTH = 200;
/** Characters that nobody sees or that turn the reading direction: with them a name lies about its end. */
const UNSEEN = /[\p{Cc}\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/u;

/**
 * A file's name as the person wrote it. Nothing in it is repaired: what would lead out of a folder, hide the ending or
 * break a header is refused with the reason.
 */
export function checkFileName(name: string): Result<string, FileRefusal> {
  const refuse = (words: string) => refuseFile("name", words);
  if (name.trim() === "") return refuse("The file has no name.");
  if ([...name].length > NAME_LENGTH) return refuse(`The file’s name has more than ${NAME_LENGTH} characters.`);
  // An address that is not UTF-8 comes with this in the place of what was sent.
  if (!name.isWellFormed() || name.includes("\ufffd"))
    return refuse("The file’s name holds a broken Unicode character.");
  if (UNSEEN.test(name)) return refuse("The file’s name holds characters that cannot be seen. Rename it first.");
  if (/[/\\]/.test(name)) return refuse("The file’s name holds a path. Give the name alone, without folders.");
  if (/^\.|[. ]$|^ /.test(name)) return refuse("The file’s name may not begin or end with a dot or a space.");
  return ok(name);
}

/** Refuses a name whose ending is on no list. */
export function refuseKind(): Result<never, FileRefusal> {
  const list = FILE_EXTENSIONS.map((extension) => `.${extension}`).join(", ");
  return refuseFile("kind", `Files of this kind are not taken. Allowed are ${list}.`);
}

/** What is said of a file whose content is another than its name claims. */
export function refuseContent(kind: FileKindName, really: string | null): Result<never, FileRefusal> {
  const found = really === null ? "its content is something else" : `its content is ${really}`;
  return refuseFile("wrong_content", `The name says ${FILE_KINDS[kind].words}, but ${found}.`);
}

/** Whether a worksheet and an organisation still have room for a file. */
export function checkRoom(
  used: { readonly worksheetFiles: number; readonly organisationBytes: number },
  size: number,
  limits: FileLimits,
): Result<null, FileRefusal> {
  if (used.worksheetFiles >= limits.worksheetFiles) {
    return refuseFile("too_many", `The most files that a worksheet may have is ${limits.worksheetFiles}.`);
  }
  if (used.organisationBytes + size > limits.organisationBytes) {
    const most = sizeWords(limits.organisationBytes);
    const left = sizeWords(Math.max(limits.organisationBytes - used.organisationBytes, 0));
    return refuseFile("organisation_full", `The organisation may store ${most}; ${left} are left.`);
  }
  return ok(null);
}

/** What is said of a file that is too large. */
export function tooLargeWords(limits: FileLimits): string {
  return `A file may have at most ${sizeWords(limits.fileBytes)}.`;
}

const UNITS = ["bytes", "kB", "MB", "GB", "TB"] as const;

/** A size for reading, in powers of 1,000: “25 MB”, “1.2 kB”. */
export function sizeWords(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1_000 && unit < UNITS.length - 1) {
    value /= 1_000;
    unit += 1;
  }
  const shown = unit === 0 || value >= 100 ? Math.round(value) : Math.round(value * 10) / 10;
  return `${shown.toLocaleString("en")} ${unit === 0 && bytes === 1 ? "byte" : UNITS[unit]}`;
}
