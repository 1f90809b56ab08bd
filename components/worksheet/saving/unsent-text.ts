import type { Attempt, Stored } from "@/components/worksheet/saving/save-state";
import { wordsOf } from "@/components/worksheet/section-text";
import type { SectionContent } from "@/lib/domain/worksheet/model";
import type { PartKey } from "@/lib/domain/worksheet/sections";

/** Text of a section that the server is not known to have, as kept on this device. */
export interface UnsentText {
  readonly content: SectionContent;
  /** What it was written on. */
  readonly base: Stored<SectionContent>;
  /** A save that got no answer; when the server turns out to have it, it is no one else's. */
  readonly attempt: Attempt<SectionContent> | null;
  /** ISO instant of the last change. */
  readonly at: string;
}

/** Unsent text of an earlier visit, with its place in the store. */
export interface FoundText extends UnsentText {
  readonly storeKey: string;
  readonly section: PartKey;
  /** Null for a text that can be taken up. One that this page's editor cannot read is offered as the words in it alone. */
  readonly plain: string | null;
}

/** Where unsent text is kept; the browser's localStorage, or a Map in tests. */
export interface TextStore {
  readonly keys: () => readonly string[];
  readonly read: (key: string) => string | null;
  /** False when the device has no room or forbids it. */
  readonly write: (key: string, value: string) => boolean;
  readonly remove: (key: string) => void;
}

const PREFIX = "countervail.unsent.v1";

/** Whose text of which worksheet, and the visit of the page that it was typed in. */
export interface UnsentPlace {
  readonly userId: string;
  readonly worksheetId: string;
  readonly visitId: string;
}

function storeKey(place: UnsentPlace, section: PartKey): string {
  return [PREFIX, place.userId, place.worksheetId, section, place.visitId].join(".");
}

/** Keeps the unsent text of a section; false when this device cannot. */
export function keepText(store: TextStore, place: UnsentPlace, section: PartKey, text: UnsentText): boolean {
  return store.write(storeKey(place, section), JSON.stringify(text));
}

/** Removes what this visit kept of a section. */
export function forgetText(store: TextStore, place: UnsentPlace, section: PartKey): void {
  store.remove(storeKey(place, section));
}

/**
 * What earlier visits of this person left unsent in this worksheet, oldest first. Visits that are
 * still open in another tab (`openVisits`) look after their own text.
 * @param fits whether the editor can read a narrative: another version of the app may have written it
 */
export function findTexts(
  store: TextStore,
  place: UnsentPlace,
  openVisits: ReadonlySet<string>,
  fits: (narrative: unknown) => boolean,
): readonly FoundText[] {
  const start = `${[PREFIX, place.userId, place.worksheetId].join(".")}.`;
  return store
    .keys()
    .filter((key) => key.startsWith(start))
    .flatMap((key): FoundText[] => {
      const [section, visit] = key.slice(start.length).split(".");
      if (!section || !visit || visit === place.visitId || openVisits.has(visit)) return [];
      const text = parse(store.read(key));
      if (!text) return [];
      const isFit = typeof text.base?.version === "number" && [text, text.base].every((one) => fitsIn(one, fits));
      const plain = isFit ? null : wordsOf(text.content);
      return plain === "" ? [] : [{ ...text, storeKey: key, section: section as PartKey, plain }];
    })
    .sort((a, b) => (a.at < b.at ? -1 : 1));
}

/** Whether this person left anything in this worksheet that `findTexts` would look at. */
export function hasTexts(store: TextStore, place: UnsentPlace): boolean {
  const start = `${[PREFIX, place.userId, place.worksheetId].join(".")}.`;
  return store.keys().some((key) => key.startsWith(start) && !key.endsWith(`.${place.visitId}`));
}

function parse(value: string | null): UnsentText | null {
  try {
    const text = JSON.parse(value ?? "null") as UnsentText | null;
    return typeof text?.content === "object" && text.content !== null && typeof text.at === "string" ? text : null;
  } catch {
    return null;
  }
}

function fitsIn({ content }: { readonly content: SectionContent }, fits: (narrative: unknown) => boolean): boolean {
  return typeof content?.items === "object" && content.items !== null && fits(content.narrative);
}
