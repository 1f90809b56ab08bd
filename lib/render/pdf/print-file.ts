import { open } from "node:fs/promises";
import { orUnwritable, Unwritable } from "@/lib/durable";
import type { FontFiles } from "@/lib/render/pdf/font-files";
import type { ByteSink } from "@/lib/render/pdf/ordered-output";
import { renderPdfTo } from "@/lib/render/pdf/render-pdf";
import { undrawableOutcome } from "@/lib/render/pdf/undrawable";
import type { FileJob, FileOutcome, UnwritableOutcome } from "@/lib/render/pdf/view-model";

/** Renders a PDF into a file. To force it onto the disk is left to whoever changes it last. */
export function printFile({ job, out }: FileJob, fonts: FontFiles): Promise<FileOutcome> {
  return intoFile(out, async (sink) => {
    await renderPdfTo(job, fonts, sink);
    return { kind: "written" } as const;
  }).catch(undrawableOutcome);
}

/**
 * Has a file written that is not there yet. @param write what has been taken is on its way to the disk before more is made
 * @param forced onto the disk at the end
 * @returns what was written, or that the system did not write it @throws what the writing throws otherwise
 */
export async function intoFile<T>(
  out: string,
  write: (sink: ByteSink) => Promise<T>,
  { forced = false } = {},
): Promise<T | UnwritableOutcome> {
  try {
    const file = await orUnwritable(open(out, "wx", 0o600));
    try {
      const written = await write((chunk) => orUnwritable(file.writeFile(chunk)));
      if (forced) await orUnwritable(file.sync());
      return written;
    } finally {
      // Disks on the network say only here that they are full.
      await orUnwritable(file.close());
    }
  } catch (error) {
    if (!(error instanceof Unwritable)) throw error;
    return { kind: "unwritable", trouble: error.trouble, message: error.message };
  }
}
