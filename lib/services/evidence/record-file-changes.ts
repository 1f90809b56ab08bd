import type { ServiceContext } from "@/lib/auth/context";
import { makeEvent, SYSTEM_LOG } from "@/lib/auth/events";
import { asSystem } from "@/lib/auth/open";

/** How the installation's files differ from what they were at its start, by their paths. */
export interface FileChanges {
  readonly changed: readonly string[];
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** More paths than these are no longer read by anybody. */
const MOST = 50;

/** Leaves an event that files of the installation differ; without differences there is none. */
export async function recordFileChanges(context: ServiceContext, changes: FileChanges): Promise<void> {
  const { changed, added, removed } = changes;
  if (changed.length + added.length + removed.length === 0) return;
  await asSystem(context, "sweep of the installation", async (tx) => {
    const detail = {
      changed: changed.slice(0, MOST),
      added: added.slice(0, MOST),
      removed: removed.slice(0, MOST),
      counts: [changed.length, added.length, removed.length],
    };
    const body = { action: "service.files_changed", requestId: context.requestId, detail } as const;
    tx.record(makeEvent(SYSTEM_LOG, tx.now, null, body));
  });
}
