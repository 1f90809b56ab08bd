import type { StandardVersion } from "@/lib/domain/catalogue/standard-version";
import type { RecordKind } from "@/lib/domain/records/kinds";
import type { OriginKind } from "@/lib/domain/worksheet/origin";

/** What a draft began as: which one it was, and the digest of the text as it was put there. */
export interface StartDetail {
  readonly kind: OriginKind;
  /** A sample's id or a worksheet's. */
  readonly from: string;
  readonly revision: number | null;
  readonly sha256: string;
  /** Set where the text looked like card numbers and the person said that there are none. */
  readonly cardNumberAcknowledged?: boolean;
}

/** A worksheet of another version of PCI DSS whose text was taken over. */
interface CarriedOverDetail {
  readonly requirementNumber: string;
  readonly dispositionBefore: string;
  /** Whether the workbook had no row for the number before. */
  readonly rowAdded: boolean;
  /** Of the sections and the answers to the criteria as they were stored. */
  readonly sha256: string;
  readonly eligibilitySha256: string;
  readonly from: {
    readonly engagementId: string;
    readonly worksheetId: string;
    /** Null for the draft. */
    readonly revision: number | null;
    readonly requirementNumber: string;
    readonly standardVersion: StandardVersion;
  };
}

/** Events of a worksheet or a record that begins. */
export interface StartDetails {
  readonly "worksheet.opened": {
    readonly requirementNumber: string;
    readonly dispositionBefore: string;
    /** What it began as, unless it was opened empty. */
    readonly start?: StartDetail;
  };
  /** A customized approach, a legal exception or a risk analysis. */
  readonly "record.opened": { readonly kind: RecordKind; readonly requirementNumber: string };
  readonly "worksheet.started": StartDetail;
  readonly "worksheet.carried_over": CarriedOverDetail;
}
