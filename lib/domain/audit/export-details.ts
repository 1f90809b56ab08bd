import type { ExportKind } from "@/lib/domain/export/states";

/** An export by its id, and what it is of. */
export interface ExportDetail {
  readonly exportId: string;
  readonly what: ExportKind;
}

/** What events of files that are taken out say, and of engagements that come in as one. */
export interface ExportDetails {
  readonly "export.made": {
    readonly what: "worksheet" | "workbook" | "requirements" | "evidence" | "findings" | "trail" | "engagement";
    readonly format: string;
    /** Of a worksheet: the revision, or the number that the draft will get. */
    readonly revision?: number;
  };
  /** An engagement came in from another service, by a file of that digest; actions of people before are that service's to tell. */
  readonly "engagement.moved_in": { readonly service: string; readonly fileSha256: string };
  /** An export that a worker is to make. */
  readonly "export.requested": ExportDetail & {
    readonly format: "zip" | "pdf" | "docx";
    readonly paper?: "A4" | "Letter";
    readonly conformance?: "PDF/UA-1" | "PDF/A-3a";
  };
  readonly "export.cancelled": ExportDetail;
  /** By the service, with the code of the failure. */
  readonly "export.failed": ExportDetail & { readonly code: string };
  /** The finished file, to whoever asked for it; each time. */
  readonly "export.handed_over": ExportDetail & { readonly sha256: string; readonly size: number };
  /** A finished file, before its time was over. */
  readonly "export.removed": ExportDetail;
}
