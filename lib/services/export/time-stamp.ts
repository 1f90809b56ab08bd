import { randomBytes } from "node:crypto";
import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { buffer } from "node:stream/consumers";
import { Integer, OctetString } from "asn1js";
import {
  AlgorithmIdentifier,
  Attribute,
  ContentInfo,
  type ExtKeyUsage,
  MessageImprint,
  PKIStatus,
  SignedAndUnsignedAttributes,
  SignedData,
  TimeStampReq,
  TimeStampResp,
  TSTInfo,
} from "pkijs";
import { guardedAgent } from "@/lib/auth/outbound";
import { Failure } from "@/lib/contracts/failure";
import { logger } from "@/lib/logger";
import { sha256 } from "@/lib/signing/node-crypto";

/** How long the authority may take in all (milliseconds). */
const PATIENCE_MS = 10_000;
const SHA256 = "2.16.840.1.101.3.4.2.1";
/** How far its clock may be from ours (milliseconds). */
const CLOCK_MS = 10 * 60_000;
const TST_INFO = "1.2.840.113549.1.9.16.1.4";
const TIME_STAMP_ATTRIBUTE = "1.2.840.113549.1.9.16.2.14";
const EXTENDED_KEY_USAGE = "2.5.29.37";
const TIME_STAMPING = "1.3.6.1.5.5.7.3.8";

const AWAY =
  "The PDFs cannot be sealed, because the time stamp authority does not answer as it should. Please try again later.";

/**
 * Has a time stamp authority (RFC 3161) say that a seal was there at its time, and puts its word into the seal as the
 * signature time stamp. The operator has named the authority, so it may be anywhere.
 * @param seal CMS in DER @returns the same with the time stamp
 * @throws Failure unavailable when the authority is away, refuses, or speaks of something else
 */
export async function stampSeal(seal: Uint8Array, authority: URL): Promise<Uint8Array> {
  try {
    const message = ContentInfo.fromBER(new Uint8Array(seal));
    const signed = new SignedData({ schema: message.content });
    const [signer] = signed.signerInfos;
    if (!signer) throw new Error("The seal has no signature.");
    const signature = new Uint8Array(signer.signature.getValue());
    const nonce = new Integer({ valueHex: nonceBytes() });
    const reply = await ask(authority, queryFor(sha256(signature), nonce));
    const token = await tokenOf(reply, signature, nonce);
    const attribute = new Attribute({ type: TIME_STAMP_ATTRIBUTE, values: [token.toSchema()] });
    signer.unsignedAttrs = new SignedAndUnsignedAttributes({ type: 1, attributes: [attribute] });
    message.content = signed.toSchema(true);
    return new Uint8Array(message.toSchema().toBER());
  } catch (error) {
    logger().warn({ err: error, host: authority.host }, "There is no time stamp.");
    throw new Failure("unavailable", AWAY, { retryAfter: 60 });
  }
}

/** Eight bytes that nobody foresees; the first makes a positive number in its shortest form. */
function nonceBytes(): ArrayBuffer {
  const bytes = new Uint8Array(randomBytes(8));
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes.buffer;
}

function queryFor(digest: Uint8Array, nonce: Integer): Buffer {
  const messageImprint = new MessageImprint({
    hashAlgorithm: new AlgorithmIdentifier({ algorithmId: SHA256 }),
    hashedMessage: new OctetString({ valueHex: new Uint8Array(digest).buffer }),
  });
  return Buffer.from(new TimeStampReq({ version: 1, messageImprint, nonce, certReq: true }).toSchema().toBER());
}

function ask(authority: URL, query: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const request = authority.protocol === "https:" ? requestHttps : requestHttp;
    const host = authority.hostname.replace(/^\[(.*)\]$/, "$1");
    const headers = { "content-type": "application/timestamp-query", "content-length": query.length };
    const options = {
      method: "POST",
      agent: guardedAgent(authority.protocol, { hosts: [host], loopback: true }),
      signal: AbortSignal.timeout(PATIENCE_MS),
      headers: { ...headers, accept: "application/timestamp-reply" },
    };
    const asked = request(authority, options, (response) => {
      if (response.statusCode === 200) buffer(response).then(resolve, reject);
      else {
        response.resume();
        reject(new Error(`The authority answered with status ${response.statusCode}.`));
      }
    });
    asked.once("error", reject);
    asked.end(query);
  });
}

/** The token of a reply that is about this signature, asked for by us, and signed by a key for time stamps. */
async function tokenOf(reply: Buffer, signature: Uint8Array, nonce: Integer): Promise<ContentInfo> {
  const { status, timeStampToken: token } = TimeStampResp.fromBER(new Uint8Array(reply));
  if ((status.status !== PKIStatus.granted && status.status !== PKIStatus.grantedWithMods) || !token) {
    throw new Error(`The authority gave no time stamp: status ${status.status}.`);
  }
  if (token.contentType !== ContentInfo.SIGNED_DATA) throw new Error("The time stamp is not signed.");
  const signed = new SignedData({ schema: token.content });
  const { eContent, eContentType } = signed.encapContentInfo;
  if (!eContent || eContentType !== TST_INFO) throw new Error("The authority signed something else.");
  const info = TSTInfo.fromBER(eContent.getValue());
  if (info.messageImprint.hashAlgorithm.algorithmId !== SHA256) throw new Error("The imprint is of another kind.");
  if (!info.nonce?.isEqual(nonce)) throw new Error("The time stamp is not the one that was asked for.");
  if (Math.abs(info.genTime.getTime() - Date.now()) > CLOCK_MS) throw new Error("The authority's clock is wrong.");
  // Looks at the imprint too.
  const verdict = await signed.verify({ signer: 0, data: new Uint8Array(signature).buffer, extendedMode: true });
  if (!verdict.signatureVerified) throw new Error("The authority's signature is wrong.");
  const usage = verdict.signerCertificate?.extensions?.find(({ extnID }) => extnID === EXTENDED_KEY_USAGE);
  const { keyPurposes = [] } = (usage?.parsedValue ?? {}) as Partial<ExtKeyUsage>;
  if (!keyPurposes.includes(TIME_STAMPING)) throw new Error("The authority's certificate is not one for time stamps.");
  return token;
}
