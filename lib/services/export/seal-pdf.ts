import { createHash } from "node:crypto";
import { ContentInfo, SignedData } from "pkijs";
import type { ServiceContext } from "@/lib/auth/context";
import { config } from "@/lib/config";
import { Failure } from "@/lib/contracts/failure";
import { logger } from "@/lib/logger";
import { openSealSpace } from "@/lib/render/pdf/seal-space";
import type { PdfJob } from "@/lib/render/pdf/view-model";
import { makePdf } from "@/lib/services/export/pdf-file";
import { stampSeal } from "@/lib/services/export/time-stamp";

/** Room for a seal in bytes: the certificate and the signature, and with a time stamp the authority's certificates. */
const ROOM = { plain: 4_096, stamped: 16_384 } as const;

const UNUSABLE = "The PDFs cannot be sealed. An operator has to look into it.";

/**
 * Renders a PDF and seals it in place (PAdES B-B, with a time stamp B-T): readers of PDFs show a change of any byte. The
 * same job, time and key give the same bytes, but for a time stamp.
 * @param at when it is said to be sealed
 * @param timestampUrl the time stamp authority, or undefined for none
 * @throws Failure as `makePdf`, and unavailable when it cannot be sealed or stamped; never a PDF without its seal
 */
export async function makeSealedPdf(
  context: Pick<ServiceContext, "signer">,
  job: PdfJob,
  at: Date,
  signal: AbortSignal,
  timestampUrl = config().timestampUrl,
): Promise<Buffer> {
  const room = timestampUrl === undefined ? ROOM.plain : ROOM.stamped;
  const { bytes } = await makePdf({ job: { ...job, seal: { room, at: at.toISOString() } }, name: "" }, signal);
  return sealPdf(context, bytes, timestampUrl);
}

/** Seals a PDF that was rendered with room for it. @throws Failure as {@link makeSealedPdf} */
export async function sealPdf(
  { signer }: Pick<ServiceContext, "signer">,
  pdf: Buffer,
  timestampUrl: string | undefined,
): Promise<Buffer> {
  const { signed, room, fill } = openSealSpace(pdf);
  const seal = await signer.seal(createHash("sha256").update(signed[0]).update(signed[1]).digest());
  if (!(await isSealOf(seal, signed))) throw unusable("The signer's seal is not one of this PDF.");
  const whole = timestampUrl === undefined ? seal : await stampSeal(seal, new URL(timestampUrl));
  if (whole.length > room) throw unusable(`The seal has ${whole.length} bytes, and there is room for ${room}.`);
  return fill(whole);
}

async function isSealOf(seal: Uint8Array, parts: readonly Uint8Array[]): Promise<boolean> {
  try {
    const signed = new SignedData({ schema: ContentInfo.fromBER(new Uint8Array(seal)).content });
    return await signed.verify({ signer: 0, data: new Uint8Array(Buffer.concat(parts)).buffer });
  } catch {
    return false;
  }
}

function unusable(reason: string): Failure {
  logger().error({ reason }, "A PDF could not be sealed.");
  return new Failure("unavailable", UNUSABLE, { retryAfter: 60 });
}
