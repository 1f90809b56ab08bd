import { readdir } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import type { RouteHandler } from "@/lib/server/route";
import { ROOT } from "../support/run-program";
import type { Described } from "./document";

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];
/** What answers every address that nothing else does is no operation. */
const NOWHERE = "/[...rest]";

/** Every handler below /api/v1 with what it is made of, read off the modules themselves. @throws Error for one without */
export async function findDescribed(): Promise<Described[]> {
  const folder = join(ROOT, "app/api/v1");
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const described: Described[] = [];
  for (const entry of entries.filter(({ name }) => name === "route.ts")) {
    const file = join(entry.parentPath, entry.name);
    const path = `/${relative(folder, dirname(file)).split(sep).join("/")}`;
    if (path === NOWHERE) continue;
    const module = (await import(file)) as Readonly<Record<string, RouteHandler | undefined>>;
    for (const method of METHODS) {
      const handler = module[method];
      if (!handler) continue;
      if (!handler.spec) throw new Error(`${method} of ${path} is not made by route().`);
      described.push({ handler: `${method} ${path}`, spec: handler.spec });
    }
  }
  return described;
}
