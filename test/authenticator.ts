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

/** A passkey in software that speaks WebAuthn as an honest one does: ES256, no attestation, counting its uses. */
export class Authenticator {
  readonly #key: KeyObject;
  readonly #publicKey: Buffer;
  readonly #id = randomBytes(32);
  #uses = 0;

  constructor(
    private readonly origin: string,
    private readonly rpId = new URL(origin).hostname,
  ) {
    const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const { x = "", y = "" } = publicKey.export({ format: "jwk" });
    // COSE: kty EC2, alg ES256, crv P-256, x, y.
    const cose = new Map<number, number | Uint8Array>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, Buffer.from(x, "base64url")],
      [-3, Buffer.from(y, "base64url")],
    ]);
    this.#key = privateKey;
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
        signature: sign("sha256", signed, this.#key).toString("base64url"),
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
