import type { FieldError } from "@/lib/contracts/problem";

/** A section as the server has it. `savedAt` is an ISO instant; `savedBy` a name, null when never written. */
export interface Stored<C> {
  readonly version: number;
  readonly content: C;
  readonly savedAt: string;
  readonly savedBy: string | null;
}

/**
 * One save that was sent and has no answer yet. It is repeated with the same key until the server
 * answers, so that a save whose reply got lost is not taken for somebody else's.
 */
export interface Attempt<C> {
  readonly key: string;
  readonly baseVersion: number;
  readonly content: C;
  /** How often it was sent. */
  readonly tries: number;
}

/** Why what was typed is not on the server. */
export type Trouble<C> =
  /** No reply came (`offline`), or the server asks to wait (`unavailable`). Repeated by itself. */
  | { readonly kind: "offline" | "unavailable" }
  /** The server does not take this text; the next edit tries again. */
  | { readonly kind: "refused"; readonly message: string; readonly errors: readonly FieldError[] }
  /** The worksheet may no longer be written by this person, or not in its present state. */
  | { readonly kind: "closed"; readonly message: string }
  /** Somebody else changed the same parts; a person has to merge. */
  | { readonly kind: "clash"; readonly theirs: Stored<C> };

/** A section on the page, and how it stands to the server's. */
export interface SaveState<C> {
  /** What the text on the page builds on. */
  readonly base: Stored<C>;
  /** What the page shows. */
  readonly content: C;
  readonly attempt: Attempt<C> | null;
  /** True while the attempt is on its way; false while it rests until a retry. */
  readonly flying: boolean;
  /** A save was asked for while another one was on its way. */
  readonly again: boolean;
  readonly trouble: Trouble<C> | null;
}

/** A section as just loaded: the page shows what the server has. */
export function loadedState<C>(stored: Stored<C>): SaveState<C> {
  return { base: stored, content: stored.content, attempt: null, flying: false, again: false, trouble: null };
}

/** What can happen to a section. Keys come from outside, because the machine makes nothing up. */
export type SaveEvent<C> =
  | { readonly type: "edited"; readonly content: C }
  /** Save now what is unsaved: the pause after typing is over, or it was asked for. `key` is a fresh one. */
  | { readonly type: "flush"; readonly key: string }
  | { readonly type: "saved"; readonly stored: Stored<C> }
  | { readonly type: "failed"; readonly kind: "offline" | "unavailable" }
  | { readonly type: "refused"; readonly message: string; readonly errors: readonly FieldError[] }
  | { readonly type: "closed"; readonly message: string }
  | { readonly type: "stale"; readonly theirs: Stored<C> }
  /** The key was used for something else: forget the attempt and send anew. */
  | { readonly type: "key_reused" }
  /** Time to repeat: a timer, or the connection is back. */
  | { readonly type: "retry" }
  /** A newer version was read without having been asked for by a save. */
  | { readonly type: "remote"; readonly stored: Stored<C> }
  /** The person merged; `content` builds on what the other one saved. */
  | { readonly type: "resolved"; readonly content: C }
  /** Unsent text of an earlier visit is taken up again, on the version it was written on. */
  | { readonly type: "recovered"; readonly content: C; readonly base: Stored<C> };

/** What is to be done after an event. */
export type SaveCommand<C> =
  | { readonly type: "send"; readonly attempt: Attempt<C> }
  /** Flush after the usual pause in typing, unless that is already planned. */
  | { readonly type: "wait" }
  /** Flush at once. */
  | { readonly type: "flush" }
  /** Retry after a pause that grows with `tries`. */
  | { readonly type: "retry_later"; readonly tries: number }
  /** Keep the unsaved text on this device. */
  | { readonly type: "keep" }
  /** Everything is on the server: remove what was kept. */
  | { readonly type: "forget" }
  /** Tell the person that changes of somebody else were merged in without a clash. */
  | { readonly type: "merged"; readonly theirs: Stored<C> };

/** What the machine has to know about contents. */
export interface ContentRules<C> {
  readonly same: (a: C, b: C) => boolean;
  /** Merges two edits of the same base; null when both changed the same part in different ways. */
  readonly merge: (base: C, mine: C, theirs: C) => C | null;
}

/** True when the page shows something that the server is not known to have. */
export function isUnsaved<C>(rules: ContentRules<C>, state: SaveState<C>): boolean {
  return state.attempt !== null || state.trouble?.kind === "clash" || !rules.same(state.content, state.base.content);
}
