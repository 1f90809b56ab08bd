import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ServiceContext } from "@/lib/auth/context";
import { sealPdf } from "@/lib/services/export/seal-pdf";

/** Seals a PDF in a file of its own, as packs do. @throws as `sealPdf` */
export async function sealedPdf(
  context: Pick<ServiceContext, "signer">,
  pdf: Buffer,
  timestampUrl: string | undefined,
): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), "countervail-sealed-"));
  try {
    const path = join(folder, "document.pdf");
    await writeFile(path, pdf);
    await sealPdf(context, path, timestampUrl);
    return await readFile(path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
