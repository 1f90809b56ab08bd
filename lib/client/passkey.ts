import {
  browserSupportsWebAuthn,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
  WebAuthnError,
} from "@simplewebauthn/browser";
import { api } from "@/lib/client/api";
import { ApiProblem, isAborted, NetworkError, PasskeyError, type PasskeyTrouble } from "@/lib/client/errors";
import type { SendOptions } from "@/lib/client/send";

/** Whether this browser can work with passkeys. False on the server. */
export function passkeysWork(): boolean {
  return typeof window !== "undefined" && browserSupportsWebAuthn();
}

/**
 * Has the browser make a passkey for the person who is signing in or signed in.
 * @returns what to send to `POST /me/factors/passkeys`
 * @throws PasskeyError, ApiProblem, NetworkError
 */
export function makePasskey(options: SendOptions = {}): Promise<unknown> {
  return inBrowser(async () => {
    const path = "/me/factors/passkeys/options";
    const optionsJSON = await api.post<PublicKeyCredentialCreationOptionsJSON>(path, {}, options);
    return startRegistration({ optionsJSON });
  });
}

/**
 * Has the browser show a passkey.
 * @param path where the challenge comes from, under `/api/v1`
 * @returns what to send back as `passkey`
 * @throws PasskeyError, ApiProblem, NetworkError
 */
export function showPasskey(path: string, options: SendOptions = {}): Promise<unknown> {
  return inBrowser(async () => {
    const optionsJSON = await api.post<PublicKeyCredentialRequestOptionsJSON>(path, {}, options);
    return startAuthentication({ optionsJSON });
  });
}

/**
 * Has the browser show a passkey for a challenge that came before.
 * @returns what to send back as `passkey`
 * @throws PasskeyError
 */
export function answerWithPasskey(optionsJSON: PublicKeyCredentialRequestOptionsJSON): Promise<unknown> {
  return inBrowser(() => startAuthentication({ optionsJSON }));
}

async function inBrowser(work: () => Promise<unknown>): Promise<unknown> {
  if (!passkeysWork()) throw new PasskeyError("unsupported");
  try {
    return await work();
  } catch (error) {
    if (error instanceof ApiProblem || error instanceof NetworkError || isAborted(error)) throw error;
    throw new PasskeyError(troubleOf(error), { cause: error });
  }
}

function troubleOf(error: unknown): PasskeyTrouble {
  if (error instanceof WebAuthnError && error.code === "ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED") return "known";
  const name = error instanceof Error ? error.name : "";
  return name === "NotAllowedError" || name === "AbortError" ? "closed" : "unable";
}
