import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Verdict } from "@/lib/domain/pack/report";
import type { PackBytes } from "@/test/pack/story";
import { ROOT } from "../../scripts/support/run-program";

/** What the second verifier says of a pack. */
export interface SecondOpinion {
  readonly verdict: Verdict;
  readonly reason: string;
}

/** The second verifier in Python, started once and asked about one pack after the other. */
export class SecondVerifier {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  constructor() {
    const script = join(ROOT, "docs", "verifier", "verify_pack.py");
    this.#child = spawn("python3", [script, "--batch"], { stdio: ["pipe", "pipe", "inherit"] });
    if (!this.#child.stdout) throw new Error("The second verifier has no output.");
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  /** Asks about a pack in memory, or about the path of an archive. @throws Error when the program ends */
  async ask(pack: PackBytes | string, root: string | null, older?: PackBytes): Promise<SecondOpinion> {
    const call = { pack: wire(pack), root, ...(older ? { extends: wire(older) } : {}) };
    this.#child.stdin?.write(`${JSON.stringify(call)}\n`);
    const line = await this.#lines.next();
    if (line.done) throw new Error("The second verifier ended.");
    return JSON.parse(line.value) as SecondOpinion;
  }

  /** Ends the program. */
  end(): void {
    this.#child.stdin?.end();
  }
}

function wire(pack: PackBytes | string): string | Record<string, string> {
  if (typeof pack === "string") return pack;
  return Object.fromEntries([...pack].map(([path, bytes]) => [path, Buffer.from(bytes).toString("base64")]));
}
