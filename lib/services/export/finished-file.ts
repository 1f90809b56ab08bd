import { join } from "node:path";
import { JobFolder } from "@/lib/storage/job-folder";

/** The outcome of the last step of every export: the file that is handed out. */
export const FINISHED_FILE = "file";

/** The folder of one export among those of the settings. @param exportId an id that was checked or made here */
export function folderOf(root: string, exportId: string): JobFolder {
  return new JobFolder(join(root, exportId));
}
