import type { TextRange } from "@/lib/domain/rigour/finding";
import { type Compared, compared, likeness, sharedPassage } from "@/lib/domain/rigour/likeness";
import { itemPieces, type Piece, textOf } from "@/lib/domain/rigour/reading";
import { CONTENT_FIELDS, summariseText } from "@/lib/domain/rigour/section-length";
import type { WorksheetSections } from "@/lib/domain/worksheet/model";
import type { SectionKey } from "@/lib/domain/worksheet/sections";

/**
 * How a section stands to the one it was taken from: `same` words, whatever the dates and numbers; `alike`; `own`. A section
 * that is empty, here or there, is one's own.
 */
type CopyStanding = "same" | "alike" | "own";

// While one types the source stays the object it was, so each of its sections is prepared once.
const prepared = new WeakMap<WorksheetSections, Map<SectionKey, Compared>>();

/** The section that was taken, prepared for comparing. */
export function comparedSource(source: WorksheetSections, section: SectionKey): Compared {
  const known = prepared.get(source) ?? new Map<SectionKey, Compared>();
  prepared.set(source, known);
  const found = known.get(section) ?? compared(summariseText(source, section));
  known.set(section, found);
  return found;
}

/** How a section stands to the one it was taken from; `threshold` is the likeness from which on two texts are alike. */
export function copyStanding(
  sections: WorksheetSections,
  source: WorksheetSections,
  section: SectionKey,
  threshold: number,
): CopyStanding {
  const theirs = comparedSource(source, section);
  const ours = compared(summariseText(sections, section));
  if (ours.words.length === 0 || theirs.words.length === 0) return "own";
  if (ours.words.join(" ") === theirs.words.join(" ")) return "same";
  return likeness(ours, theirs) >= threshold ? "alike" : "own";
}

/** Where the longest passage stands that a section shares with the one it was taken from: in its text or in an item. */
export function sharedPlace(
  sections: WorksheetSections,
  source: WorksheetSections,
  section: SectionKey,
): { readonly itemId?: string; readonly field?: string; readonly range: TextRange } | null {
  const theirs = comparedSource(source, section);
  const own: Piece = { place: { section }, text: textOf(sections[section].narrative) };
  const pieces = [own, ...itemPieces(sections, section, CONTENT_FIELDS[section])];
  let best: { readonly piece: Piece; readonly range: TextRange } | null = null;
  for (const piece of pieces) {
    const range = sharedPassage(compared(piece.text), theirs);
    if (range && (best === null || range.to - range.from > best.range.to - best.range.from)) best = { piece, range };
  }
  if (best === null) return null;
  const { itemId, field } = best.piece.place;
  return { ...(itemId !== undefined && { itemId }), ...(field !== undefined && { field }), range: best.range };
}
