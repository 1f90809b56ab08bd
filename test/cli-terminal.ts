import type { Terminal } from "@/lib/cli/terminal";

/** What a command printed, and the code that it ended with. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly notes: string;
}

/** A person at a terminal, for tests: with an environment, answers to questions, and an editor. */
export interface Person {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly answers?: readonly boolean[];
  readonly typed?: string;
  readonly edit?: (path: string) => Promise<number>;
}

/** Runs something at the terminal of a person. */
export async function atTerminal(
  run: (terminal: Terminal) => Promise<number>,
  { env, answers, typed = "", edit = async () => 0 }: Person,
): Promise<Ran> {
  const [out, notes]: [string[], string[]] = [[], []];
  const left = [...(answers ?? [])];
  const code = await run({
    env,
    edit,
    signal: new AbortController().signal,
    canAsk: answers !== undefined,
    now: () => new Date("2026-11-27T10:00:00Z"),
    out: (text) => void out.push(text),
    note: (text) => void notes.push(text),
    secret: async () => typed,
    input: async () => typed,
    confirm: async (question) => {
      notes.push(question);
      return left.shift() ?? false;
    },
    // Waits are as long as the server says; nothing in a test asks for a long one.
    wait: () => new Promise((resolve) => setImmediate(resolve)),
  });
  return { code, out: out.join("\n"), notes: notes.join("\n") };
}
