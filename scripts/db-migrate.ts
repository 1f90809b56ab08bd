import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { config } from "@/lib/config";
import { startTemporaryServer } from "@/lib/db/embedded/temporary";
import { migrate, schemaDrift } from "@/lib/db/migrate";
import { MIGRATIONS_FOLDER, type MigrationScript, readMigrations } from "@/lib/db/migration-files";
import { prepareRoles } from "@/lib/db/prepare";
import { OperatorError } from "@/lib/operator-error";

/**
 * `npm run db:migrate`: brings the external database up to this version (npm start does so as well).
 * `npm run db:migrate -- draft NAME`: writes the next migration, the SQL that a freshly migrated database lacks
 * compared with prisma/schema; `-- draft` alone prints it. A folder NNNN_NAME that exists is written anew. Add what Prisma does not know (functions, triggers, row-level
 * security, grants) by hand in the same file.
 */
export async function main([command, name]: string[]): Promise<void> {
  if (command === "draft") return draft(name);
  if (command !== undefined) throw new OperatorError(`db:migrate knows "draft NAME" or nothing, not "${command}".`);
  const settings = config();
  const { databaseUrl, migrationUrl } = settings;
  const ownerUrl = migrationUrl ?? databaseUrl;
  if (ownerUrl === undefined) {
    throw new OperatorError("There is no external database to migrate: set DATABASE_URL (npm start migrates its own).");
  }
  const { signerDatabaseUrl: signerUrl, workerDatabaseUrl: workerUrl, keeperDatabaseUrl: keeperUrl } = settings;
  await prepareRoles(ownerUrl, databaseUrl ?? ownerUrl, { signerUrl, workerUrl, keeperUrl });
  const applied = await migrate(ownerUrl);
  console.log(applied.length === 0 ? "The database is up to date." : `Applied: ${applied.join(", ")}.`);
}

async function draft(name: string | undefined): Promise<void> {
  if (name !== undefined && !/^[a-z0-9_]+$/.test(name)) {
    throw new OperatorError("A migration's name is lower-case letters, digits and _.");
  }
  const folder = await folderFor(name ?? "draft");
  const earlier = (await readMigrations()).filter((script) => script.name < folder);
  const sql = await missingSql(earlier);
  if (sql === "") return console.log("The migrations and the schema agree: there is nothing to draft.");
  if (name === undefined) return console.log(sql);
  await mkdir(join(MIGRATIONS_FOLDER, folder), { recursive: true });
  await writeFile(join(MIGRATIONS_FOLDER, folder, "migration.sql"), `${sql}\n`);
  console.log(`Drafted prisma/migrations/${folder}/migration.sql`);
}

/** The next free number with that name, or a folder of that name: its script is drafted anew, as if none came after. */
async function folderFor(name: string): Promise<string> {
  const folders = (await readdir(MIGRATIONS_FOLDER)).filter((folder) => /^\d{4}_/.test(folder));
  const last = Math.max(0, ...folders.map((folder) => Number.parseInt(folder, 10)));
  return folders.find((folder) => folder.slice(5) === name) ?? `${String(last + 1).padStart(4, "0")}_${name}`;
}

async function missingSql(scripts: readonly MigrationScript[]): Promise<string> {
  const temporary = await startTemporaryServer();
  try {
    const { ownerUrl } = await temporary.makeMigrated("draft", scripts);
    return await schemaDrift(ownerUrl);
  } finally {
    await temporary.remove();
  }
}
