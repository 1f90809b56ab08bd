import { type Algorithm, hash, verify } from "@node-rs/argon2";
import { atMost } from "@/lib/auth/at-most";

/** argon2id with 64 MiB and three passes. */
const SETTINGS = { algorithm: 2 as Algorithm.Argon2id, memoryCost: 65_536, timeCost: 3, parallelism: 1 };

/** Bounds the memory that sign-ins take: Node's thread pool, on which the work is done, has more threads than that. */
const inTurn = atMost(4);

/** Hashes a password for storage. The same password in another Unicode form is the same password. */
export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(password.normalize("NFC"), SETTINGS));
}

let decoy: Promise<string> | undefined;

/** Made at the first need, and again where it could not be made. */
function decoyHash(): Promise<string> {
  decoy ??= hashPassword("a decoy that nobody signs in with").catch((error: unknown) => {
    decoy = undefined;
    throw error;
  });
  return decoy;
}

/**
 * True when the password belongs to the hash. Without a hash (an unknown account) the same work is done
 * against a decoy, so that the time tells nothing.
 */
export async function passwordMatches(storedHash: string | null, password: string): Promise<boolean> {
  const known = storedHash ?? (await decoyHash());
  const matches = await inTurn(() => verify(known, password.normalize("NFC")));
  return storedHash !== null && matches;
}
