import { sameBytes } from "@/lib/domain/proof/bytes";
import { verifySealCertificate } from "@/lib/domain/proof/certificate";
import { parseEnvelope, verifyEnvelope } from "@/lib/domain/proof/envelope";
import { type HandOver, verifyHandOver } from "@/lib/domain/proof/hand-over";
import { type KeySet, keySetDigest, problemOfSuccession, verifyKeyOf, verifyKeySet } from "@/lib/domain/proof/key-set";
import { CLOCK_TOLERANCE_MS, fingerprint, type KeyPurpose, type KeyRecord } from "@/lib/domain/proof/keys";
import { err, type Result } from "@/lib/domain/result";
import type { Ledger } from "./checks";
import { filesOf, type OpenedPack } from "./examine-parts";
import { certificatePath, earlierKeysPath, PLACES } from "./layout";
import { PACK_TYPE } from "./manifest";
import type { PackTools } from "./passkey";

/** How long after it was begun an export may still be signed: it goes on after an interruption. */
export const SIGNING_SPAN_MS = 7 * 86_400_000;

/** The keys of a pack that its root key vouches for. */
export interface VouchedKeys {
  readonly set: KeySet;
  readonly root: KeyRecord;
  readonly handOvers: readonly HandOver[];
}

type ListOfKeys = { readonly set: KeySet; readonly root: KeyRecord; readonly digest: string };

/** Checks the list of keys, the lists before it, and the hand-overs. */
export async function examineKeys(pack: OpenedPack, ledger: Ledger, tools: PackTools): Promise<VouchedKeys | null> {
  ledger.begin("keys");
  const { manifest } = pack;
  const bytes = pack.files.get(PLACES.keys)?.bytes;
  const current = bytes ? await readList(bytes, tools) : err("it is not in the manifest");
  if (!current.ok) {
    ledger.fail(`The list of keys does not count: ${current.error}.`, PLACES.keys);
    return null;
  }
  const { set, root, digest } = current.value;
  if (set.service !== manifest.service) ledger.fail("The list of keys is of another service.", PLACES.keys);
  if (root.id !== manifest.rootKeyId) ledger.fail("The manifest names another root key.", PLACES.manifest);
  if (digest !== manifest.keysSha256) ledger.fail("The manifest names another list of keys.", PLACES.manifest);
  await examineEarlier(pack, current.value, ledger, tools);
  const handOvers = await examineHandOvers(pack, set, ledger, tools);
  await examineCertificates(pack, set, ledger, tools);
  return ledger.broken ? null : { set, root, handOvers };
}

async function readList(bytes: Uint8Array, { sha256, checkSignature }: PackTools): Promise<Result<ListOfKeys, string>> {
  const envelope = parseEnvelope(bytes);
  if (!envelope.ok) return envelope;
  const verdict = await verifyKeySet(envelope.value, sha256, checkSignature);
  if (!verdict.ok) return verdict;
  return { ok: true, value: { ...verdict.value, digest: keySetDigest(envelope.value.payload, sha256) } };
}

/** All earlier lists, from the first, lead to the current one: each names the one before it. */
async function examineEarlier(pack: OpenedPack, current: ListOfKeys, ledger: Ledger, tools: PackTools): Promise<void> {
  let before: ListOfKeys | null = null;
  for (const { path, number, bytes } of filesOf(pack, "earlier-keys")) {
    const list = await readList(bytes, tools);
    if (!list.ok) {
      ledger.fail(`An earlier list of keys does not count: ${list.error}.`, path);
      return;
    }
    if (list.value.set.number !== number) ledger.fail("It is another list of keys than its name says.", path);
    if (!follows(before, list.value, path, ledger)) return;
    before = list.value;
  }
  follows(before, current, PLACES.keys, ledger);
}

/** @returns false when a list between the two is missing */
function follows(before: ListOfKeys | null, after: ListOfKeys, path: string, ledger: Ledger): boolean {
  const next = (before?.set.number ?? 0) + 1;
  if (next < after.set.number) {
    ledger.lack(`The list of keys number ${next} is missing.`, earlierKeysPath(next));
    return false;
  }
  const problem = before ? problemOfSuccession(before.set, before.digest, after.set) : null;
  if (problem !== null) ledger.fail(`A list of keys does not follow from the one before it: ${problem}.`, path);
  return true;
}

async function examineHandOvers(
  pack: OpenedPack,
  set: KeySet,
  ledger: Ledger,
  tools: PackTools,
): Promise<readonly HandOver[]> {
  const found: HandOver[] = [];
  for (const { path, id, bytes } of filesOf(pack, "hand-over")) {
    const handOver = await readHandOver(bytes, id, set, tools);
    if (handOver.ok) found.push(handOver.value);
    else ledger.fail(`A hand-over from key to key does not count: ${handOver.error}.`, path);
  }
  for (const purpose of ["checkpoint", "statement", "seal"] as const) {
    const inOrder = keysFor(set, purpose).sort((a, b) => Date.parse(a.from) - Date.parse(b.from));
    const alone = inOrder.slice(1).filter(({ id }) => !found.some(({ to }) => to === id));
    for (const { id } of alone) ledger.lack(`No key has handed over to the ${purpose} key ${id.slice(0, 16)}….`);
  }
  return found;
}

