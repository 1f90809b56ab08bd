import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import * as glue from "@prisma/schema-engine-wasm/schema_engine_bg";

let loaded: Promise<void> | undefined;

/**
 * Opens Prisma's migration engine on a database. The engine is WebAssembly: the native one would be downloaded at the
 * first use, which fails behind many firewalls. Release it with `free()`.
 */
export async function openSchemaEngine(url: string): Promise<glue.SchemaEngine> {
  loaded ??= load();
  await loaded;
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg({ connectionString: url }));
  return glue.SchemaEngine.new({ datamodels: undefined }, () => undefined, adapter);
}

/** Does by hand what a bundler does for the package: instantiate the module and hand it to its glue code. */
async function load(): Promise<void> {
  const path = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const bytes = await readFile(path.replace(/\.js$/, ".wasm"));
  const imports = { "./schema_engine_bg.js": glue as unknown as WebAssembly.ModuleImports };
  const { instance } = await WebAssembly.instantiate(bytes, imports);
  glue.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
}
