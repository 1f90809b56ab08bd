import { generate, generateSecret, generateURI, verify } from "otplib";

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

/** A code that will be taken, and between which instants. */
export interface UsableCode {
  readonly code: string;
  readonly from: Date;
  readonly until: Date;
}

/** The first code that was not used up: of this step, or of the next one, which the tolerance takes already. */
export async function usableCode(secret: string, lastStep: number, now: Date): Promise<UsableCode> {
  const step = Math.max(lastStep + 1, Math.floor(now.getTime() / 1000 / STEP_SECONDS));
  const instant = (at: number) => new Date(at * STEP_SECONDS * 1000);
  const code = await generate({ secret, epoch: step * STEP_SECONDS });
  return { code, from: instant(step - 1), until: instant(step + 2) };
}
