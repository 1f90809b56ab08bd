import type { KeyObject } from "node:crypto";
import { BitString, fromBER, Integer, OctetString, Utf8String } from "asn1js";
import {
  AlgorithmIdentifier,
  AttributeTypeAndValue,
  BasicConstraints,
  Certificate,
  Extension,
  PublicKeyInfo,
  RelativeDistinguishedNames,
  Time,
} from "pkijs";
import { writePem } from "@/lib/domain/proof/certificate";
import { cryptoperiodEnd, type KeyRecord, publicBytes } from "@/lib/domain/proof/keys";
import { signEcdsa } from "./ecdsa";

/** Object identifiers of what a certificate says here. */
const COMMON_NAME = "2.5.4.3";
const KEY_USAGE = "2.5.29.15";
const SUBJECT_KEY_IDENTIFIER = "2.5.29.14";
const BASIC_CONSTRAINTS = "2.5.29.19";
/** ECDSA with SHA-256 (RFC 5758). */
export const ECDSA_SHA256 = "1.2.840.10045.4.3.2";
/** digitalSignature and nonRepudiation. */
const SIGNS = 0b1100_0000;
/** Years for which the certificate outlives its key's time of signing: packs are kept, and looked at, that long. */
const READABLE_YEARS = 10;

/**
 * The self-signed certificate of a key that seals PDFs. It is the same each time it is made, so that one that was lost is
 * made again. It says whose key this is and not how long it signs, which the list of keys does: it goes on for ten years
 * after, because there is nobody who would renew it, and a reader of PDFs calls a seal bad once its certificate is over.
 * @returns PEM
 */
export function makeSealCertificate(record: KeyRecord, secret: KeyObject, service: string): string {
  const begin = new Date(record.from);
  const end = cryptoperiodEnd(record.purpose, begin);
  end.setUTCFullYear(end.getUTCFullYear() + READABLE_YEARS);
  const name = { type: COMMON_NAME, value: new Utf8String({ value: `Countervail service ${service}` }) };
  const issuer = new RelativeDistinguishedNames({ typesAndValues: [new AttributeTypeAndValue(name)] });
  const algorithm = new AlgorithmIdentifier({ algorithmId: ECDSA_SHA256 });
  const certificate = new Certificate({
    version: 2,
    serialNumber: new Integer({ valueHex: serialOf(record.id) }),
    signature: algorithm,
    issuer,
    notBefore: new Time({ value: begin }),
    notAfter: new Time({ value: end }),
    subject: issuer,
    subjectPublicKeyInfo: new PublicKeyInfo({ schema: fromBER(arrayOf(publicBytes(record))).result }),
    signatureAlgorithm: algorithm,
    extensions: extensionsOf(record.id),
  });
  const signed = certificate.encodeTBS().toBER();
  certificate.signatureValue = new BitString({ valueHex: arrayOf(signEcdsa(new Uint8Array(signed), secret)) });
  return writePem(new Uint8Array(certificate.toSchema(true).toBER()));
}

function extensionsOf(keyId: string): Extension[] {
  const usage = new BitString({ valueHex: Uint8Array.of(SIGNS).buffer, unusedBits: 6 });
  const identifier = new OctetString({ valueHex: bytesOfHex(keyId.slice(0, 40)) });
  return [
    { extnID: BASIC_CONSTRAINTS, critical: true, value: new BasicConstraints({ cA: false }).toSchema() },
    { extnID: KEY_USAGE, critical: true, value: usage },
    { extnID: SUBJECT_KEY_IDENTIFIER, critical: false, value: identifier },
  ].map(({ extnID, critical, value }) => new Extension({ extnID, critical, extnValue: value.toBER() }));
}

/** A serial number is positive, and has 20 bytes at most (RFC 5280, 4.1.2.2). */
function serialOf(keyId: string): ArrayBuffer {
  const bytes = new Uint8Array(bytesOfHex(keyId.slice(0, 32)));
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes.buffer;
}

function bytesOfHex(text: string): ArrayBuffer {
  return arrayOf(Buffer.from(text, "hex"));
}

/** The bytes by themselves: asn1js takes the whole buffer that a view lies in. */
export function arrayOf(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}
