import { utf8 } from "./bytes";
import { writeCanonical } from "./canonical";

/** Type of the envelope around the record of a gap. */
export const GAP_TYPE = "application/vnd.countervail.gap.v1+json";

/** What became of a chain when data were put back. */
export interface GapInChain {
  readonly logId: string;
  /** The checkpoint that was signed last; null where nothing that was signed is missing. The root is hex. */
  readonly signed: { readonly size: number; readonly root: string; readonly note: string } | null;
  /** How many events there are now; the signer goes on from them. */
  readonly size: number;
}

/** An operator's word that what was signed and is not there any more is lost. */
export interface GapRecord {
  readonly service: string;
  readonly id: string;
  readonly at: string;
  readonly reason: string;
  readonly operator: string;
  readonly chains: readonly GapInChain[];
}

/** The record whose bytes are signed. @throws RangeError when a text in it is not well-formed */
export function writeGap({ service, id, at, reason, operator, chains }: GapRecord): Uint8Array {
  const text = writeCanonical({
    type: "countervail.gap.v1",
    ...{ service, id, at, reason, operator },
    chains: chains.map(({ logId, signed, size }) => ({
      logId,
      signed: signed && { size: signed.size, root: signed.root, note: signed.note },
      size,
    })),
  });
  if (text === null) throw new RangeError("A text of this record is not well-formed.");
  return utf8(text);
}
