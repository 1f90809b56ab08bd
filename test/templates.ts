import { withConnection } from "@/lib/db/connect";

/** Name of the migrated database that test files copy. */
export const TEMPLATE = "countervail_template";
/** The same with the catalogue loaded. */
export const TEMPLATE_WITH_CATALOGUE = "countervail_template_with_catalogue";

/** Copies a database that nobody is connected to. */
export async function copyTemplate(adminUrl: string, template: string, name: string): Promise<void> {
  await withConnection(adminUrl, (client) =>
    client.query(`CREATE DATABASE ${name} TEMPLATE ${template} OWNER countervail_owner STRATEGY FILE_COPY`),
  );
}
