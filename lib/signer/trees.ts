import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { genesisHash } from "@/lib/domain/audit/chain";
import { fromBase64, fromHex, sameBytes, toBase64, toHex } from "@/lib/domain/proof/bytes";
import { EMPTY_FRONTIER, type Frontier, frontierRoot, isFrontier } from "@/lib/domain/proof/frontier";
import { createDurably, readIfThere, writeDurably } from "@/lib/durable";
import { sha256 } from "@/lib/signing/node-crypto";
import { checkpointReply, logId, type SignedCheckpoint } from "@/lib/signing/protocol";
import { Refusal } from "./refusal";

/** The signer's own copy of a chain's tree, as far as it has to know it. */
export interface Tree {
  readonly frontier: Frontier;
  /** Entry hash of the last event, or the genesis. */
  readonly head: Uint8Array;
  /** What was signed last. */
  readonly last: SignedCheckpoint | null;
}

const hex = z.string().regex(/^[0-9a-f]{64}$/);
const treeShape = z.strictObject({
  version: z.literal(1),
  frontier: z.array(z.base64()),
  head: hex,
  last: checkpointReply,
});
const refusedShape = z.strictObject({ chain: logId, reason: z.string(), at: z.iso.datetime() });

/** A chain that is not signed until an operator has removed the file that says so. */
export type Refused = z.infer<typeof refusedShape>;

/**
 * The signer's copies on its own disk, a file for each chain: `trees/<chain>.json` is written before a note is given out,
 * `refused/<chain>.json` when a chain does not extend its copy, and `begin/<chain>.json` is an operator's word that a
 * chain may be begun again without one.
 */
export class Trees {
  readonly #trees: string;
  readonly #refused: string;
  readonly #begin: string;

  constructor(folder: string) {
    this.#trees = join(folder, "trees");
    this.#refused = join(folder, "refused");
    this.#begin = join(folder, "begin");
  }

  /** Makes the folders. */
  async open(): Promise<void> {
    for (const folder of [this.#trees, this.#refused, this.#begin])
      await mkdir(folder, { recursive: true, mode: 0o700 });
  }

  /** The copy of a chain; that of one never signed is empty. @throws Refusal when the file is damaged */
  async read(chain: string): Promise<Tree> {
    const text = await readIfThere(join(this.#trees, fileOf(chain)));
    if (text === null) return { frontier: EMPTY_FRONTIER, head: genesisHash(chain, sha256), last: null };
    const tree = treeOf(text);
    if (tree?.last?.logId === chain) return tree;
    throw new Refusal(
      "refused",
      `The signer's own copy of this chain is damaged: restore trees/${fileOf(chain)}.`,
      chain,
    );
  }

  /** Puts a copy in the former one's place, for good. */
  async write(chain: string, { frontier, head, last }: Tree): Promise<void> {
    const content = { version: 1, frontier: frontier.nodes.map(toBase64), head: toHex(head), last };
    await writeDurably(join(this.#trees, fileOf(chain)), `${JSON.stringify(content, undefined, 2)}\n`);
  }

  /** The chains that were signed. */
  async known(): Promise<string[]> {
    return namesIn(await readdir(this.#trees));
  }

  /** Why a chain is refused, or null. */
  async refusalOf(chain: string): Promise<Refused | null> {
    const text = await readIfThere(join(this.#refused, fileOf(chain)));
    if (text === null) return null;
    const read = refusedShape.safeParse(parse(text)).data;
    return (
      read ?? { chain, reason: `The file refused/${fileOf(chain)} cannot be read.`, at: new Date(0).toISOString() }
    );
  }

  /** Refuses a chain from now on; the first reason stays. */
  async refuse(refused: Refused): Promise<void> {
    await createDurably(join(this.#refused, fileOf(refused.chain)), `${JSON.stringify(refused, undefined, 2)}\n`);
  }

  /** An operator's word: without a copy, the chain is begun again from the newest checkpoint that the database has of it. */
  async allowBegin(chain: string, at: Date): Promise<void> {
    await writeDurably(join(this.#begin, fileOf(chain)), `${JSON.stringify({ chain, at: at.toISOString() })}\n`);
  }

  /** Whether an operator said so. */
  async mayBegin(chain: string): Promise<boolean> {
    return (await readIfThere(join(this.#begin, fileOf(chain)))) !== null;
  }

  /** The word holds once. */
  async begun(chain: string): Promise<void> {
    await rm(join(this.#begin, fileOf(chain)), { force: true });
  }

  /** All chains that are refused. */
  async allRefused(): Promise<Refused[]> {
    const all = await Promise.all(namesIn(await readdir(this.#refused)).map((chain) => this.refusalOf(chain)));
    return all.filter((one) => one !== null);
  }
}

/** Of how many events a copy is, by the content of its file; 0 for one that is damaged. */
export function sizeOfTree(text: string): number {
  return treeOf(text)?.frontier.size ?? 0;
}

function treeOf(text: string): Tree | null {
  const read = treeShape.safeParse(parse(text)).data;
  if (!read) return null;
  const nodes = read.frontier.map((node) => fromBase64(node) ?? new Uint8Array(0));
  const frontier = { size: read.last.size, nodes };
  const head = fromHex(read.head);
  const root = fromHex(read.last.root);
  if (!head || !root || !isFrontier(frontier) || !sameBytes(frontierRoot(frontier, sha256), root)) return null;
  return { frontier, head, last: read.last };
}

/** `org:<uuid>` as a file's name; names of chains were checked before. */
function fileOf(chain: string): string {
  return `${logId.parse(chain).replace(":", "-")}.json`;
}

function namesIn(files: readonly string[]): string[] {
  const names = files
    .filter((name) => name.endsWith(".json"))
    .map((name) => name.slice(0, -5).replace(/^org-/, "org:"));
  return names.filter((name) => logId.safeParse(name).success).sort();
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
