import { createHash, randomUUID } from "node:crypto";
import type { z } from "zod";
import type { ServiceContext, SignedInContext } from "@/lib/auth/context";
import { type OpenSession, sessionOfToken } from "@/lib/auth/session";
import { sessionCookieName } from "@/lib/auth/session-token";
import { Failure, notFound } from "@/lib/contracts/failure";
import type { Actor, Idempotency } from "@/lib/contracts/request-context";
import type { TokenScope } from "@/lib/domain/access/token-rights";
import { actorOfBearer, bearerOf } from "@/lib/server/bearer";
import { DEFAULT_LIMIT, parseBody, parseQuery, readJson } from "@/lib/server/body";
import { clientAddress } from "@/lib/server/client-address";
import { cookieValue } from "@/lib/server/cookies";
import { isKnown } from "@/lib/server/entity-tag";
import { jsonReply } from "@/lib/server/json-reply";
import { requireOwnOrigin } from "@/lib/server/origin";
import {
  addressOver,
  asPreconditionFailed,
  bodyOver,
  type Precondition,
  preconditionOf,
} from "@/lib/server/preconditions";
import { problemReply } from "@/lib/server/problem";
import { type Bucket, limit } from "@/lib/server/rate-limit";
import { runtime } from "@/lib/server/runtime";
import { changedThing, repliedThing, type VersionOf } from "@/lib/server/versioned";

/** What a handler is made of. Everything it takes is named by a schema. */
export interface RouteSpec<P, Q, B, Public extends boolean> {
  /** True for what needs no sign-in. */
  readonly public?: Public;
  /** True, beside `public`, for what belongs to a sign-in that is not finished: a session of any stage, but one. */
  readonly unfinished?: boolean;
  readonly params?: z.ZodType<P>;
  readonly query?: z.ZodType<Q>;
  readonly body?: z.ZodType<B>;
  /** The status of success: 200 unless said otherwise; 202 for what is done later, 204 sends no body. */
  readonly status?: 200 | 201 | 202 | 204;
  /** Counts requests of an address under this name. Changes that need no sign-in are counted in any case. */
  readonly bucket?: Bucket;
  /** Of what the version is that the reply has, or that a change is written over: without it replies have no tag. */
  readonly versionOf?: VersionOf;
  /** The scope that an API token needs here. Without it the address is for people in a session alone. */
  readonly bearer?: TokenScope;
  /** The body is a file: it is left to the handler, which reads it as it comes. */
  readonly upload?: boolean;
  /** Bytes that the body may have. */
  readonly limit?: number;
}

/** What a handler gets: everything checked. */
export interface RouteInput<P, Q, B, Public extends boolean> {
  readonly context: Public extends true ? ServiceContext : SignedInContext;
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly request: Request;
  /** The session, if there is one, finished or not. */
  readonly session: OpenSession | null;
}

/** A handler as Next calls it, with what it is made of, which the description of the API is written from. */
export interface RouteHandler {
  (request: Request, given: RouteArguments): Promise<Response>;
  readonly spec: RouteSpec<unknown, unknown, unknown, boolean>;
}

type RouteArguments = { readonly params: Promise<Record<string, string | string[]>> };
const SAFE = new Set(["GET", "HEAD"]);
const KEY = /^[\x21-\x7e]{8,200}$/;

/**
 * The one guard before every handler: origin, session or API token, size, shape; and the one place after it, where failures
 * become problem replies. Authorisation itself is the services'.
 */
export function route<P = unknown, Q = unknown, B = unknown, Public extends boolean = false>(
  spec: RouteSpec<P, Q, B, Public>,
  run: (input: RouteInput<P, Q, B, Public>) => Promise<unknown>,
): RouteHandler {
  const status = spec.status ?? 200;
  const handle = async (request: Request, given: RouteArguments) => {
    const requestId = randomUUID();
    // What is told of limits, also beside a refusal.
    const told: Record<string, string> = {};
    let precondition: Precondition | null = null;
    let markOf: MarkOf = () => null;
    try {
      const { context, session, changes } = await admit(request, requestId, spec, told);
      const params = await readParams(spec.params, given);
      const place = { params, organisationId: context.actor?.organisationId ?? null };
      markOf = (value) => repliedThing(spec.versionOf, place, value)?.mark ?? null;
      precondition = changes ? preconditionOf(request, spec, () => changedThing(spec.versionOf, place)) : null;
      const address = addressOver(precondition, new URL(request.url));
      const query = spec.query ? parseQuery(spec.query, address) : (undefined as Q);
      const { body, text } = await readBody(request, spec, changes, precondition);
      const idempotency = changes && context.actor ? readKey(request, context.actor, text, status) : undefined;
      const input = { context: { ...context, idempotency }, params, query, body, request, session };
      const done = reply(await run(input as RouteInput<P, Q, B, Public>), status, requestId, markOf);
      return withHeaders(changes ? done : asCached(request, context, done), told);
    } catch (error) {
      const problem = problemReply(asPreconditionFailed(precondition, error), requestId, markOf);
      // What is left of a file that is not wanted would have to be read to its end to keep the connection.
      if (spec.upload) problem.headers.set("Connection", "close");
      return withHeaders(problem, told);
    }
  };
  return Object.assign(handle, { spec });
}

/**
 * Origin, session or token and how often, before anything of the request is read.
 * @param told what is told of limits is added to it
 * @throws Failure bad_origin, sign_in_required, invalid_token, too_many_requests
 */
