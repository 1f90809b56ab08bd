import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** Root folder of the repository, with a slash at its end. */
export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** How a program ended. */
export interface Ended {
  /** Exit status; 1 when a signal ended it. */
  readonly status: number;
  /** What it wrote, both streams in order; empty when shown directly. */
  readonly output: string;
}

/** How to run a program. */
export interface RunOptions {
  readonly env?: Record<string, string>;
  /** Pass output through to our own, instead of only collecting it. */
  readonly show?: boolean;
}

/** Runs a program in the repository's root, without standard input, and collects what it writes. */
export async function runProgram(
  command: string,
  args: readonly string[],
  { env = {}, show = false }: RunOptions = {},
): Promise<Ended> {
  const child = spawn(command, args, {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const take = (target: NodeJS.WriteStream) => (chunk: Buffer) => {
    output += chunk.toString();
    if (show) target.write(chunk);
  };
  child.stdout.on("data", take(process.stdout));
  child.stderr.on("data", take(process.stderr));
  return new Promise((resolve) => {
    child.once("error", (error) => resolve({ status: 1, output: error.message }));
    child.once("close", (code) => resolve({ status: code ?? 1, output }));
  });
}

/** Path of a program that an npm package brings, by its path in node_modules; run it with Node. */
export function packageFile(path: string): string {
  return `${ROOT}node_modules/${path}`;
}
