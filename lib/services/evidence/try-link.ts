import { get as getHttp, type IncomingMessage } from "node:http";
import { get as getHttps } from "node:https";
import { guardedAgent } from "@/lib/auth/outbound";

/** What trying a link found, in words for the person. */
export type LinkOutcome = string;

/** How long all hops together may take (milliseconds), and how much of the last reply is read (bytes). */
const PATIENCE_MS = 5_000;
const MOST_BYTES = 64 * 1024;
const MOST_HOPS = 3;

/** What may be asked beside public addresses at the schemes' own ports; nothing, but for a proof that has to reach itself. */
export interface LinkAllowance {
  readonly hosts: readonly string[];
  readonly ports: readonly number[];
}

const PUBLIC_ALONE: LinkAllowance = { hosts: [], ports: [80, 443] };

/**
 * Asks for an address that a person chose, as somebody on the open internet would: http and https on their own ports,
 * without cookies or credentials, and never at an address that is not public. Each hop of a redirect is looked at anew,
 * and the address of a name right before it is connected to. @returns what was found, in words
 */
export async function tryLink(address: string, allowance = PUBLIC_ALONE): Promise<LinkOutcome> {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  let url = address;
  for (let hop = 0; hop <= MOST_HOPS; hop += 1) {
    const target = targetOf(url, allowance);
    if (typeof target === "string") return target;
    const reply = await ask(target, signal, allowance);
    if (typeof reply === "string") return reply;
    const { statusCode: status = 0, headers } = reply;
    const next = status >= 300 && status < 400 ? headers.location : undefined;
    if (next === undefined) return (await drain(reply, signal)) ? wordsOf(status) : "It did not answer in time.";
    reply.destroy();
    if (!URL.canParse(next, target.href)) return "It leads on to something that is no address.";
    url = new URL(next, target.href).href;
  }
  return `It leads on more than ${MOST_HOPS} times.`;
}

/** @returns the address to ask, or why it is not asked */
function targetOf(text: string, { ports }: LinkAllowance): URL | LinkOutcome {
  if (!URL.canParse(text)) return "It is no address.";
  const url = new URL(text);
  if (url.protocol !== "http:" && url.protocol !== "https:") return "Only http and https addresses are tried.";
  // A port that is the scheme's own is left out by the parser.
  if (url.port !== "" && !ports.includes(Number(url.port))) return "Only the ports 80 and 443 are tried.";
  if (url.username !== "" || url.password !== "") return "Addresses with credentials are not tried.";
  return url;
}

function ask(url: URL, signal: AbortSignal, { hosts }: LinkAllowance): Promise<IncomingMessage | LinkOutcome> {
  return new Promise((resolve) => {
    const get = url.protocol === "https:" ? getHttps : getHttp;
    const options = {
      agent: guardedAgent(url.protocol, { hosts, loopback: false }),
      signal,
      maxHeaderSize: 16 * 1024,
      headers: { accept: "*/*", "user-agent": "Countervail link check" },
    };
    try {
      get(url, options, resolve).once("error", (error) => resolve(failureWords(error, signal)));
    } catch (error) {
      // An address that is written out is refused before there is a request.
      resolve(failureWords(error, signal));
    }
  });
}

function failureWords(error: unknown, signal: AbortSignal): LinkOutcome {
  if (signal.aborted) return "It did not answer in time.";
  const code = (error as NodeJS.ErrnoException).code ?? "";
  if (code === "FORBIDDEN_ADDRESS") return "It is not at a public address, so it is not tried.";
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return "There is no such host.";
  if (/CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO_VERIFY/.test(code)) return "Its certificate cannot be trusted.";
  return "It could not be reached.";
}

/** Reads what is little enough; the rest is of no interest. @returns false when the time was over first */
async function drain(reply: IncomingMessage, signal: AbortSignal): Promise<boolean> {
  let size = 0;
  try {
    for await (const chunk of reply) {
      size += (chunk as Buffer).length;
      if (size > MOST_BYTES) break;
    }
    return true;
  } catch {
    return !signal.aborted;
  } finally {
    reply.destroy();
  }
}

function wordsOf(status: number): LinkOutcome {
  if (status >= 200 && status < 300) return `It answers (${status}).`;
  if (status === 401 || status === 403) return `It answers, and asks who one is (${status}).`;
  if (status === 404 || status === 410) return `There is nothing there any more (${status}).`;
  return `It answers with an error (${status}).`;
}
