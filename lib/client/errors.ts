import type { Problem } from "@/lib/contracts/problem";

/** A reply of the API that says what went wrong. `problem` is the RFC 9457 body, or one made from the bare status. */
export class ApiProblem extends Error {
  override readonly name = "ApiProblem";
  constructor(readonly problem: Problem) {
    super(problem.detail || problem.title);
  }
}

/** No reply came: the device is offline, the server could not be reached, or the connection broke. Whether a write took place is unknown. */
export class NetworkError extends Error {
  override readonly name = "NetworkError";
  constructor(
    /** True when the browser itself says that there is no connection. */
    readonly offline: boolean,
    options?: ErrorOptions,
  ) {
    super(offline ? "You are offline." : "The server could not be reached.", options);
  }
}

/** The person closed the dialog that an action needed, so it was not done. Nothing to report. */
export class Cancelled extends Error {
  override readonly name = "Cancelled";
  constructor() {
    super("Cancelled.");
  }
}

/** Why the browser gave no passkey. `closed` stands for its dialog being closed, and for one that waited too long. */
export type PasskeyTrouble = "unsupported" | "closed" | "known" | "unable";

/** The browser made or showed no passkey. */
export class PasskeyError extends Error {
  override readonly name = "PasskeyError";
  constructor(
    readonly trouble: PasskeyTrouble,
    options?: ErrorOptions,
  ) {
    super(`No passkey: ${trouble}.`, options);
  }
}

/** A way to an identity provider did not end well. Its message is for the person. */
export class SsoError extends Error {
  override readonly name = "SsoError";
}

/** True for an API problem with one of the codes. */
export function isProblem(error: unknown, ...codes: Problem["code"][]): error is ApiProblem {
  return error instanceof ApiProblem && (codes.length === 0 || codes.includes(error.problem.code));
}

/** True when a request was given up by its caller through an AbortSignal. */
export function isAborted(error: unknown): boolean {
  return error instanceof DOMException && error.name === "AbortError";
}
