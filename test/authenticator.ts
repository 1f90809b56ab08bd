import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from "@simplewebauthn/server";
import { isoCBOR } from "@simplewebauthn/server/helpers";

/** Flags of authenticator data: a person was there, was checked, and a new credential is attached. */
const PRESENT = 0x01;
const CHECKED = 0x04;
const ATTACHED = 0x40;

/** What may differ from an honest authenticator. */
export interface Deviation {
  readonly origin?: string;
  readonly checked?: boolean;
  readonly challenge?: string;
}

/** The kinds of key that authenticators make. */
export type PasskeyKind = "ES256" | "EdDSA" | "RS256";

/** A passkey in software that speaks WebAuthn as an honest one does: no attestation, counting its uses. */
export class Authenticator {
  readonly #key: KeyObject;
  readonly #publicKey: Buffer;
  readonly #id = randomBytes(32);
  #uses = 0;

  constructor(
    private readonly origin: string,
    private readonly rpId = new URL(origin).hostname,
    private readonly kind: PasskeyKind = "ES256",
  ) {
    const { key, cose } = newPasskey(kind);
    this.#key = key;
    this.#publicKey = Buffer.from(isoCBOR.encode(cose));
  }

  /** Credential id in base64url. */
  get id(): string {
    return this.#id.toString("base64url");
  }

  /** The public half as a COSE key. */
  get publicKey(): Uint8Array {
    return new Uint8Array(this.#publicKey);
  }

  /** Answers `navigator.credentials.create`. */
  make({ challenge }: { readonly challenge: string }, differ: Deviation = {}): RegistrationResponseJSON {
    const length = Buffer.alloc(2);
    length.writeUInt16BE(this.#id.length);
    const attached = Buffer.concat([Buffer.alloc(16), length, this.#id, this.#publicKey]);
    const authData = Buffer.concat([this.#data(ATTACHED, differ), attached]);
    const attestation = new Map<string, unknown>([
      ["fmt", "none"],
      ["attStmt", new Map()],
      ["authData", new Uint8Array(authData)],
    ]);
    return {
      ...this.#named(),
      response: {
        clientDataJSON: this.#clientData("webauthn.create", challenge, differ).toString("base64url"),
        attestationObject: Buffer.from(isoCBOR.encode(attestation as never)).toString("base64url"),
        transports: ["internal"],
      },
    };
  }

  /** Answers `navigator.credentials.get`. */
  show({ challenge }: { readonly challenge: string }, differ: Deviation = {}): AuthenticationResponseJSON {
    this.#uses += 1;
    const authenticatorData = this.#data(0, differ);
    const clientData = this.#clientData("webauthn.get", challenge, differ);
    const signed = Buffer.concat([authenticatorData, createHash("sha256").update(clientData).digest()]);
    return {
      ...this.#named(),
      response: {
        clientDataJSON: clientData.toString("base64url"),
        authenticatorData: authenticatorData.toString("base64url"),
        signature: sign(this.kind === "EdDSA" ? null : "sha256", signed, this.#key).toString("base64url"),
      },
    };
  }

  #named() {
    const id = this.#id.toString("base64url");
    return { id, rawId: id, type: "public-key", clientExtensionResults: {} } as const;
  }

  #data(flags: number, { checked = true }: Deviation): Buffer {
    const uses = Buffer.alloc(4);
    uses.writeUInt32BE(this.#uses);
    const all = flags | PRESENT | (checked ? CHECKED : 0);
    return Buffer.concat([createHash("sha256").update(this.rpId).digest(), Buffer.from([all]), uses]);
  }

  #clientData(type: string, challenge: string, differ: Deviation): Buffer {
    const { origin = this.origin } = differ;
    return Buffer.from(JSON.stringify({ type, challenge: differ.challenge ?? challenge, origin, crossOrigin: false }));
  }
}

/** A key with its COSE form: key type, algorithm, and curve and coordinates or modulus and exponent. */
function newPasskey(kind: PasskeyKind): { readonly key: KeyObject; readonly cose: Map<number, number | Uint8Array> } {
  const { privateKey, publicKey } = newKeyPair(kind);
  const { x = "", y = "", n = "", e = "" } = publicKey.export({ format: "jwk" });
  const bytes = (text: string) => Buffer.from(text, "base64url");
  const members: Record<PasskeyKind, [number, number | Uint8Array][]> = {
    ES256: [
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, bytes(x)],
      [-3, bytes(y)],
    ],
    EdDSA: [
      [1, 1],
      [3, -8],
      [-1, 6],
      [-2, bytes(x)],
    ],
    RS256: [
      [1, 3],
      [3, -257],
      [-1, bytes(n)],
      [-2, bytes(e)],
    ],
  };
  return { key: privateKey, cose: new Map(members[kind]) };
}

function newKeyPair(kind: PasskeyKind) {
  if (kind === "EdDSA") return generateKeyPairSync("ed25519");
  return kind === "RS256"
    ? generateKeyPairSync("rsa", { modulusLength: 2048 })
    : generateKeyPairSync("ec", { namedCurve: "P-256" });
}
