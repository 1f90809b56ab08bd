import { toHex } from "@/lib/domain/proof/bytes";
import type { Result } from "@/lib/domain/result";
import type { Ledger } from "./checks";
import { PLACES, placeOf, type Role } from "./layout";
import { type Manifest, type ManifestFile, parseManifest } from "./manifest";
import type { PackTools } from "./passkey";

/** The files of a pack, wherever they come from; one is read at a time. */
export interface PackSource {
  /** Every path in it, each once. */
  readonly paths: readonly string[];
  /** Bytes of one of them, or why they cannot be read as the end of a sentence. */
  read(path: string): Promise<Result<Uint8Array, string>>;
}

/** A file of the pack that was read and is the one that the manifest names. */
export interface SeenFile {
  readonly size: number;
  readonly sha256: string;
  /** Null for what no rule looks into: evidence, comments, renderings, programs. */
  readonly bytes: Uint8Array | null;
}

/** A pack whose files are what its manifest says. */
export interface OpenedPack {
  readonly manifest: Manifest;
  readonly manifestBytes: Uint8Array;
  readonly manifestSignature: Uint8Array;
  readonly files: ReadonlyMap<string, SeenFile>;
}

const NEEDED = [PLACES.manifest, PLACES.manifestSignature, PLACES.checkpoint, PLACES.keys] as const;
const UNREAD: readonly Role[] = ["evidence", "comments", "rendering", "readme", "verifier"];
const NAMED_BY_DIGEST: readonly Role[] = ["evidence", "comments"];

/** Reads the manifest and every file that it lists. @returns null when nothing more can be examined */
export async function openPack(source: PackSource, ledger: Ledger, tools: PackTools): Promise<OpenedPack | null> {
  ledger.begin("parts");
  const missing = NEEDED.filter((path) => !source.paths.includes(path));
  for (const path of missing) ledger.lack(`${path} is missing.`, path);
  if (missing.length > 0) return null;
  const manifestBytes = await readPart(source, PLACES.manifest, ledger);
  const manifestSignature = await readPart(source, PLACES.manifestSignature, ledger);
  if (!manifestBytes || !manifestSignature) return null;
  ledger.begin("manifest");
  const read = parseManifest(manifestBytes);
  if (!read.ok) {
    ledger.fail(`${PLACES.manifest} cannot be read: ${read.error}.`, PLACES.manifest);
    return null;
  }
  const manifest = read.value;
  const files = await readFiles(source, manifest, ledger, tools);
  return ledger.broken ? null : { manifest, manifestBytes, manifestSignature, files };
}

async function readFiles(
  source: PackSource,
  manifest: Manifest,
  ledger: Ledger,
  tools: PackTools,
): Promise<ReadonlyMap<string, SeenFile>> {
  ledger.begin("files");
  const listed = new Set<string>([
    PLACES.manifest,
    PLACES.manifestSignature,
    ...manifest.files.map(({ path }) => path),
  ]);
  for (const path of source.paths) {
    if (!listed.has(path)) ledger.fail(`${JSON.stringify(path)} is not in the manifest.`, path);
  }
  const present = new Set(source.paths);
  const files = new Map<string, SeenFile>();
  for (const file of manifest.files) {
    if (present.has(file.path)) {
      const seen = await readFile(source, file, ledger, tools);
      if (seen) files.set(file.path, seen);
    } else ledger.lack(`${file.path} is missing.`, file.path);
  }
  return files;
}

async function readFile(
  source: PackSource,
  { path, size, sha256, role }: ManifestFile,
  ledger: Ledger,
  tools: PackTools,
): Promise<SeenFile | null> {
  const bytes = await readPart(source, path, ledger);
  if (!bytes) return null;
  const found = toHex(tools.sha256(bytes));
  if (bytes.length !== size || found !== sha256) {
    ledger.fail(`${path} is not the file that the manifest names.`, path);
  } else if (NAMED_BY_DIGEST.includes(role) && placeOf(path)?.id !== found) {
    ledger.fail(`${path} is not named by its digest.`, path);
  }
  return { size, sha256, bytes: UNREAD.includes(role) ? null : bytes };
}

async function readPart(source: PackSource, path: string, ledger: Ledger): Promise<Uint8Array | null> {
  const read = await source.read(path);
  if (read.ok) return read.value;
  ledger.fail(`${path} cannot be read: ${read.error}.`, path);
  return null;
}

/** The files of one role that were looked into, with what their paths say, in the order of their numbers. */
export function filesOf(
  { files }: Pick<OpenedPack, "files">,
  role: Role,
): { readonly path: string; readonly id: string; readonly number: number; readonly bytes: Uint8Array }[] {
  return [...files]
    .flatMap(([path, { bytes }]) => {
      const place = placeOf(path);
      return bytes && place?.role === role ? [{ path, id: place.id, number: place.number, bytes }] : [];
    })
    .sort((a, b) => a.number - b.number);
}
