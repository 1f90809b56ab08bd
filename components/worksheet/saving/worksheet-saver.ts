import { mergeSectionOrClash } from "@/components/worksheet/saving/merge-rule";
import {
  isUnsaved,
  loadedState,
  type SaveEvent,
  type SaveState,
  type Stored,
} from "@/components/worksheet/saving/save-state";
import { type RunnerPorts, runSection, type SectionRunner } from "@/components/worksheet/saving/section-runner";
import { isSame } from "@/lib/domain/same";
import type { SectionContent } from "@/lib/domain/worksheet/model";
import { PART_KEYS, type PartKey } from "@/lib/domain/worksheet/sections";

/** What the saver needs of the world, for each section. */
export type SaverPorts = {
  readonly send: (
    key: PartKey,
    attempt: Parameters<RunnerPorts<SectionContent>["send"]>[0],
  ) => Promise<SaveEvent<SectionContent>>;
  readonly keep: (key: PartKey, state: SaveState<SectionContent>) => void;
  readonly forget: (key: PartKey) => void;
  readonly onMerged: (key: PartKey, theirs: Stored<SectionContent>) => void;
} & Pick<RunnerPorts<SectionContent>, "newKey" | "after" | "now">;

/** The parts of a worksheet or a record on the page, each saving on its own. */
export interface WorksheetSaver {
  /** The parts that there are. */
  readonly parts: readonly PartKey[];
  readonly state: (key: PartKey) => SaveState<SectionContent>;
  readonly content: <K extends PartKey>(key: K) => SectionContent<K>;
  readonly handle: (key: PartKey, event: SaveEvent<SectionContent>) => void;
  readonly edit: <K extends PartKey>(key: K, change: (content: SectionContent<K>) => SectionContent<K>) => void;
  /** Saves a section now, if it is unsaved. */
  readonly flush: (key: PartKey) => void;
  /** Saves all that is unsaved, now. */
  readonly flushAll: () => void;
  /** Repeats what rests: the connection is back. */
  readonly retryAll: () => void;
  readonly unsaved: () => readonly PartKey[];
  readonly subscribe: (listener: () => void) => () => void;
  readonly stop: () => void;
  readonly resume: () => void;
}

/** Starts the saving of the parts of a worksheet or a record as they were loaded. */
export function startSaver(
  loaded: Readonly<Partial<Record<PartKey, Stored<SectionContent>>>>,
  ports: SaverPorts,
): WorksheetSaver {
  const listeners = new Set<() => void>();
  const tell = () => {
    for (const listener of listeners) listener();
  };
  const runners = new Map<PartKey, SectionRunner<SectionContent>>();
  for (const key of PART_KEYS) {
    const stored = loaded[key];
    if (stored) runners.set(key, runSection(rulesFor(key), loadedState(stored), portsFor(key, ports, tell)));
  }
  const runner = (key: PartKey) => {
    const found = runners.get(key);
    if (!found) throw new Error(`What is written here has no part “${key}”.`);
    return found;
  };
  const content = <K extends PartKey>(key: K) => runner(key).state().content as SectionContent<K>;
  return {
    parts: [...runners.keys()],
    state: (key) => runner(key).state(),
    content,
    handle: (key, event) => runner(key).handle(event),
    edit: (key, change) => {
      const before = content(key);
      const after = change(before);
      if (after !== before) runner(key).handle({ type: "edited", content: after });
    },
    flush: (key) => runner(key).flush(),
    flushAll: () => {
      for (const one of runners.values()) one.flush();
    },
    retryAll: () => {
      for (const one of runners.values()) one.handle({ type: "retry" });
    },
    unsaved: () => [...runners].filter(([key, one]) => isUnsaved(rulesFor(key), one.state())).map(([key]) => key),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    resume: () => {
      for (const one of runners.values()) one.resume();
    },
    stop: () => {
      for (const one of runners.values()) one.stop();
    },
  };
}

function rulesFor(key: PartKey) {
  return {
    same: isSame,
    merge: (base: SectionContent, mine: SectionContent, theirs: SectionContent) =>
      mergeSectionOrClash(key, base, mine, theirs),
  };
}

function portsFor(key: PartKey, ports: SaverPorts, tell: () => void): RunnerPorts<SectionContent> {
  return {
    send: (attempt) => ports.send(key, attempt),
    keep: (state) => ports.keep(key, state),
    forget: () => ports.forget(key),
    onMerged: (theirs) => ports.onMerged(key, theirs),
    onChange: tell,
    newKey: ports.newKey,
    after: ports.after,
    now: ports.now,
  };
}
