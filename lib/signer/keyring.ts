import { createPrivateKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { mkdir, readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "@/lib/clock";
import { type Envelope, parseEnvelope, preAuthEncoding, writeEnvelope } from "@/lib/domain/proof/envelope";
import { parseHandOver } from "@/lib/domain/proof/hand-over";
import {
  activeKey,
  KEY_SET_TYPE,
  type KeySet,
  keySetDigest,
  problemOfSuccession,
  verifyKeySet,
  writeKeySet,
} from "@/lib/domain/proof/key-set";
import { algorithmOf, couldSignAt, type KeyPurpose, type KeyRecord } from "@/lib/domain/proof/keys";
import { createDurably, ensurePrivateFolder } from "@/lib/durable";
import { OperatorError } from "@/lib/operator-error";
import { checkSignature, rawPublicKey, sha256, signEd25519 } from "@/lib/signing/node-crypto";
import type { SignerKeys } from "@/lib/signing/protocol";
import { makeSealCertificate } from "./certificate";
import { ecdsaPublicKey, signEcdsa } from "./ecdsa";
import { takeLock } from "./lock";
import { newKeyRecord } from "./new-key";
import { Refusal } from "./refusal";

/** A key together with what it signs by. */
export interface SigningKey {
  readonly record: KeyRecord;
  readonly secret: KeyObject;
}

/** The current list of keys with its envelope and number of bytes signed. */
export interface CurrentSet {
  readonly set: KeySet;
  /** SHA-256 of the document, by which the next list names it. */
  readonly digest: string;
}

const README = `This folder holds the root key of Countervail's signer. It signs the list of the signer's keys and is
needed again only when a key is replaced (npm run keys:next).

Move the file root.pem off this machine now: onto a medium that you keep in a safe, with a second copy elsewhere.
Whoever has it can make keys in this service's name; whoever lost it cannot replace keys.

To replace a key, bring the file back and name it: npm run keys:next -- checkpoint --root /path/to/root.pem
`;

const DAY_MS = 86_400_000;

/** Who can hold the keys while they change: `keys:next`, and a signer that tidies when it starts. */
const CHANGES = {
  holder: /\b(signer|keys-next)\b/,
  taken: (pid: number, folder: string) => `The keys in ${folder} are being changed (process ${pid}): try again.`,
};

/**
 * The keys on the signer's disk: private ones in `keys/<id>.pem`, the lists of keys that the root signed in
 * `keys/sets/`, hand-overs in `keys/hand-overs/`, certificates of the keys that seal PDFs in `keys/certificates/`, and the
 * root key in `root/` until an operator moves it away. A list is what counts: a private key that no list names is left
 * over from an interruption and is removed. Everything is read anew each time, so that a replaced key is used at once.
 */
export class Keyring {
  readonly #keys: string;
  readonly #sets: string;
  readonly #handOvers: string;
  readonly #certificates: string;
  readonly #root: string;

  constructor(
    folder: string,
    private readonly clock: Clock,
  ) {
    this.#keys = join(folder, "keys");
    this.#sets = join(this.#keys, "sets");
    this.#handOvers = join(this.#keys, "hand-overs");
    this.#certificates = join(this.#keys, "certificates");
    this.#root = join(folder, "root");
  }

  /** Where the root key lies until it is moved away. */
  get rootFile(): string {
    return join(this.#root, "root.pem");
  }

  /** Whether keys were made here. */
  async isMade(): Promise<boolean> {
    return (await this.#files()).length > 0;
  }

  /**
   * Makes a key for each purpose and the first list of them.
   * @param backdatedDays how long ago their time begins: for the demo, whose story is played in an instant
   */
  async make(service: string, backdatedDays = 0): Promise<void> {
    for (const folder of [this.#keys, this.#sets, this.#handOvers, this.#root]) await ensurePrivateFolder(folder);
    // An earlier attempt that made no list left these behind.
    for (const file of [this.rootFile, ...(await this.#privateFiles())]) await rm(file, { force: true });
    const now = this.clock();
    const from = new Date(now.getTime() - backdatedDays * DAY_MS);
    const root = newKey("root", from);
    const others = [newKey("checkpoint", from), newKey("statement", from), newKey("seal", from)];
    await this.#write(this.rootFile, root.secret);
    await createDurably(join(this.#root, "README.txt"), README);
    for (const key of others) await this.putPrivate(key, service);
    const keys = [root, ...others].map(({ record }) => record);
    await this.issue({ service, issued: from.toISOString(), number: 1, previous: null, keys }, root);
  }

  /** The current list. @throws OperatorError when it is missing, damaged or not the root's */
  async current(): Promise<CurrentSet> {
    const last = (await this.#files()).at(-1);
    if (last === undefined) throw new OperatorError(`There are no keys in ${this.#keys}.`);
    const envelope = parseEnvelope(await readFile(join(this.#sets, last)));
    const verdict = envelope.ok ? await verifyKeySet(envelope.value, sha256, checkSignature) : envelope;
    if (!envelope.ok || !verdict.ok) {
      throw new OperatorError(`The list of keys ${join(this.#sets, last)} is not usable: restore it from its backup.`);
    }
    return { set: verdict.value.set, digest: keySetDigest(envelope.value.payload, sha256) };
  }

  /** The key that signs for a purpose now. @throws Refusal when its time is over */
  async active(purpose: KeyPurpose): Promise<SigningKey> {
    const { set } = await this.current();
    const record = activeKey(set, purpose);
    if (!record) throw new Refusal("unavailable", `There is no key for ${purpose}.`);
    if (!couldSignAt(record, this.clock().getTime())) {
      throw new Refusal("unavailable", `The time of the ${purpose} key is over: npm run keys:next -- ${purpose}.`);
    }
    return { record, secret: await readPrivate(this.#privateFile(record.id)) };
  }

  /** Whether a key is the one for a purpose now, also when its time is over. */
  async isActive(purpose: KeyPurpose, id: string): Promise<boolean> {
    return activeKey((await this.current()).set, purpose)?.id === id;
  }

  /** Everything public, for whoever verifies. */
  async published(): Promise<SignerKeys> {
    const read = (folder: string) => (name: string) => readFile(join(folder, name), "utf8");
    const sets = await Promise.all((await this.#files()).map(read(this.#sets)));
    const names = (await readdir(this.#handOvers)).filter((name) => name.endsWith(".json")).sort();
    const handOvers = await Promise.all(names.map(read(this.#handOvers)));
    const { set } = await this.current();
    const seals = set.keys.filter(({ purpose }) => purpose === "seal");
    const certificates = await Promise.all(seals.map((record) => this.certificateOf(record)));
    return { keySet: sets.at(-1) ?? "", earlier: sets.slice(0, -1), handOvers, certificates };
  }

  /** The certificate of a key that seals PDFs, in PEM; one that was lost is made again while the private key is there. */
  async certificateOf(record: KeyRecord): Promise<string> {
    const path = this.#certificateFile(record.id);
    const found = await readFile(path, "utf8").catch(() => null);
    if (found !== null) return found;
    const { set } = await this.current();
    await this.#writeCertificate({ record, secret: await this.secretOf(record.id) }, set.service);
    return readFile(path, "utf8");
  }

  /** Issues a list, signed by the root; from here on it is what counts. @throws OperatorError when another was quicker */
  async issue(set: KeySet, root: SigningKey): Promise<void> {
    const document = writeKeySet(set);
    const problem = await this.#problemOf(set);
    if (problem !== null) throw new OperatorError(`The list of keys cannot be issued: ${problem}.`);
    const name = `${String(set.number).padStart(6, "0")}.dsse.json`;
    const made = await createDurably(join(this.#sets, name), writeEnvelope(sealBy(KEY_SET_TYPE, document, [root])));
    if (!made) throw new OperatorError("Another change of keys was made at the same time: try again.");
    await this.tidy();
  }

  async #problemOf(set: KeySet): Promise<string | null> {
    if (set.number === 1) return null;
    const before = await this.current();
    return problemOfSuccession(before.set, before.digest, set);
  }

  /** Stores the hand-over to a new key. */
  async putHandOver(to: string, envelope: Envelope): Promise<void> {
    await createDurably(join(this.#handOvers, `${to}.dsse.json`), writeEnvelope(envelope));
  }

  /**
   * Does work that changes the keys while nobody else does: what is prepared is no leftover to tidy away.
   * @throws OperatorError when somebody else is at it
   */
  async changing<T>(work: () => Promise<T>): Promise<T> {
    await ensurePrivateFolder(this.#keys);
    const release = await takeLock(this.#keys, "changing", CHANGES);
    try {
      return await work();
    } finally {
      release();
    }
  }

  /** Stores a private key beside the others, and the certificate of one that seals. */
  async putPrivate({ record, secret }: SigningKey, service: string): Promise<void> {
    await this.#write(this.#privateFile(record.id), secret);
    if (record.purpose === "seal") await this.#writeCertificate({ record, secret }, service);
  }

  /** The private half of a key that is listed. @throws OperatorError when it is not there */
  async secretOf(id: string): Promise<KeyObject> {
    return readPrivate(this.#privateFile(id));
  }

  /** Removes private keys that no list names, or that were destroyed, and hand-overs and certificates of keys that no list names. */
  async tidy(): Promise<void> {
    const { set } = await this.current();
    const kept = set.keys.filter(({ state }) => state !== "destroyed").map(({ id }) => this.#privateFile(id));
    for (const file of await this.#privateFiles()) if (!kept.includes(file)) await rm(file, { force: true });
    const certified = set.keys.map(({ id }) => `${id}.pem`);
    for (const name of await readdir(this.#certificates).catch(() => [])) {
      if (!certified.includes(name)) await rm(join(this.#certificates, name), { force: true });
    }
    for (const name of (await readdir(this.#handOvers)).filter((one) => one.endsWith(".json"))) {
      const path = join(this.#handOvers, name);
      const envelope = parseEnvelope(await readFile(path));
      const handOver = envelope.ok ? parseHandOver(envelope.value.payload, sha256) : envelope;
      if (handOver.ok && !set.keys.some(({ id }) => id === handOver.value.to)) await rm(path, { force: true });
    }
  }

  async #writeCertificate({ record, secret }: SigningKey, service: string): Promise<void> {
    await ensurePrivateFolder(this.#certificates);
    await createDurably(this.#certificateFile(record.id), makeSealCertificate(record, secret, service));
  }

  async #write(path: string, secret: KeyObject): Promise<void> {
    await createDurably(path, secret.export({ type: "pkcs8", format: "pem" }).toString());
  }

  #certificateFile(id: string): string {
    return join(this.#certificates, `${id}.pem`);
  }

  #privateFile(id: string): string {
    return join(this.#keys, `${id}.pem`);
  }

  async #privateFiles(): Promise<string[]> {
    const names = await readdir(this.#keys);
    return names.filter((name) => name.endsWith(".pem")).map((name) => join(this.#keys, name));
  }

  async #files(): Promise<string[]> {
    await mkdir(this.#sets, { recursive: true, mode: 0o700 });
    return (await readdir(this.#sets)).filter((name) => /^\d{6}\.dsse\.json$/.test(name)).sort();
  }
}

/** A fresh key. */
export function newKey(purpose: KeyPurpose, from: Date): SigningKey {
  if (algorithmOf(purpose) === "ecdsa-p256") {
    const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    return { record: newKeyRecord(purpose, ecdsaPublicKey(privateKey), from), secret: privateKey };
  }
  const { privateKey } = generateKeyPairSync("ed25519");
  return { record: newKeyRecord(purpose, rawPublicKey(privateKey), from), secret: privateKey };
}

/** Reads a private key. @throws OperatorError when it is not there, is none, or others may read it */
export async function readPrivate(path: string): Promise<KeyObject> {
  const missing = new OperatorError(`The key ${path} cannot be read: restore it from its backup.`);
  const info = await stat(path).catch(() => {
    throw missing;
  });
  if (process.platform !== "win32" && (info.mode & 0o077) !== 0) {
    throw new OperatorError(`The key ${path} may be read by others: chmod 600 the file, and replace the key.`);
  }
  try {
    return createPrivateKey(await readFile(path));
  } catch {
    throw missing;
  }
}

/** An envelope over bytes, signed by keys. */
export function sealBy(payloadType: string, payload: Uint8Array, keys: readonly SigningKey[]): Envelope {
  const message = preAuthEncoding(payloadType, payload);
  const signatures = keys.map(({ record, secret }) => ({
    keyid: record.id,
    sig: record.algorithm === "ed25519" ? signEd25519(message, secret) : signEcdsa(message, secret),
    webauthn: null,
  }));
  return { payloadType, payload, signatures };
}
