import type { ServiceContext } from "@/lib/auth/context";
import { checkSignature } from "@/lib/auth/factors/passkey";
import { amongAccounts } from "@/lib/auth/open";
import { Failure } from "@/lib/contracts/failure";
import type { SignOffInput } from "@/lib/contracts/review";
import { findPasskey } from "@/lib/data/passkeys";
import type { ScopedTx } from "@/lib/db/kinds";
import { fromBase64, toHex, utf8 } from "@/lib/domain/proof/bytes";
import { type EnvelopeSignature, preAuthEncoding, writeEnvelope } from "@/lib/domain/proof/envelope";
import { SIGN_OFF_TYPE } from "@/lib/domain/sign-off/signed-statement";
import { sha256 } from "@/lib/signing/node-crypto";

/** How an envelope's name for a passkey begins. */
const PASSKEY = "webauthn:";

/** The passkey that a person signed with, as the event names it: the envelope's own word for it is signed by nobody. */
export interface NamedPasskey {
  readonly credentialId: string;
  readonly publicKeySha256: string;
}

/** An envelope as it is stored, and the passkey that is in it. */
export interface SignedEnvelope {
  readonly text: string;
  readonly passkey: NamedPasskey | null;
}

function namedPasskey({ keyid, webauthn }: EnvelopeSignature): NamedPasskey | null {
  if (!webauthn) return null;
  return { credentialId: keyid.slice(PASSKEY.length), publicKeySha256: toHex(sha256(webauthn.publicKey)) };
}

/** What a passkey signs: the SHA-256 of the statement's pre-authentication encoding. */
export function challengeOf(statement: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(sha256(preAuthEncoding(SIGN_OFF_TYPE, utf8(statement))));
}

/**
 * Has a statement signed: by the signer and, where its person showed a passkey over it, with that signature beside.
 * @throws Failure invalid_credentials, unavailable
 */
export async function signStatement(
  context: ServiceContext,
  tx: ScopedTx,
  statement: string,
  passkey: SignOffInput["passkey"],
): Promise<SignedEnvelope> {
  const own = passkey ? [await bySignerOf(context, tx, statement, passkey)] : [];
  const payload = utf8(statement);
  const { keyid, sig } = await context.signer.statement(SIGN_OFF_TYPE, payload);
  const system = { keyid, sig: fromBase64(sig) ?? new Uint8Array(), webauthn: null };
  const text = writeEnvelope({ payloadType: SIGN_OFF_TYPE, payload, signatures: [system, ...own] });
  return { text, passkey: own[0] ? namedPasskey(own[0]) : null };
}

async function bySignerOf(
  context: ServiceContext,
  tx: ScopedTx,
  statement: string,
  shown: NonNullable<SignOffInput["passkey"]>,
): Promise<EnvelopeSignature> {
  const passkey = await amongAccounts(tx, (accounts) => findPasskey(accounts, shown.id));
  const own = passkey?.userId === tx.actor.userId ? passkey : null;
  const made = own && (await checkSignature(context, own, shown, challengeOf(statement)));
  if (!made) {
    throw new Failure("invalid_credentials", "The passkey did not sign this statement. Nothing was signed.");
  }
  return { keyid: `${PASSKEY}${made.credentialId}`, sig: made.signature, webauthn: made.proof };
}
