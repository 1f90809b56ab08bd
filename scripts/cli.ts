import { spawn } from "node:child_process";
import { createInterface } from "node:readline/promises";
import { CliError, EXIT } from "@/lib/cli/exit-codes";
import { runCli } from "@/lib/cli/program";
import { type Colour, harmless, type Terminal } from "@/lib/cli/terminal";

const PAINT: Readonly<Record<Colour, string>> = { red: "31", green: "32", dim: "2" };

/** `countervail COMMAND`: the commands that ask a server over its API, without the settings of one. */
export async function main(words: readonly string[]): Promise<number> {
  const interrupted = new AbortController();
  process.on("SIGINT", () => interrupted.abort());
  process.on("SIGTERM", () => interrupted.abort());
  // Whoever reads no further, such as head, is no mistake.
  process.stdout.on("error", () => process.exit(EXIT.done));
  return runCli(words, terminalOf(interrupted.signal));
}

function terminalOf(signal: AbortSignal): Terminal {
  const { env, stdin, stdout, stderr } = process;
  const paints = stdout.isTTY === true && !env.NO_COLOR && env.TERM !== "dumb";
  return {
    env,
    signal,
    canAsk: stdin.isTTY === true && stderr.isTTY === true,
    now: () => new Date(),
    out: (text, colour) => {
      const plain = harmless(text);
      stdout.write(paints && colour ? `\u001b[${PAINT[colour]}m${plain}\u001b[0m\n` : `${plain}\n`);
    },
    note: (text) => void stderr.write(`${harmless(text)}\n`),
    secret,
    confirm: async (prompt) => {
      const lines = createInterface({ input: stdin, output: stderr });
      try {
        return /^y(es)?$/i.test((await lines.question(`${harmless(prompt)} [y/N] `, { signal })).trim());
      } finally {
        lines.close();
      }
    },
    input: async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of stdin) chunks.push(chunk as Buffer);
      return Buffer.concat(chunks).toString("utf8");
    },
    edit,
    wait: (milliseconds) =>
      new Promise((resolve, reject) => {
        const giveUp = () => {
          clearTimeout(timer);
          reject(new DOMException("Interrupted", "AbortError"));
        };
        const timer = setTimeout(() => {
          signal.removeEventListener("abort", giveUp);
          resolve();
        }, milliseconds);
        if (signal.aborted) giveUp();
        else signal.addEventListener("abort", giveUp, { once: true });
      }),
  };
}

/** Reads a line sign by sign with the terminal's echo off. */
function secret(prompt: string): Promise<string> {
  const { stdin, stderr } = process;
  // Before anything asks for it: what is typed at once would be shown.
  stdin.setRawMode(true);
  stderr.write(prompt);
  stdin.setEncoding("utf8");
  let line = "";
  // What is pasted behind the line's end is not part of it.
  let isOver = false;
  return new Promise((resolve, reject) => {
    const end = (done: () => void) => {
      isOver = true;
      stdin.off("data", read);
      stdin.setRawMode(false);
      stdin.pause();
      stderr.write("\n");
      done();
    };
    const take = (sign: string) => {
      if ("\r\n\u0004".includes(sign)) end(() => resolve(line));
      else if (sign === "\u0003") end(() => reject(new CliError("Interrupted.", EXIT.interrupted)));
      else line = "\u007f\b".includes(sign) ? line.slice(0, -1) : line + sign;
    };
    const read = (chunk: string) => {
      for (const sign of chunk) if (!isOver) take(sign);
    };
    stdin.on("data", read);
    stdin.resume();
  });
}

/** As git does it: the editor may have arguments of its own, and its words are the shell's. */
function edit(path: string): Promise<number> {
  const { VISUAL, EDITOR } = process.env;
  const editor = VISUAL || EDITOR || (process.platform === "win32" ? "notepad" : "vi");
  const child =
    process.platform === "win32"
      ? spawn(editor, [path], { stdio: "inherit", shell: true })
      : spawn("/bin/sh", ["-c", `${editor} "$@"`, editor, path], { stdio: "inherit" });
  return new Promise((resolve, reject) => {
    child.on("error", () => reject(new CliError(`The editor “${editor}” could not be started. Set EDITOR.`)));
    child.on("close", (status) => resolve(status ?? 1));
  });
}
