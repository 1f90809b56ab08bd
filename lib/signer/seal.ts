import { ObjectIdentifier, OctetString, Sequence } from "asn1js";
import {
  AlgorithmIdentifier,
  Attribute,
  Certificate,
  ContentInfo,
  EncapsulatedContentInfo,
  IssuerAndSerialNumber,
  SignedAndUnsignedAttributes,
  SignedData,
  SignerInfo,
} from "pkijs";
import { utf8 } from "@/lib/domain/proof/bytes";
import { readPem } from "@/lib/domain/proof/certificate";
import { sha256 } from "@/lib/signing/node-crypto";
import { arrayOf, ECDSA_SHA256 } from "./certificate";
import { signEcdsa } from "./ecdsa";
import type { SigningKey } from "./keyring";

const SHA256 = "2.16.840.1.101.3.4.2.1";
/** Signed attributes (RFC 5652, 11; RFC 5035). */
const CONTENT_TYPE = "1.2.840.113549.1.9.3";
const MESSAGE_DIGEST = "1.2.840.113549.1.9.4";
const SIGNING_CERTIFICATE_V2 = "1.2.840.113549.1.9.16.2.47";

/**
 * The seal of a PDF: a detached CMS signature over the digest of its bytes, as PAdES B-B asks for it (ETSI EN 319 142-1):
 * content type, message digest and signing certificate are signed along, and no time is, which stands in the PDF. The
 * nonce follows from key and digest (RFC 6979), so that the same PDF gets the same seal, and an export that is taken up
 * again ends in the same bytes.
 * @param digest SHA-256 of what the PDF's byte range names
 * @returns DER
 */
export function makeSeal(
  digest: Uint8Array,
  { secret }: Pick<SigningKey, "secret">,
  certificatePem: string,
): Uint8Array {
  const der = readPem(utf8(certificatePem));
  if (!der) throw new Error("The certificate of the key that seals cannot be read.");
  const certificate = Certificate.fromBER(arrayOf(der));
  const attributes = [
    attribute(CONTENT_TYPE, new ObjectIdentifier({ value: ContentInfo.DATA })),
    attribute(MESSAGE_DIGEST, new OctetString({ valueHex: arrayOf(digest) })),
    attribute(SIGNING_CERTIFICATE_V2, certificateId(sha256(der))),
  ].sort((a, b) => Buffer.compare(encoded(a), encoded(b)));
  const signed = new SignedAndUnsignedAttributes({ type: 0, attributes });
  const signature = signEcdsa(asSet(new Uint8Array(signed.toSchema().toBER())), secret);
  const digestAlgorithm = new AlgorithmIdentifier({ algorithmId: SHA256 });
  const content = new SignedData({
    version: 1,
    digestAlgorithms: [digestAlgorithm],
    encapContentInfo: new EncapsulatedContentInfo({ eContentType: ContentInfo.DATA }),
    certificates: [certificate],
    signerInfos: [
      new SignerInfo({
        version: 1,
        sid: new IssuerAndSerialNumber({ issuer: certificate.issuer, serialNumber: certificate.serialNumber }),
        digestAlgorithm,
        signedAttrs: signed,
        signatureAlgorithm: new AlgorithmIdentifier({ algorithmId: ECDSA_SHA256 }),
        signature: new OctetString({ valueHex: arrayOf(signature) }),
      }),
    ],
  });
  const whole = new ContentInfo({ contentType: ContentInfo.SIGNED_DATA, content: content.toSchema(true) });
  return new Uint8Array(whole.toSchema().toBER());
}

function attribute(type: string, value: ObjectIdentifier | OctetString | Sequence): Attribute {
  return new Attribute({ type, values: [value] });
}

/** Names the certificate by its SHA-256, which is the algorithm when none is named. */
function certificateId(digest: Uint8Array): Sequence {
  const one = new Sequence({ value: [new OctetString({ valueHex: arrayOf(digest) })] });
  return new Sequence({ value: [new Sequence({ value: [one] })] });
}

function encoded(one: Attribute): Uint8Array {
  return new Uint8Array(one.toSchema().toBER());
}

/** What is signed: the attributes under the tag of a set, instead of the one that they have in the message. */
function asSet(attributes: Uint8Array): Uint8Array {
  return attributes.with(0, 0x31);
}
