import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** A request as the peer understood it. */
export interface KmsRequest {
  readonly target: string;
  readonly authorization: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A service on loopback that speaks the JSON protocol of AWS KMS for two operations, over keys of its own. */
export interface KmsPeer {
  readonly url: string;
  readonly requests: KmsRequest[];
  /** Answers from now on with this error, as KMS words it; null ends that. */
  failWith(error: { readonly status: number; readonly type: string } | null): void;
  close(): Promise<void>;
}

/** Starts a peer that holds the keys of these ARNs. */
export async function startKmsPeer(arns: readonly string[]): Promise<KmsPeer> {
  const keys = new Map(arns.map((arn) => [arn, randomBytes(32)]));
  const requests: KmsRequest[] = [];
  let failure: { status: number; type: string } | null = null;
  const server = createServer(async (request, response) => {
    const body = JSON.parse(await readAll(request)) as Record<string, unknown>;
    const target = String(request.headers["x-amz-target"]);
    requests.push({ target, authorization: String(request.headers.authorization), body });
    const { status, reply } = failure
      ? { status: failure.status, reply: { __type: failure.type, message: "as told" } }
      : answer(keys, target, body);
    response.writeHead(status, { "content-type": "application/x-amz-json-1.1" }).end(JSON.stringify(reply));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    failWith: (error) => {
      failure = error;
    },
    close: () =>
      new Promise((closed) => {
        server.closeAllConnections();
        server.close(() => closed());
      }),
  };
}

type Reply = { readonly status: number; readonly reply: Readonly<Record<string, unknown>> };

function answer(keys: ReadonlyMap<string, Buffer>, target: string, body: Record<string, unknown>): Reply {
  const arn = String(body.KeyId);
  const key = keys.get(arn);
  if (!key) return refusal("NotFoundException");
  const context = Object.entries((body.EncryptionContext ?? {}) as Record<string, string>).sort();
  const bound = Buffer.from(JSON.stringify([arn, context]));
  if (target === "TrentService.Encrypt") {
    const iv = randomBytes(12);
    const cipher = createCipheriv("aes-256-gcm", key, iv).setAAD(bound);
    const sealed = [cipher.update(String(body.Plaintext), "base64"), cipher.final()];
    const blob = Buffer.concat([iv, ...sealed, cipher.getAuthTag()]);
    return { status: 200, reply: { KeyId: arn, CiphertextBlob: blob.toString("base64") } };
  }
  if (target !== "TrentService.Decrypt") return refusal("UnknownOperationException");
  const blob = Buffer.from(String(body.CiphertextBlob), "base64");
  try {
    const decipher = createDecipheriv("aes-256-gcm", key, blob.subarray(0, 12), { authTagLength: 16 });
    decipher.setAAD(bound).setAuthTag(blob.subarray(-16));
    const opened = Buffer.concat([decipher.update(blob.subarray(12, -16)), decipher.final()]);
    return { status: 200, reply: { KeyId: arn, Plaintext: opened.toString("base64") } };
  } catch {
    return refusal("InvalidCiphertextException");
  }
}

function refusal(type: string): Reply {
  return { status: 400, reply: { __type: type, message: "refused" } };
}

async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
