import type { Sha256 } from "@/lib/domain/audit/chain";
import { err, ok, type Result } from "@/lib/domain/result";
import { fromBase64, fromHex, sameBytes, textOf, toBase64 } from "./bytes";
import { type DerElement, derElements } from "./der";
import { fitsAlgorithm, type KeyRecord, keyIdOf, publicBytes } from "./keys";
import type { CheckSignature } from "./signature";

/** The certificate of a key that seals PDFs, as far as rules look into it. It is self-signed: the key vouches for it. */
export interface SealCertificate {
  /** Id of the key that it is about. */
  readonly keyId: string;
  readonly publicKey: Uint8Array;
  /** What the key has signed. */
  readonly signed: Uint8Array;
  /** An ECDSA signature in DER. */
  readonly signature: Uint8Array;
}

const HEAD = "-----BEGIN CERTIFICATE-----\n";
const TAIL = "-----END CERTIFICATE-----\n";
const LINE = 64;
const LONGEST = 16_384;
const SEQUENCE = 0x30;
const BIT_STRING = 0x03;
/** AlgorithmIdentifier of ECDSA with SHA-256 (RFC 5758). */
const ECDSA_SHA256 = fromHex("300a06082a8648ce3d040302") ?? new Uint8Array(0);
/** Tags of version, serial number, algorithm, issuer, validity, subject, key and extensions (RFC 5280, 4.1). */
const MEMBERS = [0xa0, 0x02, SEQUENCE, SEQUENCE, SEQUENCE, SEQUENCE, SEQUENCE, 0xa3];

/** A certificate in its one text form (RFC 7468): lines of 64 characters, `\n` at their ends, nothing around it. */
export function writePem(der: Uint8Array): string {
  const lines = toBase64(der).match(new RegExp(`.{1,${LINE}}`, "g")) ?? [];
  return `${HEAD}${lines.map((line) => `${line}\n`).join("")}${TAIL}`;
}

/** DER of a certificate in that form, or null. */
export function readPem(bytes: Uint8Array): Uint8Array | null {
  const text = bytes.length > LONGEST ? null : textOf(bytes);
  if (!text?.startsWith(HEAD) || !text.endsWith(TAIL)) return null;
  const der = fromBase64(text.slice(HEAD.length, -TAIL.length).replaceAll("\n", ""));
  return der && writePem(der) === text ? der : null;
}

/** Reads a certificate without verifying it. @returns why it is none that seals, as the end of a sentence */
export function parseSealCertificate(pem: Uint8Array, sha256: Sha256): Result<SealCertificate, string> {
  const der = readPem(pem);
  const parts = der && partsOf(der);
  if (!parts) return err("it is no certificate in PEM that is signed by ECDSA");
  const publicKey = keyIn(parts.signed.content);
  if (!publicKey) return err("it is not self-signed by a key on P-256");
  return ok({
    keyId: keyIdOf(publicKey, sha256),
    publicKey,
    signed: parts.signed.bytes,
    signature: parts.signature.content.subarray(1),
  });
}

/** What is signed and the signature; null for anything but a certificate whose signature is ECDSA's. */
function partsOf(der: Uint8Array): { readonly signed: DerElement; readonly signature: DerElement } | null {
  const [certificate, ...more] = derElements(der) ?? [];
  if (certificate?.tag !== SEQUENCE || more.length > 0) return null;
  const [signed, algorithm, signature, ...others] = derElements(certificate.content) ?? [];
  if (signed?.tag !== SEQUENCE || signature?.tag !== BIT_STRING || others.length > 0) return null;
  return isEcdsa(algorithm) && signature.content[0] === 0 ? { signed, signature } : null;
}

/** The SPKI in what is signed, when issuer and subject are the same and everything has its place; else null. */
function keyIn(signed: Uint8Array): Uint8Array | null {
  const members = derElements(signed) ?? [];
  if (members.map(({ tag }) => tag).join() !== MEMBERS.join()) return null;
  const [, , algorithm, issuer, , subject, key] = members;
  if (!isEcdsa(algorithm) || !issuer || !subject || !sameBytes(issuer.bytes, subject.bytes)) return null;
  return key && fitsAlgorithm(key.bytes, "ecdsa-p256") ? key.bytes : null;
}

function isEcdsa(element: DerElement | undefined): boolean {
  return element !== undefined && sameBytes(element.bytes, ECDSA_SHA256);
}

/** Verifies a certificate: its key is one of those listed for `seal`, and has signed it. @returns that key */
export async function verifySealCertificate(
  pem: Uint8Array,
  keys: readonly KeyRecord[],
  sha256: Sha256,
  check: CheckSignature,
): Promise<Result<KeyRecord, string>> {
  const read = parseSealCertificate(pem, sha256);
  if (!read.ok) return read;
  const { keyId, signed, signature } = read.value;
  const record = keys.find(({ id, purpose }) => purpose === "seal" && id === keyId);
  if (!record) return err("its key is not in the list of keys");
  const key = { algorithm: record.algorithm, publicKey: publicBytes(record) };
  return (await check(key, signed, signature)) ? ok(record) : err("its key has not signed it");
}
