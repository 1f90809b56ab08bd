/** What can be asked for as an export: the proof pack, or the whole workbook as PDF or as a document for word processors. */
export const EXPORT_KINDS = ["pack", "workbook", "document"] as const;

/** What an export is of. */
export type ExportKind = (typeof EXPORT_KINDS)[number];

/** How an export stands. The last three are its end. */
export type ExportState = "queued" | "running" | "done" | "failed" | "cancelled";

/** The states in which an export still waits or is being made. */
export const OPEN_STATES: readonly ExportState[] = ["queued", "running"];

/** The steps of an export in their order: a pack goes through all of them, a workbook through some. */
export const EXPORT_STEPS = [
  "plan",
  "gather",
  "checkpoint",
  "proofs",
  "evidence",
  "render",
  "manifest",
  "sign",
  "archive",
  "finish",
] as const;

/** A step of an export. */
export type ExportStep = (typeof EXPORT_STEPS)[number];

/** What is being done, in words for whoever waits. */
export const STEP_WORDS: Readonly<Record<ExportStep, string>> = {
  plan: "Fixing what goes in",
  gather: "Gathering worksheets",
  checkpoint: "Having a checkpoint signed",
  proofs: "Making proofs from the trail",
  evidence: "Checking evidence",
  render: "Making documents",
  manifest: "Writing the manifest",
  sign: "Having the manifest signed",
  archive: "Packing",
  finish: "Finishing",
};

/** How many exports of one person may wait or run at a time, over all engagements. */
export const MOST_OPEN = 5;

/** How many finished files of one person are kept at a time; older ones can be removed by hand, and go by themselves. */
export const MOST_KEPT = 20;

/** An export that ended its worker, or was too slow, so often without a part of it coming out is given up. */
export const MOST_ATTEMPTS = 20;

/** How long an export waits for the signer or the like, without a part of it coming out meanwhile (milliseconds). */
export const LONGEST_WAIT = 6 * 60 * 60_000;
