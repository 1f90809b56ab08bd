/** What a virus scanner made of a stored file; `off` where none is set up. */
export type ScanState = "off" | "pending" | "clean" | "infected";

/** What is known of stored bytes. */
export interface BlobFacts {
  readonly scan: ScanState;
  /** The bytes differ from their digest, or are not to be had. */
  readonly damaged: boolean;
  /** The bytes were given up; the row stays as a tombstone. */
  readonly removed: boolean;
}

/** How a stored file stands. */
export type FileState = "whole" | "pending" | "infected" | "damaged" | "removed";

/** How a stored file stands, the worst first; of what has no row nothing is there. */
export function fileStateOf(blob: BlobFacts | undefined): FileState {
  if (!blob || blob.removed) return "removed";
  if (blob.damaged) return "damaged";
  return blob.scan === "pending" || blob.scan === "infected" ? blob.scan : "whole";
}

/** Each state in words; what is whole needs none. */
export const FILE_STATE_WORDS: Readonly<Record<FileState, string>> = {
  whole: "Whole",
  pending: "Waiting for the virus scan",
  infected: "The virus scanner objects",
  damaged: "Damaged",
  removed: "No longer stored",
};

/** Why a file is not handed out in its state; null when it is. */
export function heldBecause(state: FileState): string | null {
  switch (state) {
    case "whole":
      return null;
    case "pending":
      return "The file waits for the virus scan. Try again in a few minutes.";
    case "infected":
      return "The virus scanner objects to this file, so it is not handed out.";
    case "damaged":
      return "The stored file is damaged: its bytes are not those that were uploaded. Tell your administrator; a copy from the backup mends it.";
    case "removed":
      return "The file is no longer stored.";
  }
}
