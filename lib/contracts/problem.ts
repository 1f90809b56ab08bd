import type { FileRule } from "@/lib/domain/evidence/file-rules";

/** An error reply, after RFC 9457. `code` is stable and for programs; `detail` is for people. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: ProblemCode;
  readonly detail: string;
  readonly requestId: string;
  /** For 422: one entry for each bad field; `path` uses dots, such as `content.items.controls.0.title`. */
  readonly errors?: readonly FieldError[];
  /** For 409 `stale` and 412 `precondition_failed`: what is stored now, in the shape of the resource's DTO. */
  readonly current?: unknown;
  /** For 412 `precondition_failed`: the version that `If-Match` asked for. */
  readonly given?: number;
  /** For 422 `file_refused`: the rule that the file breaks. */
  readonly rule?: FileRule;
  /** For 409 `blocked`: what stands in the way, in words. */
  readonly blockers?: readonly Blocker[];
}

/** A bad field and what to do about it. */
export interface FieldError {
  readonly path: string;
  readonly message: string;
}

/** One thing that stops a move; `section` names the place when there is one, and `itemId` the criterion in it. */
export interface Blocker {
  readonly section: string | null;
  readonly itemId?: string;
  readonly message: string;
  /** The rule of the rigour checks that objects, L01 to L25. */
  readonly rule?: string;
  /** The field of the eligibility gate that is to be answered, or answered otherwise. */
  readonly question?: string;
  /** The disposition to choose for the requirement instead, where there is one. */
  readonly wayOut?: string;
}

/** The closed list of error codes. */
export type ProblemCode =
  | "malformed"
  | "sign_in_required"
  | "second_factor_required"
  | "invalid_credentials"
  | "invalid_token"
  | "forbidden"
  | "bad_origin"
  | "step_up_required"
  | "not_found"
  | "method_not_allowed"
  | "stale"
  | "precondition_failed"
  | "blocked"
  | "wrong_state"
  | "digest_differs"
  | "already_exists"
  | "key_reused"
  | "too_large"
  | "too_slow"
  | "file_refused"
  | "file_damaged"
  | "text_damaged"
  | "card_number_suspected"
  | "storage_full"
  | "unsupported_media_type"
  | "invalid"
  | "too_many_requests"
  | "internal"
  | "unavailable";
