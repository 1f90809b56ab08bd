// Loaded into the web server before Next. It says what every reply carries and what no request may bring along, finds out
// whose request it is, and refuses what Next 16.4 would answer with 500 before any code of ours runs, and changes that are
// aimed at a page, since pages are only read and Next would look for a Server Action.
import { randomBytes, randomUUID } from "node:crypto";
import http from "node:http";
import { createRequire } from "node:module";
import { clientAddress } from "./door/client-address.mjs";
import { contentPolicy, dress } from "./door/reply-headers.mjs";

const { parseAndValidateFlightRouterState } = createRequire(import.meta.url)(
  "next/dist/server/app-render/parse-and-validate-flight-router-state.js",
);
const { createServer } = http;

http.createServer = (...settings) => {
  const next = settings.pop();
  return createServer(...settings, (request, response) => {
    const nonce = randomBytes(16).toString("base64");
    const policy = contentPolicy(nonce);
    dress(response, request, policy);
    const address = clientAddress(request.socket.remoteAddress, request.headers["x-forwarded-for"]);
    for (const name of Object.keys(request.headers)) if (FORGEABLE.test(name)) delete request.headers[name];
    Object.assign(request.headers, {
      "x-countervail-client": address,
      "x-nonce": nonce,
      // Next tells the document around a page nothing of the page's address.
      "x-countervail-path": request.url.split("?", 1)[0],
      // Next takes the nonce for its own scripts from here.
      "content-security-policy": policy,
    });
    if (isFetchedAhead(request.headers)) request.headers["x-countervail-background"] = "1";
    const refusal = refusalOf(request);
    return refusal === null ? next(request, response) : refuse(response, refusal);
  });
};

/**
 * What only this door, Next itself or a proxy may say. Behind the door nobody reads forwarded headers: the client's
 * address has been found, and the one address of the service is a setting.
 */
const FORGEABLE =
  /^(x-countervail-client|x-countervail-path|x-nonce|content-security-policy.*|x-middleware-.*|x-forwarded-.*|forwarded|x-real-ip)$/;

/**
 * Whether a browser asks for what nobody has opened yet, which keeps no session alive. Next hides its own marks from
 * pages, so they are read here.
 */
function isFetchedAhead(headers) {
  const purpose = `${headers["sec-purpose"] ?? ""} ${headers.purpose ?? ""}`;
  return (
    headers["next-router-prefetch"] !== undefined ||
    headers["next-router-segment-prefetch"] !== undefined ||
    /\bpre(fetch|render)\b/i.test(purpose)
  );
}

/** @returns the status and the words of a refusal, or null */
function refusalOf({ method, url, headers }) {
  const [path] = url.split("?", 1);
  // Next hands each request on as one of the Web's, which know no TRACE.
  if (method === "TRACE") return [405, "TRACE is not possible here."];
  if (!path.startsWith("/") || !holds(() => decodeURIComponent(path))) {
    return [400, "The address cannot be read: it has to be a path in percent-encoded UTF-8."];
  }
  if (isPage(path) && method !== "GET" && method !== "HEAD") return [405, "A page can only be read."];
  if (!holds(() => parseAndValidateFlightRouterState(headers["next-router-state-tree"]))) {
    return [400, "The router's state cannot be read."];
  }
  return null;
}

/** Next's own addresses take what its development server sends. */
function isPage(path) {
  return !/^\/(api|_next)\/|^\/__nextjs/.test(path);
}

function holds(work) {
  try {
    work();
    return true;
  } catch {
    return false;
  }
}

/** The same shape as lib/server/problem.ts, which is TypeScript and cannot be loaded here. */
function refuse(response, [status, detail]) {
  const requestId = randomUUID();
  const [code, title] =
    status === 405 ? ["method_not_allowed", "Not possible here"] : ["malformed", "The request cannot be read"];
  const body = JSON.stringify({ type: `urn:countervail:problem:${code}`, title, status, code, detail, requestId });
  response.writeHead(status, {
    ...(status === 405 ? { Allow: "GET, HEAD" } : {}),
    "Content-Type": "application/problem+json",
    "Content-Length": Buffer.byteLength(body),
    "X-Request-Id": requestId,
    // What follows in the same connection may be the rest of a body that nobody reads.
    Connection: "close",
  });
  response.end(body);
}
