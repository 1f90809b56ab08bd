import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { buildVerifier } from "@/scripts/build-verifier";
import { buildWorkers } from "@/scripts/build-worker";

/** A folder that a test works in as a built server does. */
export interface BundleFolder {
  readonly path: string;
  /** Goes back to where the test was started, and removes the folder. */
  readonly remove: () => Promise<void>;
}

/**
 * Makes a folder with the bundles that a server finds from where it was started, the workers and the verifier, and
 * enters it. Call it last in `beforeAll`: what reads files of the project by their names has to be done by then.
 */
export async function makeBundleFolder(): Promise<BundleFolder> {
  const home = process.cwd();
  // Inside the project, because the bundles look for packages and fonts from where they lie.
  const path = await mkdtemp(join(home, "node_modules", ".bundles-"));
  await buildWorkers(join(path, "dist"));
  await buildVerifier(join(path, "dist"));
  process.chdir(path);
  return {
    path,
    remove: async () => {
      process.chdir(home);
      await rm(path, { recursive: true, force: true });
    },
  };
}

/** Does one thing in such a folder. */
export async function inBundleFolder<T>(work: () => Promise<T>): Promise<T> {
  const { remove } = await makeBundleFolder();
  try {
    return await work();
  } finally {
    await remove();
  }
}
