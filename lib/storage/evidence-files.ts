import { join } from "node:path";
import type { Config } from "@/lib/config";
import type { FileLimits } from "@/lib/domain/evidence/file-limits";
import type { BlobStore } from "@/lib/storage/blob-store";
import { fileStore } from "@/lib/storage/file-store";
import { s3Store } from "@/lib/storage/s3-store";
import { clamdScanner, type Scanner } from "@/lib/storage/scanner";

/** Everything that evidence's files need: where they lie, what looks at them, and how much of them there may be. */
export interface EvidenceFiles {
  readonly store: BlobStore;
  /** Where uploads are put down before they are stored; on the disk of this machine. */
  readonly draftFolder: string;
  readonly scanner: Scanner | null;
  readonly limits: FileLimits;
  readonly linkCheck: boolean;
}

/** Opens the store that the settings name: a folder beside the database's, or S3. */
export function openEvidenceFiles(dataFolder: string, settings: Config["evidence"]): EvidenceFiles {
  const root = join(dataFolder, "blobs");
  return {
    store: settings.s3 ? s3Store(settings.s3) : fileStore(join(root, "stored")),
    draftFolder: join(root, "drafts"),
    scanner: settings.scanner ? clamdScanner(settings.scanner) : null,
    limits: settings.limits,
    linkCheck: settings.linkCheck,
  };
}
