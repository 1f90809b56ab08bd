import { Document, isMap, isScalar, LineCounter, parseDocument, visit } from "yaml";
import { completeEntries, FIELD_NOTES, isNamed, listNameOf, type Named } from "@/lib/cli/document/entries";
import { MARK_LINE } from "@/lib/cli/markdown/mdast";
import type { Trouble } from "@/lib/cli/trouble";
import { isSame } from "@/lib/domain/same";
import { isRecordPart, type PartKey } from "@/lib/domain/worksheet/sections";

/** The fields of a part as they were read, with the places of their values. */
export interface ReadFields {
  readonly items: unknown;
  /** Whether an entry is new, and got its id here. */
  readonly added: boolean;
  /** The line in the file of a value, by its path. */
  readonly lineOf: (path: readonly PropertyKey[]) => number;
}

/**
 * The fields of a part as YAML. Every value is text, so that 8.3 stays 8.3 and no a word.
 * @param names what people call the entries that ids point to; written as comments
 */
export function writeFields(key: PartKey, items: object, names: (id: string) => string | null): string {
  const shown = withoutEmptyList(key, items);
  const document = new Document(shown, { schema: "failsafe" });
  visit(document, {
    Scalar(at, node, path) {
      const parent = path.at(-2);
      const inIds = at !== "key" && typeof node.value === "string" && isIdList(parent);
      const name = inIds ? names(String(node.value)) : null;
      if (name && /^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,60}$/u.test(name)) node.comment = ` ${name}`;
    },
  });
  const notes = (FIELD_NOTES[key] ?? []).map((line) => ` ${line}`);
  if (listNameOf(key) !== null && key !== "criteria") notes.push(" A new entry needs no id and no label.");
  if (notes.length > 0) document.commentBefore = notes.join("\n");
  const text = document.toString({ lineWidth: 0, flowCollectionPadding: false });
  const back = parseDocument(text, { schema: "failsafe" });
  const same = back.errors.length === 0 && isSame(back.toJS(), shown) && !MARK_LINE.test(text) && !text.includes("\r");
  return (same ? text : asciiJson(shown)).replace(/\n$/, "");
}

/** Reads the fields of a part. @param firstLine the line of the file on which the text begins */
export function readFields(
  key: PartKey,
  text: string,
  { firstLine, place, tell }: { firstLine: number; place: readonly string[]; tell: (trouble: Trouble) => void },
): ReadFields | null {
  const counter = new LineCounter();
  const document = parseDocument(text, { schema: "failsafe", lineCounter: counter });
  const lineAt = (offset: number) => firstLine + counter.linePos(offset).line - 1;
  for (const error of [...document.errors, ...document.warnings]) {
    tell({ line: lineAt(error.pos[0]), message: `The fields are not whole: ${firstSentence(error.message)}` });
  }
  const lost = whatIsLost(document);
  for (const { offset, message } of lost) tell({ line: lineAt(offset), message });
  if (document.errors.length > 0 || lost.length > 0) return null;
  const value: unknown = document.toJS({ maxAliasCount: 0 });
  if (!isNamed(value)) {
    tell({ line: firstLine, message: "Fields are names with values, such as “owner: Kim”." });
    return null;
  }
  const { items, added } = complete(key, value, place);
  const lineOf = (path: readonly PropertyKey[]): number => {
    for (let length = path.length; length > 0; length -= 1) {
      const node: unknown = document.getIn(path.slice(0, length), true);
      const range = isMap(node) || isScalar(node) ? node.range : undefined;
      if (range) return lineAt(range[0]);
    }
    return firstLine;
  };
  return { items, added, lineOf };
}

/** What people mean as text and YAML does not: it would be gone without a word. */
function whatIsLost(document: Document.Parsed): { readonly offset: number; readonly message: string }[] {
  const lost: { readonly offset: number; readonly message: string }[] = [];
  const quoted = "put the whole value in quotation marks.";
  visit(document, {
    Alias(_at, node) {
      lost.push({
        offset: node.range?.[0] ?? 0,
        message: `“*” at the beginning means another value to YAML: ${quoted}`,
      });
    },
    Collection(_at, node) {
      if (node.anchor)
        lost.push({ offset: node.range?.[0] ?? 0, message: `“&” at the beginning is a name to YAML: ${quoted}` });
    },
    Scalar(at, node, path) {
      const offset = node.range?.[0] ?? 0;
      if (node.anchor) lost.push({ offset, message: `“&” at the beginning is a name to YAML: ${quoted}` });
      const named = at !== "key" && isIdList(path.at(-2));
      if (node.comment && !named) lost.push({ offset, message: `What follows “#” is no text to YAML: ${quoted}` });
    },
  });
  return lost;
}

function complete(key: PartKey, value: Named, place: readonly string[]): { items: Named; added: boolean } {
  const list = listNameOf(key);
  if (list === null) return { items: isRecordPart(key) ? { ...value, entries: [] } : value, added: false };
  // A list without entries is written as an empty value by people.
  const given = value[list] === "" || value[list] === undefined ? [] : value[list];
  if (!Array.isArray(given)) return { items: value, added: false };
  const { entries, added } = completeEntries(key, given.map(withLists), place);
  return { items: { ...value, [list]: entries }, added };
}

function withLists(entry: unknown): unknown {
  return isNamed(entry) && entry.controlIds === "" ? { ...entry, controlIds: [] } : entry;
}

/** Parts of records without a list have one that is always empty; it says nothing to people. */
function withoutEmptyList(key: PartKey, items: object): object {
  if (!isRecordPart(key) || listNameOf(key) !== null) return items;
  return Object.fromEntries(Object.entries(items).filter(([name]) => name !== "entries"));
}

function isIdList(node: unknown): boolean {
  return isPairOf(node, "controlIds");
}

function isPairOf(node: unknown, name: string): boolean {
  return typeof node === "object" && node !== null && "key" in node && isScalar(node.key) && node.key.value === name;
}

/** JSON is YAML, and in plain ASCII no reader of YAML takes a sign of it for a line's end. */
function asciiJson(value: object): string {
  return JSON.stringify(value, null, 1).replace(
    /[^\n\x20-\x7e]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function firstSentence(message: string): string {
  return message.split("\n")[0]?.replace(/ at line \d+, column \d+:?$/, "") ?? message;
}
