import { OperatorError } from "@/lib/operator-error";

/** What a command was told: what stands by itself, and what follows a flag. */
export interface Arguments {
  readonly plain: readonly string[];
  readonly flags: Readonly<Record<string, string | undefined>>;
}

/**
 * Reads the arguments of a command, each flag with a value behind it.
 * @param usage said when they are not right
 * @throws OperatorError
 */
export function readArguments(
  given: readonly string[],
  { flags, plain, usage }: { readonly flags: readonly string[]; readonly plain: number; readonly usage: string },
): Arguments {
  const found: Record<string, string> = {};
  const rest: string[] = [];
  const wrong = () => new OperatorError(`Use: ${usage}`);
  for (let at = 0; at < given.length; at += 1) {
    const word = given[at] ?? "";
    if (!word.startsWith("--")) {
      rest.push(word);
      continue;
    }
    const name = word.slice(2);
    at += 1;
    const value = given[at];
    if (!flags.includes(name) || value === undefined || Object.hasOwn(found, name)) throw wrong();
    found[name] = value;
  }
  if (rest.length !== plain || rest.includes("")) throw wrong();
  return { plain: rest, flags: found };
}
