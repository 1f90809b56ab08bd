import { Failure } from "@/lib/contracts/failure";
import { route } from "@/lib/server/route";
import { readGapState } from "@/lib/services/gap/gap-state";
import { isReady } from "@/lib/services/health";

/** Says whether the service can do its work: the database answers and the catalogue is loaded. */
export const GET = route({ public: true }, async ({ context }) => {
  if (!(await isReady(context)))
    throw new Failure("unavailable", "The catalogue is not loaded yet.", { retryAfter: 5 });
  const { notice } = await readGapState(context);
  return { status: "ready", ...(notice === null ? {} : { notice }) };
});
