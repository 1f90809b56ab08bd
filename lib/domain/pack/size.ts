import { sizeWords } from "@/lib/domain/evidence/file-rules";
import { LARGEST_FILE, LARGEST_PACK, MOST_FILES } from "./limits";

/** The way on: what was signed over can be made no smaller. */
const WAY_ON =
  "What was signed stays as it is. Hand out the workbook as PDF, and the files of evidence beside it: each is downloaded from its worksheet, and a lead gets all of them in one file, for another Countervail, by Export → All data.";
const LATER = {
  bytes: "To later worksheets attach the part of a large file that shows the point.",
  files: "In later worksheets put what belongs together into one file.",
} as const;

/** A size that goes into a pack, in bytes. */
interface Sized {
  readonly size: number;
}

/**
 * Why a pack cannot be made of files, and what to do; null when it can. @param evidence those of them that somebody
 * uploaded, which are nearly all of a large pack @param coming how many more files there will be whose sizes are not known
 */
export function tooLargeBecause(others: readonly Sized[], evidence: readonly Sized[], coming: number): string | null {
  const files = others.length + evidence.length + coming;
  if (files > MOST_FILES) {
    const [all, uploaded] = [files, evidence.length].map(counted);
    return `The pack would have ${all} files, ${uploaded} of them evidence, and no pack can have more than ${counted(MOST_FILES)}. ${WAY_ON} ${LATER.files}`;
  }
  const [rest, uploaded] = [sum(others), sum(evidence)];
  if (rest + uploaded <= LARGEST_PACK) return null;
  return `The pack would be larger than 4 GB, which no pack can be: its files of evidence have ${gigabytes(uploaded)} GB, everything else that is known ${gigabytes(rest)} GB. ${WAY_ON} ${LATER.bytes}`;
}

/** Why a file is left out of packs by its size; null when it goes in. Whoever verifies packs would refuse the whole of it. */
export function tooLargeAlone({ size }: Sized): string | null {
  if (size <= LARGEST_FILE) return null;
  return `It has ${sizeWords(size)}, and a pack holds no file of more than ${sizeWords(LARGEST_FILE)}. Ask whoever made the pack for it.`;
}

/** What is said beside the estimate of a pack that would hardly be made; empty for others. @param made as estimated */
export function warningOf(made: { readonly bytes: number; readonly files: number | null }): string {
  const [bytes, files] = [made.bytes, made.files ?? 0];
  if (files > MOST_FILES) {
    return `It would have about ${counted(files)} files, and no pack can have more than ${counted(MOST_FILES)}. ${WAY_ON}`;
  }
  if (bytes <= LARGEST_PACK) return "";
  return `It would have about ${gigabytes(bytes)} GB, and no pack can be larger than 4 GB. ${WAY_ON}`;
}

function sum(files: readonly Sized[]): number {
  return files.reduce((total, { size }) => total + size, 0);
}

/** Rounded up, so that no sum looks smaller than the limit that it is over. */
function gigabytes(bytes: number): string {
  return (Math.ceil(bytes / 1e7) / 100).toFixed(2);
}

function counted(files: number): string {
  return files.toLocaleString("en");
}
