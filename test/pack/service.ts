import { randomUUID } from "node:crypto";
import { entryHash, genesisHash } from "@/lib/domain/audit/chain";
import {
  buildManifest,
  consistencyFiles,
  eventFiles,
  fileOf,
  keyFiles,
  manifestFiles,
  type PackFile,
  type StoredEvent,
  treeLeaf,
} from "@/lib/domain/pack/build";
import { PLACES } from "@/lib/domain/pack/layout";
import { type Omission, PACK_TYPE } from "@/lib/domain/pack/manifest";
import { readmeText } from "@/lib/domain/pack/readme";
import { concat, toHex, utf8 } from "@/lib/domain/proof/bytes";
import { originOf, signCheckpoint } from "@/lib/domain/proof/checkpoint";
import { preAuthEncoding, writeEnvelope } from "@/lib/domain/proof/envelope";
import { HAND_OVER_TYPE, writeHandOver } from "@/lib/domain/proof/hand-over";
import { KEY_SET_TYPE, keySetDigest, writeKeySet } from "@/lib/domain/proof/key-set";
import type { KeyPurpose, KeyRecord } from "@/lib/domain/proof/keys";
import { MerkleTree } from "@/lib/domain/proof/tree";
import { makeSealCertificate } from "@/lib/signer/certificate";
import { newKey, type SigningKey, sealBy } from "@/lib/signer/keyring";
import { sha256, signEd25519 } from "@/lib/signing/node-crypto";

interface TestKey extends SigningKey {
  record: KeyRecord;
}

/** A signature that a statement of a test can get beside the service's. */
export type PersonSign = (challenge: Uint8Array) => Parameters<typeof writeEnvelope>[0]["signatures"][number];

/** A service with keys and the trail of one organisation, which signs and makes packs as the real one does. */
export class TestService {
  readonly id = randomUUID();
  readonly engagementId = randomUUID();
  readonly logId = `org:${randomUUID()}`;
  readonly tree = new MerkleTree(sha256);
  readonly events: StoredEvent[] = [];
  /** Files of worksheets, statements, evidence and comments, by path. */
  readonly parts = new Map<string, PackFile>();
  readonly omissions: Omission[] = [];
  /** Events that packs speak of. */
  readonly #shown: number[] = [];
  readonly #sizes: number[] = [];
  readonly #keys: TestKey[] = [];
  readonly #lists: string[] = [];
  readonly #handOvers: string[] = [];
  #listDigest: string | null = null;
  #head = genesisHash(this.logId, sha256);

  constructor(readonly from: Date) {
    for (const purpose of ["root", "checkpoint", "statement", "seal"] as const) this.#keys.push(newKey(purpose, from));
    this.#issue(from);
  }

  /** Id of the root key. */
  get rootKeyId(): string {
    return this.#active("root").record.id;
  }

  /** Replaces the key of a purpose, handed over by both. */
  rotate(purpose: "checkpoint" | "statement" | "seal", at: Date): void {
    const old = this.#active(purpose);
    const next = newKey(purpose, at);
    const { id, publicKey } = next.record;
    const facts = { service: this.id, purpose, from: old.record.id, to: id, publicKey, at: at.toISOString() };
    this.#handOvers.push(seal(HAND_OVER_TYPE, writeHandOver(facts), [old, next]));
    old.record = { ...old.record, state: "verify_only", until: at.toISOString() };
    this.#keys.push(next);
    this.#issue(at);
  }

  /** Records an event; `isShown` puts it into packs with its proof. @returns its place */
  record(event: Readonly<Record<string, unknown>>, isShown: boolean): number {
    const payload = utf8(JSON.stringify({ v: 1, engagementId: this.engagementId, ...event }));
    const stored = { seq: this.events.length, payload, prevHash: this.#head };
    this.tree.append(treeLeaf(stored, sha256));
    this.#head = entryHash(BigInt(stored.seq), stored.prevHash, sha256(payload), sha256);
    this.events.push(stored);
    if (isShown) this.#shown.push(stored.seq);
    return stored.seq;
  }

