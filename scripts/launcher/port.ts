import { createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { OperatorError } from "@/lib/operator-error";

/** How long a port may stay busy: a web server whose launcher was killed takes a moment to notice (milliseconds). */
const PATIENCE = 2_000;

/**
 * Makes sure that the web server can listen there.
 * @throws OperatorError when the port is in use, not allowed, or the address is not this computer's
 */
export async function checkPort(host: string, port: number): Promise<void> {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const code = await tryListening(host, port);
    if (code === undefined) return;
    if (code !== "EADDRINUSE" || Date.now() > end) throw new OperatorError(sentence(code, host, port));
    await pause(100);
  }
}

/** The error code of an attempt to listen; undefined when it works. */
async function tryListening(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? "unknown"));
    probe.listen(port, host, () => probe.close(() => resolve(undefined)));
  });
}

function sentence(code: string, host: string, port: number): string {
  if (code === "EADDRINUSE") {
    return `Port ${port} is in use: stop the program that has it, or take another one, such as PORT=${port + 1} npm start.`;
  }
  if (code === "EACCES") return `Port ${port} is not allowed to this account: take one above 1023, such as PORT=3000.`;
  return `The web server cannot listen on ${host} (${code}): correct HOST.`;
}
