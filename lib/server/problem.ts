import { Failure } from "@/lib/contracts/failure";
import type { Problem, ProblemCode } from "@/lib/contracts/problem";
import { isUnavailable, losesStatements, POOLER_WORDS } from "@/lib/db/errors";
import { ReplayedReply } from "@/lib/db/transactions";
import { logger } from "@/lib/logger";
import { jsonReply } from "@/lib/server/json-reply";

/** Every error code with its HTTP status and its title: the one table from failure to reply. */
const CODES: Readonly<Record<ProblemCode, readonly [status: number, title: string]>> = {
  malformed: [400, "The request cannot be read"],
  sign_in_required: [401, "Sign in first"],
  second_factor_required: [401, "Finish signing in"],
  invalid_credentials: [401, "Sign-in failed"],
  invalid_token: [401, "The API token does not serve"],
  forbidden: [403, "You may not do this"],
  bad_origin: [403, "The request came from elsewhere"],
  step_up_required: [403, "Show again that it is you"],
  not_found: [404, "Not found"],
  method_not_allowed: [405, "Not possible here"],
  stale: [409, "Somebody else saved first"],
  precondition_failed: [412, "It is not as If-Match wants it"],
  blocked: [409, "Something stands in the way"],
  wrong_state: [409, "Not possible in this state"],
  digest_differs: [409, "The content has changed"],
  already_exists: [409, "It exists already"],
  key_reused: [422, "The idempotency key was used for another request"],
  too_large: [413, "Too large"],
  too_slow: [408, "Too slow"],
  unsupported_media_type: [415, "Send JSON"],
  file_refused: [422, "The file is not taken"],
  card_number_suspected: [422, "Is this the number of a payment card?"],
  file_damaged: [409, "The stored file is damaged"],
  text_damaged: [409, "The stored text is damaged"],
  invalid: [422, "Some fields need attention"],
  too_many_requests: [429, "Too many requests"],
  internal: [500, "Something went wrong"],
  unavailable: [503, "Not available right now"],
  storage_full: [507, "No space left"],
};

/**
 * Turns what a handler threw into its reply. Only defects are logged as errors, an absent database as a warning; none shows
 * its inside.
 * @param markOf what the entity tag of a reply that is sent again is bound to
 */
export function problemReply(
  error: unknown,
  requestId: string,
  markOf: (reply: unknown) => string | null = () => null,
): Response {
  if (error instanceof ReplayedReply) return replayed(error, requestId, markOf(error.reply));
  const failure = toFailure(error, requestId);
  if (failure.code === "internal") logger().error({ requestId, err: error }, "request failed");
  const [status, title] = CODES[failure.code];
  const { retryAfter, ...extras } = failure.extras;
  const body: Problem = {
    type: `urn:countervail:problem:${failure.code}`,
    title,
    status,
    code: failure.code,
    detail: failure.message,
    requestId,
    ...extras,
  };
  const headers: Record<string, string> = {
    "Content-Type": "application/problem+json",
    "Cache-Control": "no-store",
    "X-Request-Id": requestId,
  };
  if (failure.code === "invalid_token")
    headers["WWW-Authenticate"] = 'Bearer realm="Countervail", error="invalid_token"';
  if (retryAfter !== undefined) headers["Retry-After"] = String(retryAfter);
  return new Response(JSON.stringify(body), { status, headers });
}

function replayed(first: ReplayedReply, requestId: string, mark: string | null): Response {
  const headers = { "Idempotency-Replayed": "true", "Cache-Control": "no-store", "X-Request-Id": requestId };
  if (first.status === 204) return new Response(null, { status: 204, headers });
  return jsonReply(first.reply, first.status, headers, mark);
}

function toFailure(error: unknown, requestId: string): Failure {
  if (error instanceof Failure) return error;
  if (isUnavailable(error)) {
    logger().warn({ requestId, err: error }, "the database cannot be reached");
    return new Failure("unavailable", "The database cannot be reached. What you typed is kept; please try again.", {
      retryAfter: 5,
    });
  }
  if (losesStatements(error)) {
    logger().error({ requestId, err: error }, POOLER_WORDS);
    return new Failure(
      "unavailable",
      "The database is not set up as this service needs it: its operator finds in the log what to set. What you typed is kept.",
    );
  }
  return new Failure("internal", "Something went wrong on our side. Your text is kept; please try again.");
}
