import { join } from "node:path";
import { endSharedApps, lastWordsOfSharedApp, withSharedApp } from "@/prove/support/app";
import type { Proof, ProofOptions, ProofResult } from "@/prove/support/proof";
import { ROOT } from "./support/run-program";

/** What a row is told: the proof to run, and how; null when there is none left. */
export interface NextProof {
  readonly next: { readonly name: string; readonly options: ProofOptions } | null;
}

/** What a row says: that it wants the next proof, and whether the one before holds. */
export interface RowAnswer {
  readonly holds: boolean;
}

/**
 * A row of `npm run prove -- --short`: takes one proof after the other from the process that started it. A process of its
 * own, so that what one proof computes keeps no other from seeing in time what happens.
 */
export async function main(): Promise<number> {
  const end = () => void endSharedApps().finally(() => process.exit(1));
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, end);
  process.once("disconnect", end);
  await withSharedApp(async () => {
    let holds = true;
    for (let told = await ask(holds); told.next !== null; told = await ask(holds)) {
      holds = await runProof(told.next.name, told.next.options);
    }
  });
  process.off("disconnect", end);
  process.disconnect();
  return 0;
}

function ask(holds: boolean): Promise<NextProof> {
  const told = new Promise<NextProof>((resolve) => process.once("message", (message) => resolve(message as NextProof)));
  process.send?.({ holds } satisfies RowAnswer);
  return told;
}

/** Runs a proof and says what it found, in one line. @returns whether it holds */
export async function runProof(name: string, options: ProofOptions): Promise<boolean> {
  const begin = performance.now();
  const { holds, figure, lacks = [] } = await attempt(name, options);
  const seconds = ((performance.now() - begin) / 1000).toFixed(1);
  for (const program of lacks) console.log(`${name}: skipped what needs ${program}`);
  console.log(`${name}: ${holds ? "holds" : "falls short"}, ${figure.replace(/\s+/g, " ")} (${seconds} s)`);
  if (!holds) console.error(await lastWordsOfSharedApp());
  return holds;
}

async function attempt(name: string, options: ProofOptions): Promise<ProofResult> {
  try {
    const { prove } = (await import(join(ROOT, "prove", `${name}.ts`))) as { prove: Proof };
    return await prove(options);
  } catch (error) {
    console.error(error);
    return { holds: false, figure: `it broke: ${error instanceof Error ? error.message : String(error)}` };
  }
}
