import { open } from "node:fs/promises";
import type { FontFiles } from "@/lib/render/pdf/font-files";
import { renderPdfTo } from "@/lib/render/pdf/render-pdf";
import type { FileJob, FileOutcome, Unwritable } from "@/lib/render/pdf/view-model";

/** Renders a PDF into a file. To force it onto the disk is left to whoever changes it last. */
export async function printFile({ job, out }: FileJob, fonts: FontFiles): Promise<FileOutcome> {
  try {
    const file = await open(out, "wx", 0o600);
    try {
      await renderPdfTo(job, fonts, (chunk) => file.writeFile(chunk));
    } finally {
      await file.close();
    }
    return { kind: "written" };
  } catch (error) {
    return unwritable(error);
  }
}

/** What the system said to a file that it would not write. @throws the error when it is of another kind */
export function unwritable(error: unknown): Unwritable {
  const { code } = error as NodeJS.ErrnoException;
  if (typeof code === "string" && error instanceof Error) return { kind: "unwritable", code, message: error.message };
  throw error;
}
