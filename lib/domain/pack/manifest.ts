import { toBase64, utf8 } from "@/lib/domain/proof/bytes";
import { parseCanonical, writeCanonical } from "@/lib/domain/proof/canonical";
import {
  count,
  digest,
  hash,
  instant,
  listOf,
  oneOf,
  type Read,
  record,
  someText,
  text,
  uuid,
} from "@/lib/domain/proof/read";
import { err, ok, type Result } from "@/lib/domain/result";
import { placeOf, ROLES } from "./layout";
import { MOST_FILES } from "./limits";

/** Type of the envelope around a manifest. */
export const PACK_TYPE = "application/vnd.countervail.pack.v1+json";
const TYPE = "countervail.pack.v1";

const manifest = record({
  type: oneOf(TYPE),
  service: uuid,
  engagementId: uuid,
  made: instant,
  files: listOf(record({ path: text, size: count, sha256: digest, role: oneOf(...ROLES) }), MOST_FILES),
  omissions: listOf(record({ what: someText, reason: someText }), MOST_FILES),
  checkpoint: record({ origin: someText, size: count, root: hash }),
  keysSha256: digest,
  rootKeyId: digest,
});

/** What a pack says of itself: every other file with its digest, and what was left out. */
export type Manifest = Omit<Read<typeof manifest>, "type">;

/** A file as the manifest lists it. */
export type ManifestFile = Manifest["files"][number];

/** Something that is not in the pack; `what` is the path that it would have, or words. */
export type Omission = Manifest["omissions"][number];

/** The manifest's bytes. Files are put in the order of their paths. @throws RangeError when it is not of its form */
export function writeManifest(content: Manifest): Uint8Array {
  const { checkpoint, files, omissions } = content;
  const written = writeCanonical({
    ...content,
    type: TYPE,
    files: [...files].sort((a, b) => (a.path < b.path ? -1 : 1)).map((file) => ({ ...file })),
    omissions: omissions.map((omission) => ({ ...omission })),
    checkpoint: { ...checkpoint, root: toBase64(checkpoint.root) },
  });
  const bytes = utf8(written ?? "");
  const read = parseManifest(bytes);
  if (!read.ok) throw new RangeError(`This is not a manifest: ${read.error}.`);
  return bytes;
}

/** Reads a manifest strictly. @returns why it is none, as the end of a sentence */
export function parseManifest(bytes: Uint8Array): Result<Manifest, string> {
  const json = parseCanonical(bytes);
  if (!json.ok) return json;
  const read = manifest(json.value);
  if (!read) return err("it has not the form of a manifest of a version known here");
  const { type: _, ...content } = read;
  const stray = content.files.find(({ path, role }) => placeOf(path)?.role !== role);
  if (stray) return err(`${JSON.stringify(stray.path)} is no place for a file of its role`);
  const ordered = content.files.every(({ path }, at) => at === 0 || (content.files[at - 1]?.path ?? "") < path);
  return ordered ? ok(content) : err("its files are not in the order of their paths, each once");
}
