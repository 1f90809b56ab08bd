import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { MigrationList, SchemasContainer } from "@prisma/schema-engine-wasm/schema_engine_bg";

const PRISMA_FOLDER = fileURLToPath(new URL("../../prisma/", import.meta.url));

/** Folder of the migrations: one folder each, NNNN_name/migration.sql. */
export const MIGRATIONS_FOLDER = join(PRISMA_FOLDER, "migrations");

/** Folder of the schema's files. */
export const SCHEMA_FOLDER = join(PRISMA_FOLDER, "schema");

/** One migration of this version of the code. */
export interface MigrationScript {
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the script in hexadecimal, as Prisma keeps it in `_prisma_migrations`. */
  readonly checksum: string;
}

/** The migrations on disk, in the order they apply. An empty folder, which git does not keep either, is none. */
export async function readMigrations(): Promise<MigrationScript[]> {
  const names = await migrationNames(MIGRATIONS_FOLDER);
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(join(MIGRATIONS_FOLDER, name, "migration.sql"), "utf8");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    }),
  );
}

/** Names of the folders that hold a migration.sql, sorted. */
async function migrationNames(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const scripts = entries.filter((entry) => entry.isFile() && entry.name === "migration.sql");
  return scripts.map((entry) => basename(entry.parentPath)).sort();
}

/** The migrations in the shape the engine takes. */
export function asMigrationList(scripts: readonly MigrationScript[]): MigrationList {
  return {
    baseDir: MIGRATIONS_FOLDER,
    lockfile: { path: "migration_lock.toml", content: 'provider = "postgresql"\n' },
    shadowDbInitScript: "",
    migrationDirectories: scripts.map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: "migration.sql", content: { tag: "ok", value: sql } },
    })),
  };
}

/** The schema's files in the shape the engine takes. */
export async function readSchema(): Promise<SchemasContainer> {
  const names = (await readdir(SCHEMA_FOLDER)).filter((name) => name.endsWith(".prisma")).sort();
  const files = names.map(async (name) => {
    const path = join(SCHEMA_FOLDER, name);
    return { path, content: await readFile(path, "utf8") };
  });
  return { files: await Promise.all(files) };
}
