import { verify, X509Certificate } from "node:crypto";
import { open } from "node:fs/promises";
import { OctetString } from "asn1js";
import { Certificate, ContentInfo, SignedData } from "pkijs";
import type { ServiceContext } from "@/lib/auth/context";
import { config } from "@/lib/config";
import { Failure } from "@/lib/contracts/failure";
import { orUnwritable } from "@/lib/durable";
import { logger } from "@/lib/logger";
import { openSealSpace } from "@/lib/render/pdf/seal-space";
import type { PdfJob } from "@/lib/render/pdf/view-model";
import { writePdf } from "@/lib/services/export/pdf-file";
import { stampSeal } from "@/lib/services/export/time-stamp";

/** Room for a seal in bytes: the certificate and the signature, and with a time stamp the authority's certificates. */
const ROOM = { plain: 4_096, stamped: 16_384 } as const;

/** The attribute of a seal that holds the digest of what it is over (RFC 5652, 11.2). */
const MESSAGE_DIGEST = "1.2.840.113549.1.9.4";

const UNUSABLE = "The PDFs cannot be sealed. An operator has to look into it.";

/**
 * Renders a PDF into a file and seals it there (PAdES B-B, with a time stamp B-T): readers of PDFs show a change of any
 * byte. The same job, time and key give the same bytes, but for a time stamp.
 * @param at when it is said to be sealed @param path of a file that is not there yet; whole and on the disk at the end
 * @param timestampUrl the time stamp authority, or undefined for none
 * @throws Failure as `writePdf`, and unavailable when it cannot be sealed or stamped: the file is then none to hand out;
 * Unwritable
 */
export async function makeSealedPdf(
  context: Pick<ServiceContext, "signer">,
  job: PdfJob,
  at: Date,
  path: string,
  signal: AbortSignal,
  timestampUrl = config().timestampUrl,
): Promise<void> {
  const room = timestampUrl === undefined ? ROOM.plain : ROOM.stamped;
  await writePdf({ ...job, seal: { room, at: at.toISOString() } }, path, signal);
  await sealPdf(context, path, timestampUrl);
}

/**
 * Seals a PDF that was rendered with room for it, in its file. What is held of it does not grow with the file.
 * @throws Failure as {@link makeSealedPdf}; RangeError for a file without such room; Unwritable
 */
export async function sealPdf(
  { signer }: Pick<ServiceContext, "signer">,
  path: string,
  timestampUrl: string | undefined,
): Promise<void> {
  const file = await orUnwritable(open(path, "r+"));
  try {
    const { digest, room, fill } = await openSealSpace(file);
    const seal = await signer.seal(digest);
    if (!isSealOf(seal, digest)) throw unusable("The signer's seal is not one of this PDF.");
    const whole = timestampUrl === undefined ? seal : await stampSeal(seal, new URL(timestampUrl));
    if (whole.length > room) throw unusable(`The seal has ${whole.length} bytes, and there is room for ${room}.`);
    await fill(whole);
    await orUnwritable(file.sync());
  } finally {
    await orUnwritable(file.close());
  }
}

/** By the digest alone, so that a large PDF is not held to be looked at. */
function isSealOf(seal: Uint8Array, digest: Buffer): boolean {
  try {
    const { certificates, signerInfos } = new SignedData({ schema: ContentInfo.fromBER(new Uint8Array(seal)).content });
    const [certificate] = certificates ?? [];
    const [signer] = signerInfos;
    const signed = signer?.signedAttrs;
    const told = signed?.attributes.find(({ type }) => type === MESSAGE_DIGEST)?.values[0];
    if (!signer || !signed || !(certificate instanceof Certificate) || !(told instanceof OctetString)) return false;
    if (!digest.equals(new Uint8Array(told.getValue()))) return false;
    const { publicKey } = new X509Certificate(new Uint8Array(certificate.toSchema().toBER()));
    const signature = new Uint8Array(signer.signature.getValue());
    return verify("sha256", new Uint8Array(signed.encodedValue), publicKey, signature);
  } catch {
    return false;
  }
}

function unusable(reason: string): Failure {
  logger().error({ reason }, "A PDF could not be sealed.");
  return new Failure("unavailable", UNUSABLE, { retryAfter: 60 });
}
