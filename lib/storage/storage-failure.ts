import { Failure } from "@/lib/contracts/failure";
import { orUnwritable, Unwritable, type WriteTrouble, writeTrouble } from "@/lib/durable";
import { logger } from "@/lib/logger";

const KEPT = "Nothing was changed; everything else goes on.";
const TELL = "Tell whoever runs the service.";

const WORDS: Readonly<Record<WriteTrouble, string>> = {
  full: `There is no space left to store files. ${KEPT} ${TELL}`,
  refused: `The server may not write where files are stored. ${KEPT} ${TELL}`,
  gone: `The folder where files are stored is not there. ${KEPT} ${TELL}`,
  broken: `The disk where files are stored does not work as it should. ${KEPT} ${TELL}`,
  linkless: `The file system where files are stored has no hard links, without which none is laid down. ${KEPT} ${TELL}`,
  busy: "The server has too many files open right now. Please try again in a moment.",
};
const UNREADABLE = `The server may not read where files are stored. ${KEPT} ${TELL}`;
/** In seconds: somebody has to mend it, but for what passes by itself. */
const RETRY_AFTER = { mended: 60, passing: 10 } as const;

/**
 * Runs work that has files written, and says plainly, to people and in the log, why one was not. That a disk is full no
 * call says but one that writes; for everything else the work tells its writing by Unwritable.
 * @throws Failure storage_full; unavailable for what can be mended
 */
export async function orStorageFailure<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const trouble = writeTrouble(error);
    if (trouble === null || (trouble !== "full" && !(error instanceof Unwritable))) throw error;
    logger().error({ err: error }, "a file cannot be written");
    if (trouble === "full") throw new Failure("storage_full", WORDS.full);
    throw away(trouble, WORDS[trouble]);
  }
}

function away(trouble: WriteTrouble, words: string): Failure {
  const retryAfter = trouble === "busy" ? RETRY_AFTER.passing : RETRY_AFTER.mended;
  return new Failure("unavailable", words, { retryAfter });
}

/**
 * What an error of reading is to people: a Failure, unavailable, where the disk or its rights are in the way. Everything
 * else, also that a file is not there, is whatever the caller takes it for.
 */
export function orUnreadable<E>(error: E): E | Failure {
  const trouble = writeTrouble(error);
  if (error instanceof Unwritable || (trouble !== "refused" && trouble !== "broken" && trouble !== "busy"))
    return error;
  logger().error({ err: error }, "a file cannot be read");
  return away(trouble, trouble === "refused" ? UNREADABLE : WORDS[trouble]);
}

/** Awaits a call that reads, or several. @throws Failure unavailable; what it throws otherwise */
export async function readStored<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw orUnreadable(error);
  }
}

/** As {@link orStorageFailure}, for a single call that writes. */
export function stored<T>(call: Promise<T>): Promise<T> {
  return orStorageFailure(orUnwritable(call));
}
