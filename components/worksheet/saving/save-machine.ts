import type { ContentRules, SaveCommand, SaveEvent, SaveState, Stored } from "@/components/worksheet/saving/save-state";

/** The outcome of an event: the next state, and what is to be done. */
export interface Step<C> {
  readonly state: SaveState<C>;
  readonly commands: readonly SaveCommand<C>[];
}

/**
 * The saving of one section as a machine without side effects: one save at a time, nothing typed is
 * dropped, and nothing of somebody else is overwritten. Events that cannot apply change nothing.
 */
export function step<C>(rules: ContentRules<C>, state: SaveState<C>, event: SaveEvent<C>): Step<C> {
  switch (event.type) {
    case "edited":
      return edited(rules, state, event.content);
    case "flush":
      return flush(rules, state, event.key);
    case "retry":
      return resend(state);
    case "saved":
      return saved(rules, state, event.stored);
    case "failed": {
      if (!state.attempt) return stay(state);
      return {
        state: { ...state, flying: false, again: false, trouble: { kind: event.kind } },
        commands: [{ type: "keep" }, { type: "retry_later", tries: state.attempt.tries }],
      };
    }
    case "refused":
      return {
        state: { ...landed(state), trouble: { kind: "refused", message: event.message, errors: event.errors } },
        // What was typed since then may be what the server takes.
        commands:
          state.attempt && !rules.same(state.content, state.attempt.content)
            ? [{ type: "keep" }, { type: "wait" }]
            : [{ type: "keep" }],
      };
    case "closed":
      return {
        state: { ...landed(state), trouble: { kind: "closed", message: event.message } },
        commands: [{ type: "keep" }],
      };
    case "key_reused":
      return { state: landed(state), commands: [{ type: "keep" }, { type: "flush" }] };
    case "stale":
      return stale(rules, state, event.theirs);
    case "remote":
      return remote(rules, state, event.stored);
    case "resolved":
      if (state.trouble?.kind !== "clash") return stay(state);
      return onto(rules, state, state.trouble.theirs, event.content);
    case "recovered":
      return recovered(rules, state, event.content, event.base);
  }
}

function stay<C>(state: SaveState<C>): Step<C> {
  return { state, commands: [] };
}

/** The attempt has its answer, whatever it says. */
function landed<C>(state: SaveState<C>): SaveState<C> {
  return { ...state, attempt: null, flying: false, again: false, trouble: null };
}

function edited<C>(rules: ContentRules<C>, state: SaveState<C>, content: C): Step<C> {
  const held = state.trouble?.kind === "clash" || state.trouble?.kind === "closed";
  const trouble = state.trouble?.kind === "refused" ? null : state.trouble;
  const next = { ...state, content, trouble };
  // Typed back to what the server has: nothing to send.
  if (!state.attempt && !held && rules.same(content, state.base.content))
    return { state: next, commands: [{ type: "forget" }] };
  return { state: next, commands: held ? [{ type: "keep" }] : [{ type: "keep" }, { type: "wait" }] };
}

function flush<C>(rules: ContentRules<C>, state: SaveState<C>, key: string): Step<C> {
  if (state.trouble?.kind === "clash" || state.trouble?.kind === "closed") return stay(state);
  if (state.flying) return stay({ ...state, again: true });
  if (state.attempt) return resend(state);
  if (rules.same(state.content, state.base.content)) return stay(state);
  const attempt = { key, baseVersion: state.base.version, content: state.content, tries: 1 };
  return {
    state: { ...state, attempt, flying: true, again: false, trouble: null },
    commands: [{ type: "keep" }, { type: "send", attempt }],
  };
}

/** Repeats the attempt that rests. Later text waits: it can only build on an answer. */
function resend<C>(state: SaveState<C>): Step<C> {
  if (state.trouble?.kind === "closed") return { state: landed(state), commands: [{ type: "flush" }] };
  if (!state.attempt || state.flying) return stay(state);
  const attempt = { ...state.attempt, tries: state.attempt.tries + 1 };
  // Being offline stays true until an answer comes.
  return { state: { ...state, attempt, flying: true }, commands: [{ type: "send", attempt }] };
}

function saved<C>(rules: ContentRules<C>, state: SaveState<C>, stored: Stored<C>): Step<C> {
  if (!state.attempt) return stay(state);
  const typedSince = !rules.same(state.content, state.attempt.content);
  const wanted = state.again;
  if (typedSince) {
    const next = { ...landed(state), base: stored };
    return { state: next, commands: [{ type: "keep" }, { type: wanted ? "flush" : "wait" }] };
  }
  const content = rules.same(state.content, stored.content) ? state.content : stored.content;
  return { state: { ...landed(state), base: stored, content }, commands: [{ type: "forget" }] };
}

function stale<C>(rules: ContentRules<C>, state: SaveState<C>, theirs: Stored<C>): Step<C> {
  // It was our own save that arrived, only its answer did not.
  if (state.attempt && rules.same(state.attempt.content, theirs.content)) return saved(rules, state, theirs);
  return mergeWith(rules, state, theirs);
}

function mergeWith<C>(rules: ContentRules<C>, state: SaveState<C>, theirs: Stored<C>): Step<C> {
  const merged = rules.merge(state.base.content, state.content, theirs.content);
  if (merged === null) {
    return { state: { ...landed(state), trouble: { kind: "clash", theirs } }, commands: [{ type: "keep" }] };
  }
  const next = onto(rules, state, theirs, merged);
  return { state: next.state, commands: [{ type: "merged", theirs }, ...next.commands] };
}

/** Takes `stored` as the base of `content`, and saves what differs. */
function onto<C>(rules: ContentRules<C>, state: SaveState<C>, stored: Stored<C>, content: C): Step<C> {
  const next = { ...landed(state), base: stored, content };
  return {
    state: next,
    commands: rules.same(content, stored.content) ? [{ type: "forget" }] : [{ type: "keep" }, { type: "flush" }],
  };
}

function remote<C>(rules: ContentRules<C>, state: SaveState<C>, stored: Stored<C>): Step<C> {
  // The person is merging with what is shown; a newer version still is met when the merge is saved.
  if (state.trouble?.kind === "clash") return stay(state);
  if (stored.version <= state.base.version) return stay(state);
  // Unsaved text meets the newer version when it is saved, where both are at hand.
  if (state.attempt || !rules.same(state.content, state.base.content)) return stay(state);
  return { state: { ...landed(state), base: stored, content: stored.content }, commands: [] };
}

function recovered<C>(rules: ContentRules<C>, state: SaveState<C>, content: C, base: Stored<C>): Step<C> {
  // Text typed on this page is never dropped for older text.
  if (state.attempt || !rules.same(state.content, state.base.content)) return stay(state);
  if (base.version === state.base.version) return edited(rules, state, content);
  return mergeWith(rules, { ...state, base, content }, state.base);
}
