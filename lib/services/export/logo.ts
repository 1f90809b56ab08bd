import { findLogo } from "@/lib/data/organisation-logos";
import type { ScopedTx } from "@/lib/db/kinds";
import type { Logo } from "@/lib/render/pdf/view-model";

/** The logo on what is printed of an engagement: that of the entity whose worksheets they are. */
export async function readLogo(tx: ScopedTx): Promise<Logo | undefined> {
  const { logo } = await findLogo(tx, tx.engagement.organisationId);
  if (!logo) return undefined;
  return { type: logo.type, alt: logo.alt, data: Buffer.from(logo.picture).toString("base64") };
}
