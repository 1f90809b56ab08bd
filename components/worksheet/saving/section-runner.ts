import { step } from "@/components/worksheet/saving/save-machine";
import type {
  Attempt,
  ContentRules,
  SaveCommand,
  SaveEvent,
  SaveState,
  Stored,
} from "@/components/worksheet/saving/save-state";

/** Milliseconds of quiet after typing before a save, and the longest that steady typing may put it off. */
export const SAVE_PAUSE = 800;
/** The longest that steady typing may put a save off. */
export const LONGEST_WAIT = 5000;
const KEEP_PAUSE = 250;
const RETRY_STEPS = [1000, 2000, 4000, 8000, 15_000, 30_000];

/** What the runner needs of the world. Times in milliseconds. */
export interface RunnerPorts<C> {
  readonly send: (attempt: Attempt<C>) => Promise<SaveEvent<C>>;
  readonly keep: (state: SaveState<C>) => void;
  readonly forget: () => void;
  readonly onMerged: (theirs: Stored<C>) => void;
  readonly onChange: () => void;
  readonly newKey: () => string;
  readonly after: (milliseconds: number, act: () => void) => () => void;
  readonly now: () => number;
}

/** One section's save machine with its timers and its line to the server. */
export interface SectionRunner<C> {
  readonly state: () => SaveState<C>;
  readonly handle: (event: SaveEvent<C>) => void;
  /** Saves now, and keeps unsent text on the device at once. */
  readonly flush: () => void;
  /** Ends all timers; a save on its way still finishes. */
  readonly stop: () => void;
  /** Goes on after a stop: the same page is shown again. */
  readonly resume: () => void;
}

/** Starts running a section from the given state. */
export function runSection<C>(rules: ContentRules<C>, initial: SaveState<C>, ports: RunnerPorts<C>): SectionRunner<C> {
  let state = initial;
  let stopped = false;
  let firstUnsaved: number | null = null;
  const cancel: { flush: () => void; retry: () => void; keep: (() => void) | null } = {
    flush: () => {},
    retry: () => {},
    keep: null,
  };

  const flush = () => {
    cancel.flush();
    firstUnsaved = null;
    handle({ type: "flush", key: ports.newKey() });
  };

  const waitForPause = () => {
    if (stopped) return;
    cancel.flush();
    firstUnsaved ??= ports.now();
    const left = Math.max(0, firstUnsaved + LONGEST_WAIT - ports.now());
    cancel.flush = ports.after(Math.min(SAVE_PAUSE, left), flush);
  };

  const keepNow = () => {
    cancel.keep?.();
    cancel.keep = null;
    ports.keep(state);
  };

  const send = (attempt: Attempt<C>) => {
    cancel.retry();
    void ports.send(attempt).then(handle);
  };

  const run = (command: SaveCommand<C>) => {
    switch (command.type) {
      case "send":
        return send(command.attempt);
      case "wait":
        return waitForPause();
      case "flush":
        return flush();
      case "retry_later": {
        if (stopped) return;
        cancel.retry();
        const pause = RETRY_STEPS[Math.min(command.tries, RETRY_STEPS.length) - 1] ?? 1000;
        cancel.retry = ports.after(pause, () => handle({ type: "retry" }));
        return;
      }
      case "keep":
        if (stopped) keepNow();
        else cancel.keep ??= ports.after(KEEP_PAUSE, keepNow);
        return;
      case "forget":
        cancel.keep?.();
        cancel.keep = null;
        cancel.flush();
        firstUnsaved = null;
        return ports.forget();
      case "merged":
        return ports.onMerged(command.theirs);
    }
  };

  function handle(event: SaveEvent<C>): void {
    const next = step(rules, state, event);
    const changed = next.state !== state;
    state = next.state;
    // Told first: a command may raise the next event before it returns.
    if (changed) ports.onChange();
    for (const command of next.commands) run(command);
  }

  return {
    state: () => state,
    handle,
    flush: () => {
      flush();
      if (cancel.keep) keepNow();
    },
    resume: () => {
      stopped = false;
    },
    stop: () => {
      stopped = true;
      if (cancel.keep) keepNow();
      cancel.flush();
      cancel.retry();
    },
  };
}
