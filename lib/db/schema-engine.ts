import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import * as glue from "@prisma/schema-engine-wasm/schema_engine_bg";
import { schemaEngineAdapter } from "./schema-engine-adapter";

let loaded: Promise<void> | undefined;

/**
 * Runs work with Prisma's migration engine on a database. The engine is WebAssembly: the native one would be downloaded
 * at the first use, which fails behind many firewalls. Its connections are closed afterwards.
 */
export async function withSchemaEngine<T>(url: string, work: (engine: glue.SchemaEngine) => Promise<T>): Promise<T> {
  loaded ??= load();
  await loaded;
  const { factory, close } = schemaEngineAdapter(url);
  try {
    const engine = await glue.SchemaEngine.new({ datamodels: undefined }, () => undefined, factory);
    try {
      return await work(engine);
    } finally {
      engine.free();
    }
  } finally {
    await close();
  }
}

/** Does by hand what a bundler does for the package: instantiate the module and hand it to its glue code. */
async function load(): Promise<void> {
  // A panic of the engine reports its message here before it traps.
  Object.assign(globalThis, {
    PRISMA_WASM_PANIC_REGISTRY: {
      set_message: (message: string) => {
        throw new Error(`Prisma's migration engine broke: ${message}`);
      },
    },
  });
  const path = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const bytes = await readFile(path.replace(/\.js$/, ".wasm"));
  const imports = { "./schema_engine_bg.js": glue as unknown as WebAssembly.ModuleImports };
  const { instance } = await WebAssembly.instantiate(bytes, imports);
  glue.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
}
