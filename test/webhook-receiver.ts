import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** A message as it came in. */
export interface Received {
  readonly id: string;
  readonly headers: Record<string, string>;
  readonly body: string;
  readonly json: { readonly type: string; readonly timestamp: string; readonly data: Record<string, unknown> };
}

/** How a request is answered: a status, or the reply is made by hand. */
export type Answer = number | ((reply: ServerResponse, request: IncomingMessage) => void);

/** Somebody who takes messages, on this computer. */
export class WebhookReceiver {
  readonly received: Received[] = [];
  /** What the next requests are answered; a test changes it. */
  answer: (message: Received, turn: number) => Answer = () => 204;

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(): Promise<WebhookReceiver> {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const { port } = server.address() as AddressInfo;
    const receiver = new WebhookReceiver(server, `http://127.0.0.1:${port}/hooks`);
    server.on("request", (request, reply) => void receiver.#take(request, reply).catch(() => reply.destroy()));
    return receiver;
  }

  async #take(request: IncomingMessage, reply: ServerResponse): Promise<void> {
    const body = await text(request);
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    const message = { id: headers["webhook-id"] ?? "", headers, body, json: JSON.parse(body) };
    this.received.push(message);
    const answer = this.answer(message, this.received.length);
    if (typeof answer === "number") reply.writeHead(answer).end();
    else answer(reply, request);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((done) => this.server.close(() => done()));
  }
}
