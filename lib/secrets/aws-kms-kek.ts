import { createHash } from "node:crypto";
import type { KMSClient } from "@aws-sdk/client-kms";
import type { DataKeyName, KekProvider } from "@/lib/secrets/kek";
import { KekUnavailable } from "@/lib/secrets/kek-unavailable";
import { SealBroken } from "@/lib/secrets/seal-broken";

/** What KMS says of a wrapped key that is another one's, or was changed. */
const BROKEN = new Set(["InvalidCiphertextException", "IncorrectKeyException"]);

/**
 * A key of AWS KMS as the key-encryption key; it never leaves KMS. The client finds its login as AWS's tools do, and the
 * region in the ARN. It is loaded at the first use, so that nobody else pays for it.
 */
export function awsKmsKek(arn: string): KekProvider {
  const kekId = `kms-${createHash("sha256").update(arn).digest("base64url").slice(0, 22)}`;
  let client: Promise<KMSClient> | undefined;
  const connect = () => {
    client ??= import("@aws-sdk/client-kms").then(
      ({ KMSClient: Client }) =>
        new Client({
          region: arn.split(":")[3] ?? "",
          maxAttempts: 3,
          // A database transaction waits meanwhile (milliseconds).
          requestHandler: { connectionTimeout: 2_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
        }),
    );
    return client;
  };
  return {
    activeId: async () => kekId,
    holds: async (id) => id === kekId,
    wrap: async (name, key) => {
      const { EncryptCommand } = await import("@aws-sdk/client-kms");
      const command = new EncryptCommand({ KeyId: arn, Plaintext: key, EncryptionContext: contextOf(name) });
      const reply = await said(arn, async () => (await connect()).send(command));
      return { kekId, wrapped: Buffer.from(reply.CiphertextBlob ?? []).toString("base64url") };
    },
    unwrap: async (name, { wrapped }) => {
      const { DecryptCommand } = await import("@aws-sdk/client-kms");
      const blob = Buffer.from(wrapped, "base64url");
      const command = new DecryptCommand({ KeyId: arn, CiphertextBlob: blob, EncryptionContext: contextOf(name) });
      const reply = await said(arn, async () => (await connect()).send(command));
      return Buffer.from(reply.Plaintext ?? []);
    },
  };
}

/** What KMS binds the wrapped key to, and writes into its own log. */
function contextOf({ id, organisationId, purpose }: DataKeyName): Record<string, string> {
  return { application: "countervail", dataKey: id, organisation: organisationId ?? "service", purpose };
}

async function said<T>(arn: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    const name = error instanceof Error ? error.name : "";
    if (BROKEN.has(name)) throw new SealBroken("The wrapped key does not open.");
    throw new KekUnavailable(`The key ${arn} of AWS KMS cannot be used (${name || "no answer"}): ${WHAT_TO_DO}.`);
  }
}

const WHAT_TO_DO = "check that it is enabled, the login's right to kms:Encrypt and kms:Decrypt, and the network";
