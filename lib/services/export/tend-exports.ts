import type { ServiceContext } from "@/lib/auth/context";
import { noteExports } from "@/lib/auth/open";
import { neededFolders, noteRemoved, openExportIds } from "@/lib/data/exports";
import { logger } from "@/lib/logger";
import { enqueueExport } from "@/lib/queue/enqueue-export";
import { FINISHED_FILE, folderOf } from "@/lib/services/export/finished-file";
import { jobFolders } from "@/lib/storage/job-folder";

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Puts tickets for open exports into the queue that nobody works on here: those that wait for something, and those whose
 * worker was killed. The queue itself may have lost its tickets.
 * @param except ids of exports that are being made in this process
 */
export async function enqueueOpenExports(context: ServiceContext, except: ReadonlySet<string>): Promise<void> {
  await noteExports(context, async (tx) => {
    for (const id of await openExportIds(tx)) if (!except.has(id)) await enqueueExport(tx, id);
  });
}

/**
 * Removes the folders of exports whose time is over, or that failed, were cancelled or are known to nobody. That a file
 * goes when its time is over is the rule which its row told from the beginning, and no event.
 */
export async function sweepExports(context: ServiceContext, root: string): Promise<void> {
  const ids = (await jobFolders(root)).filter((name) => UUID.test(name));
  const needed = await noteExports(context, (tx) => neededFolders(tx, ids));
  // Also of one that comes to its end while the others are swept something is left.
  const left = new Set(needed.keys());
  for (const id of ids) {
    const what = needed.get(id);
    if (what === "whole") continue;
    // One that cannot be removed keeps nobody else's file beyond its time; it is tried again with each sweep.
    await folderOf(root, id)
      .clear(what === "file" ? FINISHED_FILE : undefined)
      .catch((error: unknown) => {
        left.add(id);
        logger().error({ err: error, exportId: id }, "what an export has left is not removed");
      });
  }
  await noteExports(context, (tx) => noteRemoved(tx, left));
}
