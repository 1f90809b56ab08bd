import { ApiProblem } from "@/lib/client/errors";
import type { Problem, ProblemCode } from "@/lib/contracts/problem";

/** What a bare HTTP status means when the body is no problem document (a proxy answered, not we). */
const CODE_BY_STATUS: Readonly<Record<number, ProblemCode>> = {
  400: "malformed",
  401: "sign_in_required",
  403: "forbidden",
  404: "not_found",
  405: "method_not_allowed",
  409: "wrong_state",
  408: "too_slow",
  413: "too_large",
  415: "unsupported_media_type",
  422: "invalid",
  429: "too_many_requests",
  502: "unavailable",
  503: "unavailable",
  504: "unavailable",
  507: "storage_full",
};

function isProblemBody(body: unknown): body is Problem {
  return (
    typeof body === "object" && body !== null && "code" in body && typeof body.code === "string" && "status" in body
  );
}

/** The problem that a failed reply carries; one is made up from the status when the body has none. */
export function problemOf(status: number, requestId: string, body: unknown): Problem {
  if (isProblemBody(body)) return body;
  return {
    type: "about:blank",
    title: status >= 500 ? "The server failed" : "The request was refused",
    status,
    code: CODE_BY_STATUS[status] ?? "internal",
    detail: `The server answered with status ${status} and no explanation.`,
    requestId,
  };
}

/** Reads a reply: its JSON, or null for an empty one. Throws `ApiProblem` for every status from 400 on. */
export async function readReply(response: Response): Promise<unknown> {
  const text = await response.text();
  const body = parseJson(text);
  if (response.ok) return body;
  throw new ApiProblem(problemOf(response.status, response.headers.get("x-request-id") ?? "", body));
}

function parseJson(text: string): unknown {
  if (text === "") return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
