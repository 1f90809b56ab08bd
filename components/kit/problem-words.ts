import {
  ApiProblem,
  Cancelled,
  isAborted,
  NetworkError,
  PasskeyError,
  type PasskeyTrouble,
  SsoError,
} from "@/lib/client/errors";
import type { ProblemCode } from "@/lib/contracts/problem";

/** An error in words: what happened, what to do, and the request's id when there was a reply. */
export interface ProblemWords {
  readonly title: string;
  readonly detail: string;
  readonly advice: string;
  readonly requestId: string;
  readonly signIn: boolean;
}

const ADVICE: Readonly<Partial<Record<ProblemCode, string>>> = {
  sign_in_required: "Your session has ended. Sign in again; what you typed stays on this page while it is open.",
  invalid_credentials: "Check what you entered, then try again.",
  forbidden: "Ask the engagement’s lead or an admin of your organisation.",
  bad_origin: "Open Countervail under its own address and try again.",
  not_found: "It may have been removed, or it belongs to an engagement that you are not part of.",
  stale: "Somebody saved before you. Load the page again and repeat your change.",
  wrong_state: "Load the page again to see where it stands now.",
  too_large: "Shorten it or split it.",
  too_many_requests: "Nothing is lost. Waiting helps; trying at once does not.",
  internal: "Try again. If it happens again, tell the operator the request id.",
  unavailable: "Try again in a moment.",
};

const PASSKEY_WORDS: Readonly<Record<PasskeyTrouble, Pick<ProblemWords, "title" | "detail" | "advice">>> = {
  unsupported: {
    title: "No passkeys here",
    detail: "This browser cannot work with passkeys.",
    advice: "Use a newer browser, or another way.",
  },
  closed: {
    title: "No passkey yet",
    detail: "The browser’s dialog was closed, or it waited too long.",
    advice: "Try again, or use another way.",
  },
  known: {
    title: "This device has a passkey already",
    detail: "One of your passkeys is on this device or security key, so it makes no second one.",
    advice: "Use that one, or make one on another device.",
  },
  unable: {
    title: "The passkey did not work",
    detail: "The browser or the device could not do it.",
    advice: "Try again, or use another way.",
  },
};

/** The words for an error; null for one that needs none, because the person gave up. */
export function problemWords(error: unknown): ProblemWords | null {
  if (error === null || error === undefined || error instanceof Cancelled || isAborted(error)) return null;
  if (error instanceof ApiProblem) {
    const { detail, code, requestId, errors } = error.problem;
    // Places within a file are pointers into it.
    const ofFile =
      code === "invalid" && errors !== undefined && errors.every(({ path }) => path === "file" || path.startsWith("/"));
    const title = ofFile ? "The file was not taken" : error.problem.title;
    return { title, detail, advice: ADVICE[code] ?? "", requestId, signIn: code === "sign_in_required" };
  }
  if (error instanceof PasskeyError) return { ...PASSKEY_WORDS[error.trouble], requestId: "", signIn: false };
  if (error instanceof SsoError) {
    return { title: "Single sign-on did not work", detail: error.message, advice: "", requestId: "", signIn: false };
  }
  if (error instanceof NetworkError) {
    const advice = error.offline
      ? "It works again when the connection is back."
      : "Check the connection and try again.";
    return {
      title: error.offline ? "You are offline" : "No answer",
      detail: error.message,
      advice,
      requestId: "",
      signIn: false,
    };
  }
  return {
    title: "Something went wrong",
    detail: "The page met an error that it does not know.",
    advice: "Load the page again.",
    requestId: "",
    signIn: false,
  };
}
