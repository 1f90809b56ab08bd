import { type Algorithm, hash, verify } from "@node-rs/argon2";

/**
 * argon2id with 64 MiB and three passes. The work runs on Node's thread pool, whose four threads
 * bound how much memory sign-ins can take at a time.
 */
const SETTINGS = { algorithm: 2 as Algorithm.Argon2id, memoryCost: 65_536, timeCost: 3, parallelism: 1 };

/** Hashes a password for storage. The same password in another Unicode form is the same password. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize("NFC"), SETTINGS);
}

let decoy: Promise<string> | undefined;

/**
 * True when the password belongs to the hash. Without a hash (an unknown account) the same work is done
 * against a decoy, so that the time tells nothing.
 */
export async function passwordMatches(storedHash: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword("a decoy that nobody signs in with");
  const matches = await verify(storedHash ?? (await decoy), password.normalize("NFC"));
  return storedHash !== null && matches;
}
