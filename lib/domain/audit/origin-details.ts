import type { StandardVersion } from "@/lib/domain/catalogue/standard-version";

/** A worksheet of another version of PCI DSS whose text was taken over. */
export interface CarriedOverDetail {
  readonly requirementNumber: string;
  readonly dispositionBefore: string;
  /** Whether the workbook had no row for the number before. */
  readonly rowAdded: boolean;
  /** Of the sections as they were stored. */
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
