import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { GET as getWorksheets } from "@/app/api/v1/engagements/[engagementId]/worksheets/route";
import { GET as getEngagements } from "@/app/api/v1/engagements/route";
import { GET as getMe } from "@/app/api/v1/me/route";
import { GET as getWorksheet } from "@/app/api/v1/worksheets/[worksheetId]/route";
import { PUT as putSection } from "@/app/api/v1/worksheets/[worksheetId]/sections/[section]/route";
import type { Handler } from "@/test/requests";

const ROUTES: readonly (readonly [method: string, path: RegExp, handler: Handler])[] = [
  ["GET", /^\/api\/v1\/me$/, getMe],
  ["GET", /^\/api\/v1\/engagements$/, getEngagements],
  ["GET", /^\/api\/v1\/engagements\/(?<engagementId>[^/]+)\/worksheets$/, getWorksheets],
  ["GET", /^\/api\/v1\/worksheets\/(?<worksheetId>[^/]+)$/, getWorksheet],
  ["PUT", /^\/api\/v1\/worksheets\/(?<worksheetId>[^/]+)\/sections\/(?<section>[^/]+)$/, putSection],
];

/** A server on this machine whose addresses are the product's own handlers, on the database that `serve` gave them. */
export interface HandlerServer {
  readonly url: string;
  /** The changes that came, as `METHOD path`. */
  readonly changes: string[];
  /** Called before each change is handled. */
  before: (() => Promise<unknown>) | null;
  readonly close: () => Promise<void>;
}

/** Starts such a server. */
export async function startHandlerServer(): Promise<HandlerServer> {
  const state: { before: (() => Promise<unknown>) | null } = { before: null };
  const changes: string[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const path = new URL(request.url ?? "/", "http://localhost").pathname;
      const found = ROUTES.flatMap(([method, pattern, handler]) => {
        const match = request.method === method ? pattern.exec(path) : null;
        return match ? [{ handler, params: { ...match.groups } }] : [];
      })[0];
      if (request.method !== "GET") {
        changes.push(`${request.method} ${path}`);
        const { before } = state;
        state.before = null;
        await before?.();
      }
      const reply = found
        ? await found.handler(await requestOf(request), { params: Promise.resolve(found.params) })
        : new Response(null, { status: 404 });
      response.writeHead(reply.status, Object.fromEntries(reply.headers));
      response.end(Buffer.from(await reply.arrayBuffer()));
    })();
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const close = async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  };
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return Object.assign(state, { url, changes, close });
}

async function requestOf(request: IncomingMessage): Promise<Request> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const headers = Object.entries(request.headers).flatMap(([name, value]): [string, string][] =>
    typeof value === "string" && name !== "connection" ? [[name, value]] : [],
  );
  const body = chunks.length > 0 ? { body: Buffer.concat(chunks) } : {};
  const init = {
    method: request.method ?? "GET",
    headers: [...headers, ["x-countervail-client", "203.0.113.9"]],
    ...body,
  };
  return new Request(`http://${request.headers.host}${request.url}`, init as RequestInit);
}
