import type { ServiceContext } from "@/lib/auth/context";
import { readPublic } from "@/lib/auth/open";
import { currentVersionId } from "@/lib/data/health";

/** True when the database answers and a catalogue is loaded. */
export async function isReady(context: ServiceContext): Promise<boolean> {
  return (await readPublic(context, currentVersionId)) !== null;
}
