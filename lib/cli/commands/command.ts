import { type ParseArgsConfig, parseArgs } from "node:util";
import { CliError, EXIT } from "@/lib/cli/exit-codes";
import type { Terminal } from "@/lib/cli/terminal";

/** What was given to a command. */
export interface Given {
  readonly plain: readonly string[];
  /** The value of an option; undefined where it was not given. */
  readonly value: (name: string) => string | undefined;
  readonly has: (name: string) => boolean;
}

/** A command: what it is called and takes, and what it does. */
export interface Command {
  readonly name: string;
  /** What it is for, in a few words. */
  readonly summary: string;
  /** What is written behind `countervail`, one line for each form. */
  readonly usage: readonly string[];
  /** What `--help` says below the usage. */
  readonly help: string;
  readonly options: NonNullable<ParseArgsConfig["options"]>;
  /** The least and the most words beside options. */
  readonly words: readonly [least: number, most: number];
  /** @returns the code that the program ends with */
  readonly run: (terminal: Terminal, given: Given) => Promise<number>;
}

/** The option that every command has which asks a server. */
export const SERVER = { server: { type: "string" } } as const;

/** Reads what was given to a command. @throws CliError usage */
export function readGiven(command: Command, words: readonly string[]): Given | "help" {
  const wrong = (why: string) =>
    new CliError(`${why}\nUse: ${command.usage.map((line) => `countervail ${line}`).join("\n     ")}`, EXIT.usage);
  const options = { ...command.options, help: { type: "boolean", short: "h" } } as const;
  let parsed: ReturnType<typeof parseArgs>;
  try {
    parsed = parseArgs({ args: [...words], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw wrong(error instanceof Error ? (error.message.split(/[.\n]/)[0] ?? "") : "");
  }
  const { values, positionals } = parsed;
  if (values.help) return "help";
  const [least, most] = command.words;
  if (positionals.length < least) throw wrong("Something is missing.");
  if (positionals.length > most) throw wrong(`“${positionals[most]}” is too much.`);
  return {
    plain: positionals,
    value: (name) => (typeof values[name] === "string" ? values[name] : undefined),
    has: (name) => values[name] === true,
  };
}
