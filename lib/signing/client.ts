import { request } from "node:http";
import type { z } from "zod";
import { Failure } from "@/lib/contracts/failure";
import { fromBase64, toBase64, toHex } from "@/lib/domain/proof/bytes";
import { logger } from "@/lib/logger";
import {
  checkpointReply,
  healthReply,
  keysReply,
  refusalReply,
  type SignedCheckpoint,
  type SignerHealth,
  type SignerKeys,
  type StatementSignature,
  sealReply,
  statementReply,
} from "./protocol";

/** The signer as the rest of Countervail knows it: a process that holds the keys and is asked for signatures. */
export interface Signer {
  /** A checkpoint of a chain as it is now, or one that covers it already. @throws Failure unavailable */
  checkpoint(logId: string): Promise<SignedCheckpoint>;
  /** A signature over a statement. @throws Failure unavailable, also for a statement that the signer refuses */
  statement(payloadType: string, payload: Uint8Array): Promise<StatementSignature>;
  /** A seal for a PDF, as CMS in DER, over the digest of its bytes. @throws Failure unavailable, also without a key */
  seal(sha256: Uint8Array): Promise<Uint8Array>;
  /** The lists of keys. @throws Failure unavailable */
  keys(): Promise<SignerKeys>;
  /** How the signer is, or null when it does not answer. */
  health(): Promise<SignerHealth | null>;
}

/** How long a first checkpoint of a long chain may take, and everything else (milliseconds). */
const CHECKPOINT_MS = 60_000;
const PATIENCE_MS = 15_000;
/** A statement is signed within a transaction, which is given up when nothing comes for ten seconds. */
const STATEMENT_MS = 8_000;
const HEALTH_MS = 2_000;
/** No reply of the signer is longer. */
const LONGEST_REPLY = 16 * 1024 * 1024;

const AWAY = "Nothing can be signed at the moment, because the signer does not answer. Please try again later.";
const REFUSED = "The signer refuses to sign this. An operator has to look into it.";
const UNSEALED =
  "PDFs cannot be sealed at the moment. If it stays so, an operator has to look whether there is a key that seals.";

/** Where no signer is set up: everything that needs one says so. */
export const NO_SIGNER: Signer = {
  checkpoint: () => Promise.reject(unavailable(AWAY)),
  statement: () => Promise.reject(unavailable(AWAY)),
  seal: () => Promise.reject(unavailable(AWAY)),
  keys: () => Promise.reject(unavailable(AWAY)),
  health: async () => null,
};

/** The signer behind a socket. Nothing connects before it is asked. */
export function openSigner(socketPath: string): Signer {
  const ask = async <T>(
    path: string,
    body: unknown,
    shape: z.ZodType<T>,
    timeout: number,
    otherwise = AWAY,
  ): Promise<T> => {
    const { status, text } = await exchange(socketPath, path, body, timeout).catch((error: unknown) => {
      // How it is gets asked with every look at a trail; that it is away is said there.
      if (path !== "/health") logger().warn({ err: error, path }, "The signer does not answer.");
      throw unavailable(AWAY);
    });
    const json = parse(text);
    const reply = status === 200 ? shape.safeParse(json) : null;
    if (reply?.success) return reply.data;
    const refusal = refusalReply.safeParse(json).data;
    logger().error({ path, status, refusal }, "The signer did not do what it was asked.");
    throw unavailable(refusal?.error === "refused" ? REFUSED : otherwise);
  };
  return {
    checkpoint: (logId) => ask("/checkpoint", { logId }, checkpointReply, CHECKPOINT_MS),
    statement: (payloadType, payload) =>
      ask("/statement", { payloadType, payload: toBase64(payload) }, statementReply, STATEMENT_MS),
    seal: async (sha256) => {
      const { cms } = await ask("/seal", { sha256: toHex(sha256) }, sealReply, PATIENCE_MS, UNSEALED);
      return fromBase64(cms) ?? new Uint8Array();
    },
    keys: () => ask("/keys", undefined, keysReply, PATIENCE_MS),
    health: () => ask("/health", undefined, healthReply, HEALTH_MS).catch(() => null),
  };
}

function unavailable(message: string): Failure {
  return new Failure("unavailable", message, { retryAfter: 30 });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** One request and its whole reply, in a time; POST when there is a body. */
function exchange(
  socketPath: string,
  path: string,
  body: unknown,
  timeout: number,
): Promise<{ readonly status: number; readonly text: string }> {
  return new Promise((resolve, reject) => {
    const text = body === undefined ? "" : JSON.stringify(body);
    const headers =
      text === "" ? {} : { "content-type": "application/json", "content-length": Buffer.byteLength(text) };
    const asked = request(
      { socketPath, path, method: text === "" ? "GET" : "POST", headers, signal: AbortSignal.timeout(timeout) },
      (response) => {
        const chunks: Buffer[] = [];
        let length = 0;
        response.on("data", (chunk: Buffer) => {
          length += chunk.length;
          if (length > LONGEST_REPLY) response.destroy(new Error("The reply is too long."));
          else chunks.push(chunk);
        });
        response.once("error", reject);
        response.once("end", () =>
          resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString("utf8") }),
        );
      },
    );
    asked.once("error", reject);
    asked.end(text);
  });
}
