import type { TestProject } from "vitest/node";
import { startTemporaryServer } from "@/lib/db/embedded/temporary";

/** Where test files find the server of this run. */
export interface TestServer {
  /** Address as superuser, database `postgres`. */
  readonly adminUrl: string;
  /** Addresses of the migrated template, which nobody connects to. */
  readonly appUrl: string;
  readonly ownerUrl: string;
}

declare module "vitest" {
  interface ProvidedContext {
    testServer: TestServer;
  }
}

/** Name of the migrated database that each test file copies. */
export const TEMPLATE = "countervail_template";

/** Starts one server for the whole run and migrates the template once. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const temporary = await startTemporaryServer();
  try {
    const template = await temporary.makeMigrated(TEMPLATE);
    project.provide("testServer", { adminUrl: temporary.server.adminUrl("postgres"), ...template });
  } catch (error) {
    await temporary.remove();
    throw error;
  }
  return () => temporary.remove();
}
