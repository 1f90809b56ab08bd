import { generateSecret, generateURI, verify } from "otplib";

/** Steps of 30 seconds; a clock may be one step off in either direction. */
const STEP_SECONDS = 30;

/** A new seed of 160 bits, in base32 as authenticator apps take it. */
export function newTotpSecret(): string {
  return generateSecret({ length: 20 });
}

/** The address behind the QR code. */
export function totpAddress(secret: string, label: string): string {
  return generateURI({ issuer: "Countervail", label, secret });
}

/**
 * The time step that a code belongs to, or null when it is wrong. A malformed code is a wrong one. Whether the step was
 * used already is the store's to say.
 */
export async function totpStepOf(secret: string, code: string, now: Date): Promise<number | null> {
  if (!/^\d{6}$/.test(code)) return null;
  try {
    const epoch = Math.floor(now.getTime() / 1000);
    const result = await verify({ secret, token: code, epoch, epochTolerance: STEP_SECONDS });
    return result.valid ? Math.floor(epoch / STEP_SECONDS) + result.delta : null;
  } catch {
    // The library throws on what it cannot read.
    return null;
  }
}
