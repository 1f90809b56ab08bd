import type { ServiceContext } from "@/lib/auth/context";
import { readOrganisation } from "@/lib/auth/organisation";
import type { SigningKeysDto } from "@/lib/contracts/trail";
import { findLastKeySet } from "@/lib/data/signing-keys";
import { utf8 } from "@/lib/domain/proof/bytes";
import { parseEnvelope } from "@/lib/domain/proof/envelope";
import { parseKeySet } from "@/lib/domain/proof/key-set";
import { fingerprint, standingOf } from "@/lib/domain/proof/keys";
import { sha256 } from "@/lib/signing/node-crypto";

/** The signer's keys as the trail has them, for an administrator; null before a signer has run. */
export function readSigningKeys(context: ServiceContext): Promise<SigningKeysDto | null> {
  return readOrganisation(context, "organisation.trail", async (tx) => {
    const recorded = await findLastKeySet(tx);
    const envelope = recorded && parseEnvelope(utf8(recorded.envelope));
    const set = envelope?.ok ? parseKeySet(envelope.value.payload, sha256) : null;
    if (!set?.ok) return null;
    const { keys } = set.value;
    const root = keys.find(({ purpose, state }) => purpose === "root" && state === "active");
    return {
      fingerprint: fingerprint(root?.id ?? ""),
      keys: keys.map(({ id, purpose, state, from, until }) => {
        const { standing, days } = standingOf({ until }, tx.now);
        return { id, purpose, state, from, until, standing: state === "active" ? standing : null, days };
      }),
    };
  });
}
