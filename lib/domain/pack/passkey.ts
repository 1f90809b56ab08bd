import type { Sha256 } from "@/lib/domain/audit/chain";
import { concat, sameBytes, textOf, toBase64, utf8 } from "@/lib/domain/proof/bytes";
import { type EnvelopeSignature, preAuthEncoding } from "@/lib/domain/proof/envelope";
import type { CheckSignature } from "@/lib/domain/proof/signature";
import { parseCoseKey } from "./cose";
import { verifyRs256 } from "./rsa";

/** What signatures are checked with, passed in so that the same code runs on Node.js and in a browser. */
export interface PackTools {
  readonly sha256: Sha256;
  readonly checkSignature: CheckSignature;
}

/** Flags of authenticator data: a person was there, and was checked. */
const PRESENT_AND_CHECKED = 0b101;
/** RP id hash, flags and counter; extensions may follow. */
const LEAST_DATA = 37;

/**
 * Verifies a person's signature by passkey over an envelope: the assertion is for exactly these bytes, made at the origin
 * that the envelope names, by somebody who was there and was checked, and the key's signature is right.
 * @returns what is wrong as the end of a sentence, or null
 */
export async function problemOfPasskey(
  { sig, webauthn }: EnvelopeSignature,
  payloadType: string,
  payload: Uint8Array,
  { sha256, checkSignature }: PackTools,
): Promise<string | null> {
  if (!webauthn) return "it is no signature by passkey";
  const { authenticatorData, clientDataJSON, publicKey, rpId, origin } = webauthn;
  const challenge = toBase64Url(sha256(preAuthEncoding(payloadType, payload)));
  const client = problemOfClientData(clientDataJSON, challenge, origin);
  if (client !== null) return client;
  if (!isAt(origin, rpId)) return "its origin does not belong to the name that the passkey is for";
  if (authenticatorData.length < LEAST_DATA) return "what the authenticator said is cut short";
  if (!sameBytes(authenticatorData.subarray(0, 32), sha256(utf8(rpId)))) return "the passkey is for another name";
  if (((authenticatorData[32] ?? 0) & PRESENT_AND_CHECKED) !== PRESENT_AND_CHECKED) {
    return "the authenticator did not check who was there";
  }
  const key = parseCoseKey(publicKey);
  if (!key) return "its key is of no kind known here";
  const message = concat(authenticatorData, sha256(clientDataJSON));
  const holds =
    key.algorithm === "rs256" ? verifyRs256(key, message, sig, sha256) : await checkSignature(key, message, sig);
  return holds ? null : "the signature is not that of its key";
}

function problemOfClientData(bytes: Uint8Array, challenge: string, origin: string): string | null {
  let data: unknown;
  try {
    data = JSON.parse(textOf(bytes) ?? "");
  } catch {
    return "what the browser said is not JSON";
  }
  if (typeof data !== "object" || data === null) return "what the browser said is not JSON";
  const said = data as Readonly<Record<string, unknown>>;
  if (said.type !== "webauthn.get") return "it was not made for showing a passkey";
  if (said.challenge !== challenge) return "it is over something else";
  if (said.origin !== origin) return "it was made at another address";
  if (said.crossOrigin !== undefined && said.crossOrigin !== false) return "it was made inside another site's page";
  return null;
}

/** Whether an origin's host is a name or lies beneath it. */
function isAt(origin: string, rpId: string): boolean {
  const host = /^https?:\/\/([a-z0-9.-]+)(?::[0-9]{1,5})?$/.exec(origin)?.[1] ?? "";
  return rpId !== "" && (host === rpId || host.endsWith(`.${rpId}`));
}

function toBase64Url(bytes: Uint8Array): string {
  return toBase64(bytes).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}
