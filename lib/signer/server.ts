import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { logger } from "@/lib/logger";
import { REFUSALS } from "@/lib/signing/protocol";
import { Refusal } from "./refusal";

/** What is answered under a method and path: takes the parsed body, gives what is sent as JSON. */
export type Answers = Readonly<Record<string, (body: unknown) => Promise<unknown>>>;

/** A sign-off is a few kilobytes; the manifest of a large pack names each of its files. */
const LONGEST_BODY = 32 * 1024 * 1024;
const AWAY = "The signer cannot do that at the moment.";

/** An HTTP server over those answers. What fails unexpectedly is logged and answered as `unavailable`. */
export function makeServer(answers: Answers): Server {
  const server = createServer({ requestTimeout: 10_000, headersTimeout: 5_000 }, (request, response) => {
    void answer(answers, request)
      .then((reply) => send(response, 200, reply))
      .catch((error: unknown) => {
        const refusal = error instanceof Refusal ? error : unexpected(error);
        const { code, reason, chain } = refusal;
        send(response, REFUSALS[code], { error: code, reason, ...(chain === undefined ? {} : { chain }) });
      });
  });
  // Who does not speak HTTP is not answered; nobody else's connection is touched.
  server.on("clientError", (_error, socket) => socket.destroy());
  return server;
}

function unexpected(error: unknown): Refusal {
  logger().error({ err: error }, "The signer could not answer.");
  return new Refusal("unavailable", AWAY);
}

async function answer(answers: Answers, request: IncomingMessage): Promise<unknown> {
  const name = `${request.method} ${request.url}`;
  const found = Object.hasOwn(answers, name) ? answers[name] : undefined;
  if (!found) throw new Refusal("unknown", "The signer knows no such request.");
  return found(request.method === "POST" ? await readBody(request) : undefined);
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += (chunk as Buffer).length;
    if (length > LONGEST_BODY) throw new Refusal("too_large", "The request is too long.");
    chunks.push(chunk as Buffer);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString("utf8"));
  } catch {
    throw new Refusal("malformed", "The request is not JSON.");
  }
}

function send(response: ServerResponse, status: number, reply: unknown): void {
  response.writeHead(status, { "content-type": "application/json", connection: "close" });
  response.end(JSON.stringify(reply));
}
