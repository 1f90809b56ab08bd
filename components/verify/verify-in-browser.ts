import { ed25519 } from "@noble/curves/ed25519.js";
import { p256 } from "@noble/curves/nist.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { type Inflate, openArchive, type RandomAccess } from "@/lib/domain/pack/archive";
import { type PackReport, reportUnreadable } from "@/lib/domain/pack/report";
import { verifyPack } from "@/lib/domain/pack/verify";
import type { CheckSignature } from "@/lib/domain/proof/signature";

/** An SPKI in DER in front of an uncompressed point on P-256: 26 bytes and the mark of such a point. */
const P256_POINT_AT = 26;
const P256_SPKI_LENGTH = 91;

/** Checks signatures in any browser, also where its own Web Crypto is closed because the page came over plain HTTP. */
export const checkInBrowser: CheckSignature = ({ algorithm, publicKey }, message, signature) => {
  try {
    if (algorithm === "ed25519") return ed25519.verify(signature, message, publicKey, { zip215: false });
    if (publicKey.length !== P256_SPKI_LENGTH) return false;
    const point = publicKey.subarray(P256_POINT_AT);
    return p256.verify(signature, message, point, { prehash: true, lowS: false, format: "der" });
  } catch {
    return false;
  }
};

/** Unpacks by the browser, reading no further than the size that was named. */
export const inflateInBrowser: Inflate = async (data, size) => {
  const packed = new Blob([new Uint8Array(data)]).stream();
  const reader = packed.pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  const bytes = new Uint8Array(size);
  let filled = 0;
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      if (filled + next.value.length > size) return null;
      bytes.set(next.value, filled);
      filled += next.value.length;
    }
    return filled === size ? bytes : null;
  } catch {
    return null;
  } finally {
    // Nothing more is wanted of what was too long.
    reader.cancel().catch(() => undefined);
  }
};

function accessTo(file: Blob): RandomAccess {
  return {
    size: file.size,
    read: async (offset, length) => new Uint8Array(await file.slice(offset, offset + length).arrayBuffer()),
  };
}

/** Verifies a pack that was chosen from the disk. Nothing leaves the machine. */
export async function verifyInBrowser(
  file: Blob,
  { root, older, now }: { readonly root: string | null; readonly older: Blob | null; readonly now: Date },
): Promise<PackReport> {
  try {
    const archive = await openArchive(accessTo(file), inflateInBrowser);
    if (!archive.ok) return reportUnreadable(archive.error, now);
    const before = older ? await openArchive(accessTo(older), inflateInBrowser) : null;
    if (before && !before.ok) return reportUnreadable(`of the older pack, ${before.error}`, now);
    const tools = { sha256, checkSignature: checkInBrowser };
    return await verifyPack(archive.value, { ...tools, trustedRoot: root, older: before?.value, now });
  } catch {
    // A file that was moved or changed since it was chosen cannot be read any more.
    return reportUnreadable("it is not there any more, or was changed meanwhile; choose it again", now);
  }
}
