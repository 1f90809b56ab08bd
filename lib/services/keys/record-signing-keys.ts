import type { ServiceContext } from "@/lib/auth/context";
import { asSystem, readAsSystem } from "@/lib/auth/open";
import { findLastKeySet, insertKeySet } from "@/lib/data/signing-keys";
import { utf8 } from "@/lib/domain/proof/bytes";
import { parseEnvelope } from "@/lib/domain/proof/envelope";
import { type KeySet, keySetDigest, problemOfSuccession, verifyKeySet } from "@/lib/domain/proof/key-set";
import type { KeyRecord } from "@/lib/domain/proof/keys";
import { OperatorError } from "@/lib/operator-error";
import { checkSignature, sha256 } from "@/lib/signing/node-crypto";
import { recordKeyEvent } from "./key-event";

/** A list of keys that was verified, and where it comes from. */
interface VerifiedSet {
  readonly set: KeySet;
  readonly digest: string;
  readonly envelope: string;
}

/**
 * Records the signer's lists of keys that are not recorded yet, each with its event. It is done at every start and after
 * every change, so that a change that was interrupted is recorded by the next.
 * @returns the current list
 * @throws OperatorError when a list does not verify, or is not the one that was recorded
 * @throws Failure unavailable when the signer does not answer
 */
export async function recordSigningKeys(context: ServiceContext): Promise<KeySet> {
  const { keySet, earlier } = await context.signer.keys();
  const all: VerifiedSet[] = [];
  for (const envelope of [...earlier, keySet]) all.push(await verified(envelope));
  const recorded = await readAsSystem(context, "recording signing keys", findLastKeySet);
  const known = all.findIndex(({ set }) => set.number === recorded?.number);
  if (recorded && all[known]?.digest !== recorded.digest) {
    throw new OperatorError(
      "The signer's list of keys is not the one that the trail has: restore the signer's folder.",
    );
  }
  for (const [at, next] of all.entries()) {
    const before = all[at - 1] ?? null;
    if (at > known) await recordOne(context, before, next);
  }
  const current = all.at(-1);
  if (!current) throw new OperatorError("The signer has no list of keys.");
  return current.set;
}

async function verified(envelope: string): Promise<VerifiedSet> {
  const read = parseEnvelope(utf8(envelope));
  const verdict = read.ok ? await verifyKeySet(read.value, sha256, checkSignature) : read;
  if (!read.ok || !verdict.ok) throw new OperatorError("A list of the signer's keys does not verify.");
  return { set: verdict.value.set, digest: keySetDigest(read.value.payload, sha256), envelope };
}

async function recordOne(context: ServiceContext, before: VerifiedSet | null, next: VerifiedSet): Promise<void> {
  const problem = before && problemOfSuccession(before.set, before.digest, next.set);
  if (problem) throw new OperatorError(`The signer's list of keys ${next.set.number} cannot follow: ${problem}.`);
  const { number } = next.set;
  await asSystem(context, "recording signing keys", async (tx) => {
    await insertKeySet(tx, { number, digest: next.digest, envelope: next.envelope });
    const changes = [{ table: "signing_key_set", id: String(number) }];
    const old = (key: KeyRecord) => before?.set.keys.find(({ id }) => id === key.id);
    const made = next.set.keys.filter((key) => !old(key));
    const gone = next.set.keys.filter((key) => key.state === "destroyed" && old(key)?.state !== "destroyed");
    const former = next.set.keys.filter((key) => key.state === "verify_only" && old(key)?.state === "active");
    if (gone.length > 0) recordKeyEvent(context, tx, "key.signing_destroyed", detailOf(number, gone), changes);
    // A list that only adds a key is the first word of that key: nobody handed over to it.
    const isFirst = before === null || (made.length > 0 && former.length === 0);
    if (isFirst) recordKeyEvent(context, tx, "key.signing_created", detailOf(number, made), changes);
    else if (gone.length === 0) {
      const detail = { ...detailOf(number, made), former: former.map(({ id }) => id) };
      recordKeyEvent(context, tx, "key.signing_rotated", detail, changes);
    }
  });
}

function detailOf(number: number, keys: readonly KeyRecord[]) {
  return { number, purposes: [...new Set(keys.map(({ purpose }) => purpose))], keyIds: keys.map(({ id }) => id) };
}
