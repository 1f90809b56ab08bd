import type { SectionContent } from "@/lib/domain/worksheet/model";
import { narrativeText } from "@/lib/domain/worksheet/narrative-text";

/** Everything that a person wrote in a section as plain text, to carry it elsewhere by the clipboard. */
export function sectionText(content: SectionContent): string {
  return [narrativeText(content.narrative), ...texts(content.items)].filter((text) => text.trim() !== "").join("\n\n");
}

function texts(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.map((item) => texts(item).join("\n"));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => (key === "id" || key === "controlIds" ? [] : texts(part)));
}
