import { OperatorError } from "@/lib/operator-error";
import { codeOf, withConnection } from "./connect";

/** Name of the lock around the files of archived segments: shared by who reads them, held alone by who removes some. */
export const SEGMENT_FILES = "countervail-segment-files";

/**
 * Does work that reads the database and, after that, segments' files, while nobody gives segments up: what the database
 * said is then still there. Whoever does that now is waited for, for a minute.
 * @throws OperatorError when the wait was too long, or the lock was lost with its connection
 */
export function whileSegmentsStay<T>(url: string, work: () => Promise<T>): Promise<T> {
  return withConnection(url, async (client) => {
    await client.query("SET lock_timeout = '60s'");
    await client.query("SELECT pg_advisory_lock_shared(hashtextextended($1, 0))", [SEGMENT_FILES]).catch((error) => {
      if (codeOf(error) !== "55P03") throw error;
      throw new OperatorError("Archived events are being given up just now: try again later.");
    });
    const result = await work();
    // The lock ends with its connection: only while that stands was it held to the end.
    await client.query("SELECT 1").catch(() => {
      throw new OperatorError("The connection to the database broke meanwhile: try again.");
    });
    return result;
  });
}
