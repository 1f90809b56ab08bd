/** A named piece of text, such as an owner or a frequency. The text is never blank. */
export interface Fact {
  readonly term: string;
  readonly text: string;
}

/** A structured item as a document shows it, whatever its kind. Line feeds in `body` and facts are kept. */
export interface ItemSummary {
  readonly id: string;
  /** What people call the item in the text, such as C1; may be empty. */
  readonly label: string;
  readonly title: string;
  /** Short words that class the item: its origin and nature, or its kind. */
  readonly traits: readonly string[];
  readonly body: string;
  readonly facts: readonly Fact[];
}

/** The structured part of a section as a document shows it. */
export interface SectionSummary {
  /** What stands above the items, such as the type of constraint. */
  readonly before: readonly Fact[];
  readonly items: readonly ItemSummary[];
  /** What stands below the items, such as the day of the next review. */
  readonly after: readonly Fact[];
}