/** Every key that seals has its certificate, by which readers of PDFs know it. */
async function examineCertificates(pack: OpenedPack, set: KeySet, ledger: Ledger, tools: PackTools): Promise<void> {
  const found = new Set<string>();
  for (const { path, id, bytes } of filesOf(pack, "certificate")) {
    const key = await verifySealCertificate(bytes, set.keys, tools.sha256, tools.checkSignature);
    if (!key.ok) ledger.fail(`A certificate does not count: ${key.error}.`, path);
    else if (key.value.id !== id) ledger.fail("It is the certificate of another key than its name says.", path);
    else found.add(id);
  }
  for (const { id } of keysFor(set, "seal")) {
    if (!found.has(id))
      ledger.lack(`The certificate of the seal key ${id.slice(0, 16)}… is missing.`, certificatePath(id));
  }
}

async function readHandOver(
  bytes: Uint8Array,
  id: string,
  set: KeySet,
  { sha256, checkSignature }: PackTools,
): Promise<Result<HandOver, string>> {
  const envelope = parseEnvelope(bytes);
  if (!envelope.ok) return envelope;
  const verdict = await verifyHandOver(envelope.value, set.service, set.keys, sha256, checkSignature);
  if (!verdict.ok) return verdict;
  const { to, purpose } = verdict.value;
  if (to !== id) return err("it is to another key than its name says");
  const isListed = set.keys.some((key) => key.id === id && key.purpose === purpose);
  return isListed ? verdict : err("it is to a key that is not in the list");
}

/** Keys of a purpose that have begun to sign. */
export function keysFor(set: KeySet, purpose: KeyPurpose): KeyRecord[] {
  return set.keys.filter((key) => key.purpose === purpose && key.state !== "pre_active");
}

/** Whether a key could have signed at some time between two. */
export function couldSignBetween(key: KeyRecord, earliest: number, latest: number): boolean {
  return Date.parse(key.from) <= latest + CLOCK_TOLERANCE_MS && Date.parse(key.until) >= earliest - CLOCK_TOLERANCE_MS;
}

/** Checks that the service has signed this manifest, by a key that signed at the time. */
export async function examineManifestSignature(
  { manifest, manifestBytes, manifestSignature }: OpenedPack,
  keys: VouchedKeys,
  ledger: Ledger,
  { checkSignature }: PackTools,
): Promise<void> {
  ledger.begin("signature");
  const path = PLACES.manifestSignature;
  const envelope = parseEnvelope(manifestSignature);
  if (!envelope.ok) {
    ledger.fail(`The manifest's signature cannot be read: ${envelope.error}.`, path);
    return;
  }
  if (!sameBytes(envelope.value.payload, manifestBytes)) ledger.fail("It is over another manifest.", path);
  const known = keysFor(keys.set, "statement").map(verifyKeyOf);
  const verdict = await verifyEnvelope(envelope.value, PACK_TYPE, known, checkSignature);
  if (!verdict.ok) {
    ledger.fail(`The manifest's signature does not count: ${verdict.error}.`, path);
    return;
  }
  const { signedBy, passkeys, unknown } = verdict.value;
  if (passkeys.length + unknown.length > 0) ledger.fail("Somebody besides the service has signed the manifest.", path);
  const made = Date.parse(manifest.made);
  if (!signedBy.every(({ record }) => couldSignBetween(record, made, made + SIGNING_SPAN_MS))) {
    ledger.fail("The key that signed the manifest did not sign at the time that the manifest names.", path);
  }
}

/** Checks the root against the one that the reader trusts: it is that one, or was handed over to from it. */
export function examineRoot({ root, handOvers }: VouchedKeys, trusted: string | null, ledger: Ledger): void {
  ledger.begin("root");
  if (trusted === null) {
    ledger.lack(`No root key was given to compare with. The pack's is ${fingerprint(root.id)}.`);
  } else if (!leadsTo(trusted, root.id, handOvers)) {
    ledger.fail(`The pack's root key is ${fingerprint(root.id)}, and you trust ${fingerprint(trusted)}.`);
  }
}

/** Whether a root key is another one, or follows from it by hand-overs. */
export function leadsTo(from: string, to: string, handOvers: readonly HandOver[]): boolean {
  const reached = new Set([from]);
  for (const id of reached) {
    for (const one of handOvers) if (one.purpose === "root" && one.from === id) reached.add(one.to);
  }
  return reached.has(to);
}
