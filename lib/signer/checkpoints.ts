import type { Clock } from "@/lib/clock";
import { codeOf } from "@/lib/db/connect";
import { sameBytes, toHex, utf8 } from "@/lib/domain/proof/bytes";
import { originOf, signCheckpoint, verifyCheckpoint } from "@/lib/domain/proof/checkpoint";
import { frontierRoot } from "@/lib/domain/proof/frontier";
import { publicBytes } from "@/lib/domain/proof/keys";
import { checkSignature, sha256, signEd25519 } from "@/lib/signing/node-crypto";
import type { SignedCheckpoint } from "@/lib/signing/protocol";
import { type Chains, OTHER_CHECKPOINT, type StoredChain } from "./chains";
import { extend, type Mark, NotExtended } from "./extend";
import type { Keyring } from "./keyring";
import { Refusal } from "./refusal";
import { allChains } from "./standing";
import type { Trees } from "./trees";

/** Makes checkpoints of chains, one at a time for each chain. */
export class Checkpoints {
  readonly #turns = new Map<string, Promise<unknown>>();

  constructor(
    private readonly service: string,
    private readonly chains: Chains,
    private readonly trees: Trees,
    private readonly keyring: Keyring,
    private readonly clock: Clock,
  ) {}

  /** A checkpoint of a chain as it is now. @throws Refusal when there is no such chain, or it is not to be signed */
  of(logId: string): Promise<SignedCheckpoint> {
    return this.#inTurn(logId, async () => {
      const chain = (await allChains(this.chains, this.trees)).find((one) => one.logId === logId);
      if (!chain) throw new Refusal("unknown", "There is no such chain.", logId);
      return this.#make(chain);
    });
  }

  /**
   * Makes a checkpoint of every chain that grew, and stores those again that an interruption kept from the database.
   * @returns the chains that were refused
   */
  async ofAll(): Promise<string[]> {
    const refused: string[] = [];
    for (const { logId, size, head, checkpointed } of await allChains(this.chains, this.trees)) {
      // A chain that is shorter than it was, or ends differently, is no less of our concern than one that grew.
      const tree = await this.trees.read(logId).catch(() => null);
      if (tree && size === checkpointed && tree.frontier.size === size && sameBytes(tree.head, head)) continue;
      await this.of(logId).catch((error: unknown) => {
        if (!(error instanceof Refusal) || error.code !== "refused") throw error;
        refused.push(logId);
      });
    }
    return refused;
  }

  async #make(chain: StoredChain): Promise<SignedCheckpoint> {
    const { logId } = chain;
    const refused = await this.trees.refusalOf(logId);
    if (refused) throw new Refusal("refused", refused.reason, logId);
    try {
      return await this.#sign(chain);
    } catch (error) {
      if (error instanceof NotExtended) {
        await this.trees.refuse({ chain: logId, reason: error.reason, at: this.clock().toISOString() });
      }
      throw error;
    }
  }

  async #sign(chain: StoredChain): Promise<SignedCheckpoint> {
    const { logId } = chain;
    const tree = await this.trees.read(logId);
    const begins = tree.last === null && chain.checkpointed > 0;
    const { frontier, head } = await extend(this.chains, chain, tree, begins ? await this.#markOf(logId) : null);
    let { last } = tree;
    // What was signed is not signed again, unless by a key that has taken over: whoever verifies asks for a current one.
    if (!last || last.size !== frontier.size || !(await this.keyring.isActive("checkpoint", last.keyId))) {
      const key = await this.keyring.active("checkpoint");
      const root = frontierRoot(frontier, sha256);
      const checkpoint = { origin: originOf(this.service, logId), size: frontier.size, root };
      const note = await signCheckpoint(
        checkpoint,
        publicBytes(key.record),
        (message) => signEd25519(message, key.secret),
        sha256,
      );
      const at = this.clock().toISOString();
      last = { logId, size: frontier.size, root: toHex(root), note, keyId: key.record.id, at };
      // Before anybody has the note: a signer that forgets what it gave out could sign something else.
      await this.trees.write(logId, { frontier, head, last });
      await this.trees.begun(logId);
    }
    await this.#store(last);
    return last;
  }

  /**
   * The signed checkpoint that a chain has to extend of which the signer has no copy, though it was signed: whoever removes
   * the copies must not get another history signed. Without an operator's word it is not begun again.
   */
  async #markOf(logId: string): Promise<Mark> {
    const stored = await this.chains.last(logId);
    const wrong = (reason: string) => new NotExtended("refused", reason, logId);
    if (!stored || !(await this.trees.mayBegin(logId))) {
      throw wrong(
        `The signer has no copy of this chain, of which ${stored?.size ?? 0} events were signed: restore trees/ from its backup, or record the gap (countervail record-gap).`,
      );
    }
    const known = (await this.keyring.current()).set.keys.filter(
      ({ purpose, state }) => purpose === "checkpoint" && state !== "pre_active",
    );
    const candidates = known.map((key) => ({ publicKey: publicBytes(key) }));
    const origin = originOf(this.service, logId);
    const verdict = await verifyCheckpoint(utf8(stored.note), origin, candidates, sha256, checkSignature);
    if (!verdict.ok || verdict.value.size !== stored.size || toHex(verdict.value.root) !== stored.root) {
      throw wrong(`The newest stored checkpoint, of ${stored.size} events, was not signed by a key of this signer.`);
    }
    return verdict.value;
  }

  async #store(checkpoint: SignedCheckpoint): Promise<void> {
    try {
      await this.chains.store(checkpoint);
    } catch (error) {
      if (codeOf(error) !== OTHER_CHECKPOINT) throw error;
      const { logId, size } = checkpoint;
      throw new NotExtended("refused", `The database holds another checkpoint of ${size} events.`, logId);
    }
  }

  /** Whoever asks for a chain waits for who asked before. */
  #inTurn<T>(logId: string, work: () => Promise<T>): Promise<T> {
    const before = this.#turns.get(logId) ?? Promise.resolve();
    const mine = before.then(work, work);
    const settled = mine.catch(() => undefined);
    this.#turns.set(logId, settled);
    void settled.then(() => {
      if (this.#turns.get(logId) === settled) this.#turns.delete(logId);
    });
    return mine;
  }
}
