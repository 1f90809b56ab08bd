import http from "node:http";

/** A request that is sent again and again over kept connections. */
export interface Asked {
  readonly port: number;
  readonly method: "GET" | "PUT";
  readonly path: string;
  readonly headers: http.OutgoingHttpHeaders;
  readonly body?: string;
}

/** What came back. */
export interface Answer {
  readonly status: number;
  readonly text: string;
  /** From the first byte sent to the last received (milliseconds). */
  readonly ms: number;
}

const agent = new http.Agent({ keepAlive: true, maxSockets: 64 });

/** Sends it and reads the answer to its end. */
export function ask({ port, method, path, headers, body }: Asked): Promise<Answer> {
  const sent = performance.now();
  const length = body === undefined ? {} : { "content-length": Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const options = { host: "127.0.0.1", port, method, path, agent, headers: { ...headers, ...length } };
    const asked = http.request(options, (reply) => {
      const chunks: Buffer[] = [];
      reply.on("data", (chunk: Buffer) => chunks.push(chunk));
      reply.once("error", reject);
      reply.once("end", () => {
        const ms = performance.now() - sent;
        resolve({ status: reply.statusCode ?? 0, text: Buffer.concat(chunks).toString("utf8"), ms });
      });
    });
    asked.once("error", reject);
    asked.end(body);
  });
}
