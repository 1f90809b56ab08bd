import type { ServiceContext } from "@/lib/auth/context";
import { readPublic } from "@/lib/auth/open";
import { Failure } from "@/lib/contracts/failure";
import { findOpenGaps } from "@/lib/data/service-gaps";

/** Whether data are older than what was signed. */
export interface GapState {
  /** Words for everybody while nothing is signed; null in the ordinary case. */
  readonly notice: string | null;
  /** The signer's own word: whether what it signed is there; "silent" when it does not answer, and nothing is known. */
  readonly signer: "whole" | "older" | "silent";
}

const RESTORED = "These data were restored from a backup";
const OLDER = "These data are not the ones that were signed: they are older, or were changed";
const UNTIL =
  "Nothing is signed, refused, revoked, reopened or packed until an operator has recorded what is missing. Reading and drafting go on.";

/**
 * Finds out whether data were put back without anybody having recorded the gap: a restore marks them, and the signer knows
 * what it signed, whichever way older data came back. A signer that is away knows nothing, and signs nothing.
 */
export async function readGapState(context: ServiceContext): Promise<GapState> {
  const [[marked], health] = await Promise.all([readPublic(context, findOpenGaps), context.signer.health()]);
  const when = marked?.backupAt ? ` of ${marked.backupAt.toISOString().slice(0, 16).replace("T", " ")} UTC` : "";
  const signer = health === null ? "silent" : health.refused.length > 0 ? "older" : "whole";
  const words = marked ? `${RESTORED}${when}.` : signer === "older" ? `${OLDER}.` : null;
  return { notice: words && `${words} ${UNTIL}`, signer };
}

/** Lets nothing be decided or proved on data that may be missing something. @throws Failure unavailable */
export async function requireNoGap(context: ServiceContext): Promise<void> {
  const { notice } = await readGapState(context);
  if (notice !== null) throw new Failure("unavailable", notice, { retryAfter: 300 });
}
