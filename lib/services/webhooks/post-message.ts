import { type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { type Allowance, guardedAgent } from "@/lib/auth/outbound";
import { addressTrouble } from "@/lib/services/webhooks/endpoint-address";

/** How long an endpoint may take to answer (milliseconds), and how much of its answer is kept (bytes). */
const PATIENCE_MS = 10_000;
const KEPT_BYTES = 1_024;
/** How long the beginning of an answer is waited for once its status is there (milliseconds). */
const ANSWER_MS = 1_000;
const GONE = 410;
const SWITCHING = 101;

/** What came of a request. */
export interface PostOutcome {
  readonly durationMs: number;
  /** Null when there was no answer. */
  readonly status: number | null;
  readonly delivered: boolean;
  /** The endpoint says that it will not be there again. */
  readonly gone: boolean;
  /** Why it was no delivery, in words; empty for a delivery. */
  readonly trouble: string;
  readonly answer: string;
  readonly retryAfter: string | undefined;
}

/**
 * Sends a message, once: an answer from 200 to 299 within ten seconds is a delivery. Redirects are not followed, and no
 * address is connected to that is not public, or named by the operator.
 * @param ending aborts the request
 */
export async function postMessage(
  to: { readonly url: string; readonly headers: Readonly<Record<string, string>>; readonly body: string },
  allowance: Allowance,
  ending: AbortSignal,
): Promise<PostOutcome> {
  const begun = performance.now();
  const late = AbortSignal.timeout(PATIENCE_MS);
  const without = (trouble: string): PostOutcome => ({
    durationMs: Math.round(performance.now() - begun),
    status: null,
    delivered: false,
    gone: false,
    trouble,
    answer: "",
    retryAfter: undefined,
  });
  // What the operator allows may have changed since it was set up.
  const refused = addressTrouble(to.url, allowance);
  if (refused !== null) return without(refused);
  try {
    const reply = await ask(to, allowance, AbortSignal.any([late, ending]));
    const durationMs = Math.round(performance.now() - begun);
    const status = reply.statusCode ?? 0;
    const answer = status === SWITCHING ? "" : await beginning(reply);
    const delivered = status >= 200 && status < 300;
    return {
      durationMs,
      status,
      delivered,
      gone: status === GONE,
      trouble: delivered ? "" : statusWords(status),
      answer,
      retryAfter: reply.headers["retry-after"],
    };
  } catch (error) {
    ending.throwIfAborted();
    return without(late.aborted ? "It did not answer within ten seconds." : troubleWords(error));
  }
}

function ask(
  { url, headers, body }: { readonly url: string; readonly headers: object; readonly body: string },
  allowance: Allowance,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const { protocol } = new URL(url);
  const request = protocol === "https:" ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const options = {
      method: "POST",
      agent: guardedAgent(protocol, allowance),
      signal,
      maxHeaderSize: 16 * 1024,
      headers: {
        ...headers,
        "content-type": "application/json",
        "content-length": Buffer.byteLength(body),
        accept: "*/*",
        "user-agent": "Countervail-Webhooks/1",
      },
    };
    // An address that is written out is refused before there is a request. Each error has a listener: one that comes after
    // the answer, or after another one, would end the process without.
    const sent = request(url, options, resolve).on("error", reject);
    // Unasked for, node gives the connection up and emits no response: the status is the answer.
    sent.once("upgrade", (reply, socket) => {
      socket.destroy();
      resolve(reply);
    });
    // Whatever happens to the connection, and however node tells of it, this comes to an end.
    sent.once("close", () => reject(Object.assign(new Error("closed without an answer"), { code: "ECONNRESET" })));
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    sent.end(body);
  });
}

/** The beginning of an answer as text. The status was the answer; what does not come in time is left. */
async function beginning(reply: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  const timer = setTimeout(() => reply.destroy(), ANSWER_MS);
  try {
    for await (const chunk of reply) {
      chunks.push(chunk as Buffer);
      size += (chunk as Buffer).length;
      if (size >= KEPT_BYTES) break;
    }
  } catch {
    // What came so far is shown.
  } finally {
    clearTimeout(timer);
    reply.destroy();
  }
  // NUL is no text to the database.
  return Buffer.concat(chunks).subarray(0, KEPT_BYTES).toString("utf8").replaceAll("\u0000", "\uFFFD");
}

function statusWords(status: number): string {
  if (status >= 300 && status < 400) return `It answered with a redirect (${status}), which is not followed.`;
  if (status === GONE) return "It answered that it is gone (410).";
  return `It answered with status ${status}.`;
}

function troubleWords(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code ?? "";
  if (code === "FORBIDDEN_ADDRESS") return "It is not at a public address, so it was not connected to.";
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return "There is no such host.";
  if (code === "ETIMEDOUT") return "It did not answer within ten seconds.";
  if (code === "ECONNREFUSED") return "It refused the connection.";
  if (code === "ECONNRESET" || code === "EPIPE") return "It broke the connection off.";
  if (/CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO_VERIFY/.test(code)) return "Its certificate cannot be trusted.";
  return "It could not be reached.";
}
