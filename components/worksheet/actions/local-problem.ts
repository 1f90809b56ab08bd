import { ApiProblem } from "@/lib/client/errors";

/** A problem that the page found by itself, shown like one that the server replied. */
export function localProblem(title: string, detail: string): ApiProblem {
  return new ApiProblem({ type: "about:blank", title, status: 409, code: "blocked", detail, requestId: "" });
}
