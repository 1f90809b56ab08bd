import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { OperatorError } from "@/lib/operator-error";
import { generateClient } from "./support/prisma-client";
import { ROOT } from "./support/run-program";

/** `npm run bench -- [NAME…]`: runs the benchmarks in bench/ of that name, or all; each exports `bench()` and prints. */
export async function main(wanted: string[]): Promise<void> {
  const files = await readdir(join(ROOT, "bench")).catch(() => []);
  const known = files.filter((file) => /^[a-z0-9-]+\.ts$/.test(file)).map((file) => file.slice(0, -3));
  const unknown = wanted.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new OperatorError(`There is no benchmark "${unknown}"; there are: ${known.join(", ")}.`);
  await generateClient();
  for (const name of wanted.length > 0 ? wanted : known.sort()) {
    const { bench } = (await import(join(ROOT, "bench", `${name}.ts`))) as { bench: () => Promise<void> };
    await bench();
  }
}
