import { fileOf } from "@/lib/domain/pack/build";
import { PLACES, placeOf, type Role } from "@/lib/domain/pack/layout";
import { type Manifest, parseManifest, writeManifest } from "@/lib/domain/pack/manifest";
import { parseCheckpoint } from "@/lib/domain/proof/checkpoint";
import { parseEnvelope } from "@/lib/domain/proof/envelope";
import { activeKey, keySetDigest, parseKeySet } from "@/lib/domain/proof/key-set";
import { sha256 } from "@/lib/signing/node-crypto";
import type { TestService } from "@/test/pack/service";
import type { PackBytes } from "@/test/pack/story";
import type { Random } from "../support/random";

/** A pack in which one thing was changed. */
export interface ChangedPack {
  readonly what: string;
  readonly bytes: PackBytes;
  /** What every verifier has to say; null where the change may be harmless and only agreement is asked. */
  readonly allowed: readonly ("invalid" | "incomplete")[] | null;
}

/** What no other part speaks of: when the service signs another one, that is another pack and no forgery. */
const FREE: readonly Role[] = ["readme", "rendering", "verifier"];
/** What only a comparison with an older pack needs. */
const SPARE: readonly Role[] = [...FREE, "consistency", "leaves"];

/** A pack with one byte of one file changed. */
export function flip(pack: PackBytes, path: string, at: number, bit = 1): ChangedPack {
  const bytes = pack.get(path) ?? new Uint8Array(0);
  const flipped = bytes.with(at, (bytes[at] ?? 0) ^ bit);
  return { what: `byte ${at} of ${path}`, bytes: new Map(pack).set(path, flipped), allowed: ["invalid"] };
}

/** Every pack without one of its parts. */
export function* removals(pack: PackBytes): Generator<ChangedPack> {
  for (const path of pack.keys()) {
    const bytes = new Map(pack);
    bytes.delete(path);
    yield { what: `${path} removed`, bytes, allowed: ["incomplete"] };
  }
}

/** Every pack with one part exchanged for one of the same role from another pack, or for another one of its own. */
export function* swaps(pack: PackBytes, other: PackBytes): Generator<ChangedPack> {
  for (const [path, bytes] of pack) {
    for (const [otherPath, otherBytes] of other) {
      const isSameKind = path === otherPath || (roleOf(path) !== null && roleOf(path) === roleOf(otherPath));
      if (!isSameKind || Buffer.compare(bytes, otherBytes) === 0) continue;
      yield {
        what: `${path} is another's ${otherPath}`,
        bytes: new Map(pack).set(path, otherBytes),
        allowed: ["invalid"],
      };
    }
  }
}

/**
 * The same change with a manifest that fits it and is signed by the service's own key: a thief of that key, or a mistake
 * of the service. What the parts say of each other has to show it.
 */
export function resigned({ what, bytes }: ChangedPack, service: TestService): ChangedPack | null {
  const manifest = refit(bytes);
  if (!manifest) return null;
  const copy = new Map(bytes);
  for (const { path, content } of service.signManifest(manifest))
    if (content instanceof Uint8Array) copy.set(path, content);
  const [, path = ""] = /^(?:byte \d+ of )?(\S+)/.exec(what) ?? [];
  const isHarmless = (what.endsWith(" removed") ? SPARE : FREE).includes(roleOf(path) ?? "readme");
  return { what: `${what}, signed anew`, bytes: copy, allowed: isHarmless ? null : ["invalid", "incomplete"] };
}

function roleOf(path: string): Role | null {
  return placeOf(path)?.role ?? null;
}

/** The manifest that the service would write for these files; what cannot be read is left as it was. */
function refit(bytes: PackBytes): Uint8Array | null {
  const old = parseManifest(bytes.get(PLACES.manifest) ?? new Uint8Array(0));
  if (!old.ok) return null;
  const files = [...bytes].flatMap(([path, content]) => {
    const role = roleOf(path);
    const { size, sha256: digest } = fileOf(path, content, sha256);
    return role ? [{ path, role, size, sha256: digest }] : [];
  });
  const fitted: Manifest = { ...old.value, files, ...pointOf(bytes), ...keysOf(bytes) };
  try {
    return writeManifest(fitted);
  } catch {
    return writeManifest({ ...old.value, files });
  }
}

function pointOf(bytes: PackBytes): Partial<Manifest> {
  const read = parseCheckpoint(bytes.get(PLACES.checkpoint) ?? new Uint8Array(0));
  if (!read.ok) return {};
  const { origin, size, root } = read.value;
  return { checkpoint: { origin, size, root } };
}

function keysOf(bytes: PackBytes): Partial<Manifest> {
  const envelope = parseEnvelope(bytes.get(PLACES.keys) ?? new Uint8Array(0));
  const set = envelope.ok ? parseKeySet(envelope.value.payload, sha256) : envelope;
  if (!envelope.ok || !set.ok) return {};
  const root = activeKey(set.value, "root");
  return root ? { keysSha256: keySetDigest(envelope.value.payload, sha256), rootKeyId: root.id } : {};
}

/** A file of a pack and a place in it, drawn so that every file has the same chance. */
export function anyByte(pack: PackBytes, random: Random): { readonly path: string; readonly at: number } {
  const [path, bytes] = random.pick([...pack].filter(([, content]) => content.length > 0));
  return { path, at: random.int(bytes.length) };
}
