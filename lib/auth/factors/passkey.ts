import { createHash } from "node:crypto";
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import type { ServiceContext } from "@/lib/auth/context";
import { inIdentity } from "@/lib/auth/open";
import {
  type ChallengePurpose,
  findPasskey,
  listPasskeys,
  type NewPasskey,
  type PasskeyRow,
  storeChallenge,
  takeChallenge,
} from "@/lib/data/passkeys";
import type { WebAuthnProof } from "@/lib/domain/proof/envelope";

/** How long a challenge may be answered (milliseconds). */
const CHALLENGE_MS = 5 * 60_000;

/** Whose passkey is made, and in which session. */
export interface PasskeyOwner {
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  readonly sessionId: string;
}

/** What the browser needs to make a passkey. It has to check its person (PIN, finger, face) every time. */
export async function passkeyCreation(
  context: ServiceContext,
  owner: PasskeyOwner,
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const known = await inIdentity(context, (tx) => listPasskeys(tx, owner.userId));
  const options = await generateRegistrationOptions({
    rpName: "Countervail",
    rpID: new URL(context.url).hostname,
    userID: new TextEncoder().encode(owner.userId),
    userName: owner.email,
    userDisplayName: owner.name,
    attestationType: "none",
    excludeCredentials: known.map(({ credentialId, transports }) => ({
      id: credentialId,
      transports: [...transports],
    })),
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
  });
  await keepChallenge(context, options.challenge, "register", owner.sessionId);
  return options;
}

/** Checks what the browser made. @returns what to store, or null when it is not what was asked for */
export async function checkCreation(
  context: ServiceContext,
  owner: Pick<PasskeyOwner, "userId" | "sessionId">,
  response: RegistrationResponseJSON,
): Promise<Omit<NewPasskey, "name"> | null> {
  const challenge = challengeIn(response.response.clientDataJSON);
  if (challenge === null || !(await answered(context, challenge, "register", owner.sessionId))) return null;
  const verified = await orNull(() =>
    verifyRegistrationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: context.url,
      expectedRPID: new URL(context.url).hostname,
      requireUserVerification: true,
    }),
  );
  if (!verified?.verified) return null;
  const { credential, credentialBackedUp } = verified.registrationInfo;
  return {
    userId: owner.userId,
    credentialId: credential.id,
    publicKey: new Uint8Array(credential.publicKey),
    counter: credential.counter,
    transports: credential.transports ?? [],
    backedUp: credentialBackedUp,
  };
}

/**
 * What the browser needs to show a passkey: one of a person's, or, for a sign-in by passkey alone, any.
 * @param session whose, and in which session; null for a sign-in
 * @param challenge what is signed by showing it; random unless given
 */
export async function passkeyRequest(
  context: ServiceContext,
  purpose: Exclude<ChallengePurpose, "register">,
  session: { readonly userId: string; readonly sessionId: string } | null,
  challenge?: Uint8Array<ArrayBuffer>,
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const known = session ? await inIdentity(context, (tx) => listPasskeys(tx, session.userId)) : [];
  const options = await generateAuthenticationOptions({
    rpID: new URL(context.url).hostname,
    userVerification: "required",
    ...(challenge ? { challenge } : {}),
    allowCredentials: known.map(({ credentialId, transports }) => ({ id: credentialId, transports: [...transports] })),
  });
  await keepChallenge(context, options.challenge, purpose, session?.sessionId ?? null);
  return options;
}

/** A passkey that was shown and found right. */
export interface ShownPasskey {
  readonly passkey: PasskeyRow;
  readonly counter: number;
  readonly backedUp: boolean;
}

/** Checks what the browser showed: challenge, origin, person checked, signature, counter. Null when anything differs. */
export async function checkShown(
  context: ServiceContext,
  purpose: Exclude<ChallengePurpose, "register">,
  session: { readonly userId: string; readonly sessionId: string } | null,
  response: AuthenticationResponseJSON,
): Promise<ShownPasskey | null> {
  const passkey = await inIdentity(context, (tx) => findPasskey(tx, response.id));
  if (!passkey || (session && passkey.userId !== session.userId)) return null;
  const { credentialId, publicKey, counter } = passkey;
  const challenge = challengeIn(response.response.clientDataJSON);
  if (challenge === null || !(await answered(context, challenge, purpose, session?.sessionId ?? null))) return null;
  const verified = await orNull(() =>
    verifyAuthenticationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: context.url,
      expectedRPID: new URL(context.url).hostname,
      requireUserVerification: true,
      credential: { id: credentialId, publicKey, counter },
    }),
  );
  if (!verified?.verified) return null;
  const { newCounter, credentialBackedUp } = verified.authenticationInfo;
  return { passkey, counter: newCounter, backedUp: credentialBackedUp };
}

/** A person's signature by a passkey over what they were shown. */
export interface PasskeySignature {
  readonly credentialId: string;
  readonly signature: Uint8Array;
  readonly proof: WebAuthnProof;
}

/**
 * The signature that a passkey made over a challenge of ours, checked once more for itself: whoever reads it later
 * has nothing else. That it was shown in time, once and in this session is the step-up's to say, which comes before it.
 * @returns null when it is not over this challenge
 */
export async function checkSignature(
  { url }: Pick<ServiceContext, "url">,
  { credentialId, publicKey }: PasskeyRow,
  response: AuthenticationResponseJSON,
  challenge: Uint8Array,
): Promise<PasskeySignature | null> {
  const rpId = new URL(url).hostname;
  const verified = await orNull(() =>
    verifyAuthenticationResponse({
      response,
      expectedChallenge: Buffer.from(challenge).toString("base64url"),
      expectedOrigin: url,
      expectedRPID: rpId,
      requireUserVerification: true,
      // The step-up has taken the counter that came with it.
      credential: { id: credentialId, publicKey, counter: 0 },
    }),
  );
  if (!verified?.verified) return null;
  const { authenticatorData, clientDataJSON, signature } = response.response;
  return {
    credentialId,
    signature: bytesOf(signature),
    proof: {
      authenticatorData: bytesOf(authenticatorData),
      clientDataJSON: bytesOf(clientDataJSON),
      publicKey,
      rpId,
      origin: url,
    },
  };
}

function bytesOf(base64url: string): Uint8Array {
  return new Uint8Array(Buffer.from(base64url, "base64url"));
}

/** The library throws on everything that is not as it should be; what somebody sent is then simply wrong. */
async function orNull<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch {
    return null;
  }
}

/** The challenge that the browser says it answered; the library compares it again, over what was signed. */
function challengeIn(clientDataJson: string): string | null {
  try {
    const data: unknown = JSON.parse(Buffer.from(clientDataJson, "base64url").toString("utf8"));
    const challenge = typeof data === "object" && data !== null && "challenge" in data ? data.challenge : null;
    return typeof challenge === "string" ? challenge : null;
  } catch {
    return null;
  }
}

function keepChallenge(
  context: ServiceContext,
  challenge: string,
  purpose: ChallengePurpose,
  sessionId: string | null,
) {
  const expiresAt = new Date(context.clock().getTime() + CHALLENGE_MS);
  return inIdentity(context, (tx) =>
    storeChallenge(tx, { challengeHash: hashOf(challenge), purpose, sessionId, expiresAt }),
  );
}

function answered(context: ServiceContext, challenge: string, purpose: ChallengePurpose, sessionId: string | null) {
  return inIdentity(context, (tx) => takeChallenge(tx, hashOf(challenge), purpose, sessionId));
}

function hashOf(challenge: string): string {
  return createHash("sha256").update(challenge).digest("hex");
}
