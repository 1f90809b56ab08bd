import type { SectionContent } from "@/lib/domain/worksheet/model";
import { narrativeText } from "@/lib/domain/worksheet/narrative-text";

/** Everything that a person wrote in a section as plain text, to carry it elsewhere by the clipboard. */
export function sectionText(content: SectionContent): string {
  return [narrativeText(content.narrative), ...texts(content.items)].filter((text) => text.trim() !== "").join("\n\n");
}

/** The words of a content whose shape is not known, such as what another version of the app kept. */
export function wordsOf(content: unknown): string {
  const { narrative, items } = content as { readonly narrative?: unknown; readonly items?: unknown };
  return [nodeWords(narrative), ...texts(items)].filter((text) => text.trim() !== "").join("\n\n");
}

function nodeWords(node: unknown): string {
  if (typeof node !== "object" || node === null) return "";
  const { text, content } = node as { readonly text?: unknown; readonly content?: unknown };
  if (typeof text === "string") return text;
  if (!Array.isArray(content)) return "";
  const isLine = content.some((one) => typeof one?.text === "string");
  return content.map(nodeWords).join(isLine ? "" : "\n");
}

function texts(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.map((item) => texts(item).join("\n"));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => (key === "id" || key === "controlIds" ? [] : texts(part)));
}
