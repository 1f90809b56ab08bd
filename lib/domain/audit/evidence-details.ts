import type { TextPartKey } from "@/lib/domain/worksheet/sections";

/** A file of a piece of evidence, by its content. */
export interface FileDetail {
  readonly evidenceId: string;
  readonly section: TextPartKey;
  readonly sha256: string;
}

/** What events of evidence and of its stored files say. */
export interface EvidenceDetails {
  readonly "evidence.added": { readonly evidenceId: string; readonly section: TextPartKey; readonly sha256: string };
  readonly "evidence.changed": { readonly evidenceId: string; readonly section: TextPartKey; readonly sha256: string };
  readonly "evidence.removed": { readonly evidenceId: string; readonly section: TextPartKey };
  readonly "evidence.file_added": FileDetail & {
    readonly fileId: string;
    readonly size: number;
    readonly type: string;
    /** The person was asked about numbers like those of cards, and said that they are none. */
    readonly cardNumberAcknowledged?: true;
  };
  readonly "evidence.file_reused": {
    readonly evidenceId: string;
    readonly section: TextPartKey;
    readonly files: readonly { readonly id: string; readonly sha256: string; readonly fromWorksheetId: string }[];
  };
  readonly "evidence.file_removed": FileDetail & {
    readonly fileId: string;
    /** Nothing else names the bytes, so their place is freed. */
    readonly givenUp: boolean;
  };
  readonly "evidence.file_refused": FileDetail & { readonly virus: string };
  readonly "evidence.downloaded": {
    readonly evidenceId: string;
    readonly sha256: string;
    /** The revision that names the file; null for the draft. */
    readonly revision: number | null;
  };
  readonly "evidence.link_checked": {
    readonly evidenceId: string;
    readonly section: TextPartKey;
    readonly outcome: string;
  };
  readonly "evidence.scanned": { readonly sha256: string; readonly scan: string; readonly virus: string };
  readonly "evidence.damage_found": { readonly sha256: string };
  readonly "evidence.damage_mended": { readonly sha256: string };
  /** Bytes that nothing names were removed from the store. */
  readonly "evidence.freed": { readonly count: number };
  /** Every stored file was hashed again. */
  readonly "evidence.swept": { readonly looked: number; readonly damaged: number };
  /** Files of the installation differ from what they were at its start. */
  readonly "service.files_changed": {
    readonly changed: readonly string[];
    readonly added: readonly string[];
    readonly removed: readonly string[];
  };
}
