import type { TestProject } from "vitest/node";
import { withDatabase } from "@/lib/db/addresses";
import { startTemporaryServer } from "@/lib/db/embedded/temporary";
import { loadCatalogue } from "@/prisma/seed/catalogue";
import { copyTemplate, TEMPLATE, TEMPLATE_WITH_CATALOGUE } from "./templates";

/** Where test files find the server of this run. */
export interface TestServer {
  /** Address as superuser, database `postgres`. */
  readonly adminUrl: string;
  /** Addresses of the migrated template, which nobody connects to. */
  readonly appUrl: string;
  readonly ownerUrl: string;
  readonly signerUrl: string;
  readonly workerUrl: string;
  readonly keeperUrl: string;
}

declare module "vitest" {
  interface ProvidedContext {
    testServer: TestServer;
  }
}

/** Starts one server for the whole run, migrates the templates once and loads the catalogue once. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const temporary = await startTemporaryServer();
  try {
    const template = await temporary.makeMigrated(TEMPLATE);
    const adminUrl = temporary.server.adminUrl("postgres");
    await copyTemplate(adminUrl, TEMPLATE, TEMPLATE_WITH_CATALOGUE);
    await loadCatalogue(withDatabase(template.ownerUrl, TEMPLATE_WITH_CATALOGUE));
    project.provide("testServer", { adminUrl, ...template });
  } catch (error) {
    await temporary.remove();
    throw error;
  }
  return () => temporary.remove();
}
