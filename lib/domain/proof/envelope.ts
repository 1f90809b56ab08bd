import { err, ok, type Result } from "@/lib/domain/result";
import { concat, fromBase64, toBase64, utf8 } from "./bytes";
import { type Json, objectWith, parseCanonical, writeCanonical } from "./canonical";
import type { CheckSignature, VerifyKey } from "./signature";

/**
 * DSSE envelopes (github.com/secure-systems-lab/dsse): bytes of a type with signatures over both. The envelope itself is
 * read only as canonical JSON, so that not even its blanks can be changed.
 */

/** A WebAuthn assertion whose challenge is the SHA-256 of the pre-authentication encoding. */
export interface WebAuthnProof {
  readonly authenticatorData: Uint8Array;
  readonly clientDataJSON: Uint8Array;
  /** COSE key. */
  readonly publicKey: Uint8Array;
  readonly rpId: string;
  readonly origin: string;
}

/** One signature; `keyid` hints at the key, and is `webauthn:<credential id>` for a person's passkey. */
export interface EnvelopeSignature {
  readonly keyid: string;
  readonly sig: Uint8Array;
  readonly webauthn: WebAuthnProof | null;
}

/** An envelope that was read but not verified. */
export interface Envelope {
  readonly payloadType: string;
  readonly payload: Uint8Array;
  readonly signatures: readonly EnvelopeSignature[];
}

const PASSKEY = "webauthn:";
const MOST_SIGNATURES = 16;

/** What a signature is over: `DSSEv1 <len type> <type> <len payload> <payload>`, lengths in bytes. */
export function preAuthEncoding(payloadType: string, payload: Uint8Array): Uint8Array {
  const type = utf8(payloadType);
  return concat(utf8(`DSSEv1 ${type.length} `), type, utf8(` ${payload.length} `), payload);
}

/** Writes an envelope as canonical JSON. @throws RangeError when a text of it is not well-formed */
export function writeEnvelope({ payloadType, payload, signatures }: Envelope): string {
  const text = writeCanonical({
    payloadType,
    payload: toBase64(payload),
    signatures: signatures.map(({ keyid, sig, webauthn }) => ({
      keyid,
      sig: toBase64(sig),
      ...(webauthn ? { webauthn: writeWebAuthn(webauthn) } : {}),
    })),
  });
  if (text === null) throw new RangeError("A text of this envelope is not well-formed.");
  return text;
}

function writeWebAuthn({ authenticatorData, clientDataJSON, publicKey, rpId, origin }: WebAuthnProof): Json {
  return {
    authenticatorData: toBase64(authenticatorData),
    clientDataJSON: toBase64(clientDataJSON),
    publicKey: toBase64(publicKey),
    rpId,
    origin,
  };
}

/** Reads an envelope without verifying it. @returns why it is none, as the end of a sentence */
export function parseEnvelope(bytes: Uint8Array): Result<Envelope, string> {
  const json = parseCanonical(bytes);
  if (!json.ok) return json;
  const read = objectWith(json.value, "payloadType", "payload", "signatures");
  if (!read) return err("it has not the members of an envelope");
  const { payloadType, signatures } = read;
  const payload = bytesOf(read.payload);
  if (typeof payloadType !== "string" || payloadType === "") return err("it names no type");
  if (payload === null) return err("its content is not base64");
  if (!Array.isArray(signatures) || signatures.length === 0) return err("it has no signatures");
  if (signatures.length > MOST_SIGNATURES) return err("it has too many signatures");
  const entries = signatures.map(signatureOf);
  if (!entries.every((entry) => entry !== null)) return err("a signature of it is malformed");
  if (new Set(entries.map(({ keyid }) => keyid)).size < entries.length) return err("a key has signed it twice");
  return ok({ payloadType, payload, signatures: entries });
}

function signatureOf(value: Json): EnvelopeSignature | null {
  const system = objectWith(value, "keyid", "sig");
  const person = objectWith(value, "keyid", "sig", "webauthn");
  const { keyid, sig } = person ?? system ?? { keyid: null, sig: null };
  const bytes = bytesOf(sig);
  if (typeof keyid !== "string" || keyid === "" || bytes === null) return null;
  if (keyid.startsWith(PASSKEY) !== (person !== null)) return null;
  if (person === null) return { keyid, sig: bytes, webauthn: null };
  const webauthn = webAuthnOf(person.webauthn);
  return webauthn && /^[A-Za-z0-9_-]+$/.test(keyid.slice(PASSKEY.length)) ? { keyid, sig: bytes, webauthn } : null;
}

function webAuthnOf(value: Json): WebAuthnProof | null {
  const read = objectWith(value, "authenticatorData", "clientDataJSON", "publicKey", "rpId", "origin");
  if (!read) return null;
  const [authenticatorData, clientDataJSON, publicKey] = [
    bytesOf(read.authenticatorData),
    bytesOf(read.clientDataJSON),
    bytesOf(read.publicKey),
  ];
  if (!authenticatorData || !clientDataJSON || !publicKey) return null;
  if (typeof read.rpId !== "string" || typeof read.origin !== "string") return null;
  return { authenticatorData, clientDataJSON, publicKey, rpId: read.rpId, origin: read.origin };
}

function bytesOf(value: Json): Uint8Array | null {
  return typeof value === "string" ? fromBase64(value) : null;
}

/** What the signatures of an envelope are worth. */
export interface EnvelopeVerdict<K> {
  /** The known keys that signed it. */
  readonly signedBy: readonly K[];
  /** Signatures by passkeys, which are for somebody else to verify. */
  readonly passkeys: readonly EnvelopeSignature[];
  /** Key ids that nobody knows; where every signature has to count, this has to be empty. */
  readonly unknown: readonly string[];
}

/**
 * Verifies an envelope of a type against known keys, found by their id: at least one of them has signed it, and no
 * signature that claims to be of one is wrong.
 */
export async function verifyEnvelope<K extends VerifyKey & { readonly id: string }>(
  envelope: Envelope,
  payloadType: string,
  known: readonly K[],
  check: CheckSignature,
): Promise<Result<EnvelopeVerdict<K>, string>> {
  if (envelope.payloadType !== payloadType) return err("it is of another type");
  const message = preAuthEncoding(payloadType, envelope.payload);
  const signedBy: K[] = [];
  const unknown: string[] = [];
  const own = envelope.signatures.filter(({ webauthn }) => webauthn === null);
  for (const { keyid, sig } of own) {
    const key = known.find(({ id }) => id === keyid);
    if (!key) unknown.push(keyid);
    else if (await check(key, message, sig)) signedBy.push(key);
    else return err(`the signature by key ${keyid.slice(0, 8)} is not that of the key`);
  }
  if (signedBy.length === 0) return err("no known key has signed it");
  return ok({ signedBy, passkeys: envelope.signatures.filter(({ webauthn }) => webauthn !== null), unknown });
}
