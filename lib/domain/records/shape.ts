import type { LabelPrefix } from "@/lib/domain/worksheet/labels";

/** What helps to write a field or a text. All words and examples are ours; the company in them is invented. */
export interface RecordGuidance {
  readonly asks: string;
  readonly criticised: string;
  readonly good: string;
  readonly poor: string;
}

/** How a field is filled: a line, lines, a calendar day `YYYY-MM-DD`, or a web address. */
export type RecordInput = "line" | "text" | "day" | "link";

/** A field of a part, or of an entry of its list. */
export interface RecordFieldShape extends RecordGuidance {
  readonly name: string;
  readonly label: string;
  readonly input: RecordInput;
  /** Whether a record may be submitted without it. */
  readonly optional?: true;
}

/** The list of a part. */
export interface RecordListShape {
  /** What one entry is called: “control”. */
  readonly word: string;
  readonly heading: string;
  readonly prefix: LabelPrefix;
  /** The field that names an entry in lists. */
  readonly nameField: string;
  /** What is said while there is none. */
  readonly empty: string;
  readonly fields: readonly RecordFieldShape[];
  /** Whether a record may be submitted without an entry. */
  readonly optional?: true;
}

/** A part of a record: what it asks for and holds. */
export interface RecordPartShape {
  readonly hint: string;
  /** What the text of the part says. */
  readonly text: RecordGuidance & { readonly optional?: true };
  readonly fields: readonly RecordFieldShape[];
  readonly list: RecordListShape | null;
  readonly sources: readonly string[];
}