  /** Signs a statement by the service, and by a person when there is one. @returns the envelope */
  sign(payloadType: string, payload: Uint8Array, person?: PersonSign): string {
    const own = signatureOf(this.#active("statement"), payloadType, payload);
    const other = person ? [person(sha256(preAuthEncoding(payloadType, payload)))] : [];
    return writeEnvelope({ payloadType, payload, signatures: [own, ...other] });
  }

  /** Puts a file into every later pack. */
  put(path: string, content: Uint8Array | string): PackFile {
    const file = fileOf(path, content, sha256);
    this.parts.set(path, file);
    return file;
  }

  /** Makes a pack of everything so far. @param history how it can be compared with older packs */
  async pack(made: Date, history: "proofs" | "leaves" | "none" = "proofs"): Promise<PackFile[]> {
    const size = this.events.length;
    const { record, secret } = this.#active("checkpoint");
    const checkpoint = { origin: originOf(this.id, this.logId), size, root: this.tree.root(size) };
    const publicKey = Buffer.from(record.publicKey, "base64");
    const note = await signCheckpoint(checkpoint, publicKey, (message) => signEd25519(message, secret), sha256);
    const keySet = this.#lists.at(-1) ?? "";
    const leaves = () => concat(...this.events.map((event) => treeLeaf(event, sha256)));
    const files = [
      ...this.parts.values(),
      ...eventFiles(
        this.#shown.map((seq) => this.events[seq] as StoredEvent),
        this.tree,
        size,
        sha256,
      ),
      ...(history === "leaves" ? [fileOf(PLACES.leaves, leaves(), sha256)] : []),
      ...(history === "proofs" ? consistencyFiles(this.#sizes, this.tree, size, sha256) : []),
      ...keyFiles(
        { keySet, earlier: this.#lists.slice(0, -1), handOvers: this.#handOvers, certificates: this.#certificates() },
        sha256,
      ),
      fileOf(PLACES.checkpoint, note, sha256),
      fileOf(PLACES.readme, this.#readme(made), sha256),
      fileOf(PLACES.verifier, "// The verifier is bundled by a build.\n", sha256),
    ];
    this.#sizes.push(size);
    const { engagementId, omissions } = this;
    const content = { service: this.id, engagementId, made, files, omissions, checkpoint: note, keySet };
    return [...files, ...this.signManifest(buildManifest(content, sha256))];
  }

  /** Signs a manifest, whatever it says. */
  signManifest(manifest: Uint8Array): PackFile[] {
    const { keyid, sig } = signatureOf(this.#active("statement"), PACK_TYPE, manifest);
    return manifestFiles(manifest, { keyid, sig }, sha256);
  }

  #readme(made: Date): string {
    return readmeText({
      entityName: "Ledgerline Payments",
      engagementName: "Assessment 2026",
      made,
      rootKeyId: this.rootKeyId,
      verifierSha256: toHex(sha256(utf8("verifier"))),
      verifyUrl: "https://countervail.example/verify",
      omissions: this.omissions,
    });
  }

  #certificates(): string[] {
    const seals = this.#keys.filter(({ record }) => record.purpose === "seal");
    return seals.map(({ record, secret }) => makeSealCertificate(record, secret, this.id));
  }

  #active(purpose: KeyPurpose): TestKey {
    const key = this.#keys.find(({ record }) => record.purpose === purpose && record.state === "active");
    if (!key) throw new Error(`There is no key for ${purpose}.`);
    return key;
  }

  #issue(at: Date): void {
    const list = writeKeySet({
      service: this.id,
      issued: at.toISOString(),
      number: this.#lists.length + 1,
      previous: this.#listDigest,
      keys: this.#keys.map(({ record }) => record),
    });
    this.#listDigest = keySetDigest(list, sha256);
    this.#lists.push(seal(KEY_SET_TYPE, list, [this.#active("root")]));
  }
}

function signatureOf({ record, secret }: TestKey, payloadType: string, payload: Uint8Array) {
  return { keyid: record.id, sig: signEd25519(preAuthEncoding(payloadType, payload), secret), webauthn: null };
}

function seal(payloadType: string, payload: Uint8Array, keys: readonly TestKey[]): string {
  return writeEnvelope(sealBy(payloadType, payload, keys));
}
