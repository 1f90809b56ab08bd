/**
 * Bytes of the files that a pack may have, unpacked. Beyond this the archive's directory would need the format for very
 * large archives (ZIP64), which whoever verifies packs refuses; what is left up to 4 GB is for that directory.
 */
export const LARGEST_PACK = 4 * 1024 ** 3 - 64 * 1024 ** 2;

/** The way on: what was signed over can be made no smaller. */
const WAY_ON =
  "What was signed stays as it is: hand out the workbook as PDF, and let a lead take the files with Export → All data. To later worksheets attach the part of a large file that shows the point.";

/** A size that goes into a pack, in bytes. */
interface Sized {
  readonly size: number;
}

/**
 * Why a pack cannot be made of files, and what to do; null when it can. @param evidence those of them that somebody
 * uploaded, which are nearly all of a large pack
 */
export function tooLargeBecause(others: readonly Sized[], evidence: readonly Sized[]): string | null {
  const uploaded = sum(evidence);
  if (sum(others) + uploaded <= LARGEST_PACK) return null;
  const gigabytes = (Math.ceil(uploaded / 1e7) / 100).toFixed(2);
  return `The pack would be larger than 4 GB, which no pack can be: its files of evidence have ${gigabytes} GB. ${WAY_ON}`;
}

/** What is said beside the estimate of a pack that would hardly be made; empty for others. @param bytes as estimated */
export function warningOf(bytes: number): string {
  return bytes <= LARGEST_PACK ? "" : `No pack can be larger than 4 GB, so it will probably not be made. ${WAY_ON}`;
}

function sum(files: readonly Sized[]): number {
  return files.reduce((total, { size }) => total + size, 0);
}
