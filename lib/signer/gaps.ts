import { mkdir, readdir, rename } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "@/lib/clock";
import { toHex, utf8 } from "@/lib/domain/proof/bytes";
import { parseEnvelope, writeEnvelope } from "@/lib/domain/proof/envelope";
import { GAP_TYPE, type GapInChain, type GapRecord, writeGap } from "@/lib/domain/proof/gap";
import { createDurably, hasCode, readIfThere } from "@/lib/durable";
import { OperatorError } from "@/lib/operator-error";
import { sha256 } from "@/lib/signing/node-crypto";
import type { Chains } from "./chains";
import { type Keyring, sealBy } from "./keyring";
import { allChains, refusedNow } from "./standing";
import type { Trees } from "./trees";

const RECORD = "record.dsse.json";
const SETTLED = "settled.txt";

/** A gap as it was written down in the signer's folder. */
export interface WrittenGap {
  readonly record: GapRecord;
  /** SHA-256 of the signed bytes, hex. */
  readonly sha256: string;
  /** The envelope, the exact text. */
  readonly envelope: string;
}

/**
 * What an operator has said to be lost, in the signer's folder: `gaps/<number>/` holds the record, signed by the statement
 * key, and the signer's former copies and refusals of the chains that it names. Nothing there is ever written over.
 */
export class Gaps {
  readonly #gaps: string;

  constructor(private readonly folder: string) {
    this.#gaps = join(folder, "gaps");
  }

  /** The last gap, when it was begun and not settled: an interruption left it. */
  async unsettled(): Promise<WrittenGap | null> {
    const last = (await this.#names()).at(-1);
    if (last === undefined || (await readIfThere(join(this.#gaps, last, SETTLED))) !== null) return null;
    const envelope = await readIfThere(join(this.#gaps, last, RECORD));
    return envelope === null ? null : readGap(envelope);
  }

  /** Signs a gap and writes it down. @throws OperatorError when the key cannot sign */
  async begin(record: GapRecord, keyring: Keyring): Promise<WrittenGap> {
    const payload = writeGap(record);
    const key = await keyring.active("statement").catch((error: Error) => {
      throw new OperatorError(`The record cannot be signed: ${error.message}`);
    });
    const envelope = writeEnvelope(sealBy(GAP_TYPE, payload, [key]));
    const number = Number((await this.#names()).at(-1) ?? 0) + 1;
    const place = join(this.#gaps, String(number).padStart(6, "0"));
    for (const part of ["trees", "refused"]) await mkdir(join(place, part), { recursive: true, mode: 0o700 });
    if (!(await createDurably(join(place, RECORD), envelope)))
      throw new OperatorError("Another gap is being recorded.");
    return readGap(envelope);
  }

  /** Lets the signer go on: what it held of the gap's chains, and that it refused them, is put aside. */
  async settle({ record }: WrittenGap, trees: Trees): Promise<void> {
    const last = (await this.#names()).at(-1) ?? "";
    for (const { logId, signed } of record.chains) {
      const name = `${logId.replace(":", "-")}.json`;
      // A copy of which nothing is missing stays. A refusal goes last: until then nothing is signed.
      const aside = (part: string) => move(join(this.folder, part, name), join(this.#gaps, last, part, name));
      if (signed) await aside("trees");
      if (!(await trees.known()).includes(logId)) await trees.allowBegin(logId, new Date(record.at));
      await aside("refused");
    }
    await createDurably(join(this.#gaps, last, SETTLED), "The signer goes on from the chains as they were found.\n");
  }

  async #names(): Promise<string[]> {
    const names = await readdir(this.#gaps).catch(() => []);
    return names.filter((name) => /^\d{6}$/.test(name)).sort();
  }
}

/**
 * How the chains of a database stand to what was signed.
 * @param all also those of which nothing is missing, as after a restore nobody knows what followed
 */
export async function chainsInGap(chains: Chains, trees: Trees, clock: Clock, all: boolean): Promise<GapInChain[]> {
  const refused = new Set((await refusedNow(chains, trees, clock)).map(({ chain }) => chain));
  const found: GapInChain[] = [];
  for (const { logId, size } of await allChains(chains, trees)) {
    if (!refused.has(logId) && !all) continue;
    const last = refused.has(logId) ? (await trees.read(logId)).last : null;
    const signed = last && { size: last.size, root: last.root, note: last.note };
    found.push({ logId, size, signed });
    refused.delete(logId);
  }
  // Refused, and neither stored nor copied any more.
  return [...found, ...[...refused].map((logId) => ({ logId, size: 0, signed: null }))];
}

function readGap(envelope: string): WrittenGap {
  const read = parseEnvelope(utf8(envelope));
  if (!read.ok) throw new OperatorError("The record of a gap in the signer's folder is damaged.");
  const { payload } = read.value;
  const record = JSON.parse(new TextDecoder().decode(payload)) as GapRecord;
  return { record, sha256: toHex(sha256(payload)), envelope };
}

/** What was moved before an interruption is not there any more. */
async function move(from: string, to: string): Promise<void> {
  await rename(from, to).catch((error: unknown) => {
    if (!hasCode(error, "ENOENT")) throw error;
  });
}
