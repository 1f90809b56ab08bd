import type { OriginKind } from "@/lib/domain/worksheet/origin";

/** What a draft began as: which one it was, and the digest of the text as it was put there. */
export interface StartDetail {
  readonly kind: OriginKind;
  /** A sample's id or a worksheet's. */
  readonly from: string;
  readonly revision: number | null;
  readonly sha256: string;
}

/** Events of a worksheet that begins. */
export interface StartDetails {
  readonly "worksheet.opened": {
    readonly requirementNumber: string;
    readonly dispositionBefore: string;
    /** What it began as, unless it was opened empty. */
    readonly start?: StartDetail;
  };
  readonly "worksheet.started": StartDetail;
}
