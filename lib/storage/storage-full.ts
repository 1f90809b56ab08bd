import { Failure } from "@/lib/contracts/failure";

/** System codes of a disk or a quota that is full. */
const FULL = new Set(["ENOSPC", "EDQUOT", "EFBIG"]);

/** Runs work that writes, and says it plainly when there is no space. @throws Failure storage_full */
export async function orStorageFull<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!FULL.has((error as NodeJS.ErrnoException).code ?? "")) throw error;
    throw new Failure(
      "storage_full",
      "There is no space left to store files. Nothing was changed; everything else goes on. Tell whoever runs the service.",
    );
  }
}
