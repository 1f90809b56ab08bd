import { createHash, randomInt } from "node:crypto";

/** How many codes a person gets at a time. */
export const RECOVERY_CODE_COUNT = 10;

/** Crockford's letters and digits: none is mistaken for another when it is read from paper. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH = 16;

/** Ten new codes of 80 random bits, in groups of four: `7Q2M-0ZK4-…`. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: RECOVERY_CODE_COUNT }, () => {
    const letters = Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join("");
    return letters.replace(/(.{4})(?=.)/g, "$1-");
  });
}

/** What is stored of a code, hex. Spaces, dashes, case and the letters I, L and O do not count. */
export function recoveryCodeHash(code: string): string {
  const plain = code.toUpperCase().replace(/[\s-]/g, "").replace(/[IL]/g, "1").replace(/O/g, "0");
  return createHash("sha256").update(plain).digest("hex");
}
