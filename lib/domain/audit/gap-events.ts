import type { GapInChain, GapRecord } from "@/lib/domain/proof/gap";
import type { ChainGap, GapRecordedDetail } from "./event-types";

/** What a recorded gap leaves on a chain. */
export interface GapEvent {
  readonly logId: string;
  readonly detail: {
    readonly [K in keyof GapRecordedDetail]: K extends "chains" ? { [P in keyof ChainGap]: ChainGap[P] }[] : string;
  };
}

/**
 * What is said of a gap on each chain that it is about, and of all of them on the system's, which comes last.
 * @param sha256 of the record's signed bytes, hex
 */
export function gapEvents({ id, reason, operator, chains }: GapRecord, sha256: string): GapEvent[] {
  const say = (logId: string, about: readonly GapInChain[]): GapEvent => ({
    logId,
    detail: { gapId: id, reason, operator, recordSha256: sha256, chains: about.map(toldOf) },
  });
  const own = chains.filter(({ logId }) => logId !== "system");
  return [...own.map((chain) => say(chain.logId, [chain])), say("system", chains)];
}

function toldOf({ logId, signed, size }: GapInChain): ChainGap {
  return { logId, signed: signed && { size: signed.size, root: signed.root }, size };
}