async function admit(
  request: Request,
  requestId: string,
  spec: Guarded,
  told: Record<string, string>,
): Promise<{ context: ServiceContext; session: OpenSession | null; changes: boolean }> {
  const { config, database, clock, secrets, mail, signer, evidence } = runtime();
  const changes = !SAFE.has(request.method);
  const { url } = config;
  const address = clientAddress(request.headers);
  const { limits } = evidence;
  const services = { database, clock, secrets, mail, signer, limits };
  const anonymous: ServiceContext = { ...services, url, address, requestId, actor: null };
  const bearer = bearerOf(request);
  // No page of somebody else's makes a browser send a token by itself, so where such a request comes from is no matter.
  if (bearer !== null) {
    const actor = await actorOfBearer(anonymous, request, bearer, spec.bearer, told);
    return { context: { ...anonymous, actor }, session: null, changes };
  }
  if (changes) requireOwnOrigin(request, config.url);
  const token = cookieValue(request.headers.get("cookie"), sessionCookieName(config.url));
  // What the page asks by itself does not keep a session alive; only what the person does.
  const background = request.headers.has("x-countervail-background");
  const session = token ? await sessionOfToken(anonymous, token, !background) : null;
  // The browser's tabs share one cookie: what one person did on a page is not taken as another's who signed in since.
  const meant = request.headers.get("x-countervail-person");
  if (session && meant !== null && meant !== session.actor.userId) {
    throw new Failure("sign_in_required", "Somebody else has signed in in this browser.");
  }
  // A sign-in that is not finished is nobody yet, but for what finishes it.
  const actor = session?.stage === "full" ? session.actor : null;
  if (spec.unfinished ? !session : !actor && !spec.public) {
    if (session) throw new Failure("second_factor_required", "Finish signing in first.");
    throw new Failure("sign_in_required", "Please sign in.");
  }
  const bucket = bucketOf(spec, changes, session);
  if (bucket) await limit(anonymous, bucket);
  return { context: { ...anonymous, actor }, session, changes };
}

type Guarded = Pick<RouteSpec<unknown, unknown, unknown, boolean>, "public" | "unfinished" | "bucket" | "bearer">;

/** What a request is counted as: a change that needs no sign-in is counted whoever may be signed in. */
function bucketOf(spec: Guarded, changes: boolean, session: OpenSession | null): Bucket | null {
  const open = spec.public && !spec.unfinished;
  return spec.bucket ?? (changes && (open || !session) ? "anonymous" : null);
}

/** What a request that changes something sends, as the schema makes it, with its text. A file is left to the handler. */
async function readBody<B>(
  request: Request,
  spec: { readonly body?: z.ZodType<B>; readonly upload?: boolean; readonly limit?: number },
  changes: boolean,
  precondition: Precondition | null,
): Promise<{ readonly body: B; readonly text: string }> {
  if (spec.upload) requireDoor(request);
  const isJson = changes && !spec.upload;
  const sent = isJson ? await readJson(request, spec.limit ?? DEFAULT_LIMIT) : { value: undefined, text: "" };
  return {
    body: spec.body ? parseBody(spec.body, bodyOver(precondition, sent.value ?? {})) : (undefined as B),
    text: sent.text,
  };
}

/**
 * Uploads go past proxy.ts, where Next would keep a copy of their beginning in memory and lose the rest; so what it looks
 * at beside the host, which the origin has shown, is looked at here: without the door nothing is served.
 */
function requireDoor(request: Request): void {
  if (!request.headers.has("x-nonce")) throw new Failure("unavailable", "Start with `npm start`.");
}

/** An address that names nothing we could have is simply not there. */
async function readParams<P>(schema: z.ZodType<P> | undefined, given: RouteArguments): Promise<P> {
  if (!schema) return undefined as P;
  const parsed = schema.safeParse(await given.params);
  if (!parsed.success) throw notFound();
  return parsed.data;
}

/** The reply of a request is for whoever asked: of one by a session, or by another token, a token does not learn. */
function readKey(request: Request, { token }: Actor, text: string, status: number): Idempotency | undefined {
  const key = request.headers.get("idempotency-key");
  if (key === null) return undefined;
  if (!KEY.test(key)) throw new Failure("malformed", "An idempotency key has 8 to 200 printable ASCII characters.");
  const { pathname, search } = new URL(request.url);
  const ifMatch = request.headers.get("if-match");
  const under = ifMatch === null ? "" : `If-Match: ${ifMatch}\n`;
  const asked = `${token ? `${token.id} ` : ""}${request.method} ${pathname}${search}\n${under}${text}`;
  const requestHash = createHash("sha256").update(asked).digest("hex");
  return { key, requestHash, status };
}

function withHeaders(response: Response, headers: Readonly<Record<string, string>>): Response {
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  return response;
}

/** What tells the thing that a reply's version is of from other things. */
type MarkOf = (reply: unknown) => string | null;

function reply(result: unknown, status: number, requestId: string, markOf: MarkOf): Response {
  if (result instanceof Response) return result;
  const headers = { "Cache-Control": "no-store", "X-Request-Id": requestId };
  if (status === 204) return new Response(null, { status, headers });
  return jsonReply(result ?? {}, status, headers, markOf(result));
}

/**
 * What was read and has a version is not sent again to whoever has it. A program may keep it, but for itself alone and only
 * after asking each time; what a person reads stays in no browser.
 */
function asCached(request: Request, { actor }: ServiceContext, done: Response): Response {
  const tag = done.headers.get("etag");
  if (tag === null) return done;
  const { headers } = done;
  if (actor?.token) headers.set("Cache-Control", "private, no-cache");
  headers.set("Vary", "Authorization, Cookie");
  if (!isKnown(request.headers.get("if-none-match"), tag)) return done;
  headers.delete("Content-Type");
  return new Response(null, { status: 304, headers });
}
