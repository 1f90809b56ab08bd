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
import { SECTION_KEYS, type SectionKey } from "@/lib/domain/worksheet/sections";

/** What the saver needs of the world, for each section. */
export type SaverPorts = {
  readonly send: (
    key: SectionKey,
    attempt: Parameters<RunnerPorts<SectionContent>["send"]>[0],
  ) => Promise<SaveEvent<SectionContent>>;
  readonly keep: (key: SectionKey, state: SaveState<SectionContent>) => void;
  readonly forget: (key: SectionKey) => void;
  readonly onMerged: (key: SectionKey, theirs: Stored<SectionContent>) => void;
} & Pick<RunnerPorts<SectionContent>, "newKey" | "after" | "now">;

/** The six sections of a worksheet on the page, each saving on its own. */
export interface WorksheetSaver {
  readonly state: (key: SectionKey) => SaveState<SectionContent>;
  readonly content: <K extends SectionKey>(key: K) => SectionContent<K>;
  readonly handle: (key: SectionKey, event: SaveEvent<SectionContent>) => void;
  readonly edit: <K extends SectionKey>(key: K, change: (content: SectionContent<K>) => SectionContent<K>) => void;
  /** Saves a section now, if it is unsaved. */
  readonly flush: (key: SectionKey) => void;
  /** Saves all that is unsaved, now. */
  readonly flushAll: () => void;
  /** Repeats what rests: the connection is back. */
  readonly retryAll: () => void;
  readonly unsaved: () => readonly SectionKey[];
  readonly subscribe: (listener: () => void) => () => void;
  readonly stop: () => void;
  readonly resume: () => void;
}

/** Starts the saving of a worksheet's sections as they were loaded. */
export function startSaver(
  loaded: Readonly<Record<SectionKey, Stored<SectionContent>>>,
  ports: SaverPorts,
): WorksheetSaver {
  const listeners = new Set<() => void>();
  const tell = () => {
    for (const listener of listeners) listener();
  };
  const runners = Object.fromEntries(
    SECTION_KEYS.map((key) => [key, runSection(rulesFor(key), loadedState(loaded[key]), portsFor(key, ports, tell))]),
  ) as Record<SectionKey, SectionRunner<SectionContent>>;
  const content = <K extends SectionKey>(key: K) => runners[key].state().content as SectionContent<K>;
  return {
    state: (key) => runners[key].state(),
    content,
    handle: (key, event) => runners[key].handle(event),
    edit: (key, change) => {
      const before = content(key);
      const after = change(before);
      if (after !== before) runners[key].handle({ type: "edited", content: after });
    },
    flush: (key) => runners[key].flush(),
    flushAll: () => {
      for (const key of SECTION_KEYS) runners[key].flush();
    },
    retryAll: () => {
      for (const key of SECTION_KEYS) runners[key].handle({ type: "retry" });
    },
    unsaved: () => SECTION_KEYS.filter((key) => isUnsaved(rulesFor(key), runners[key].state())),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    resume: () => {
      for (const key of SECTION_KEYS) runners[key].resume();
    },
    stop: () => {
      for (const key of SECTION_KEYS) runners[key].stop();
    },
  };
}

function rulesFor(key: SectionKey) {
  return {
    same: isSame,
    merge: (base: SectionContent, mine: SectionContent, theirs: SectionContent) =>
      mergeSectionOrClash(key, base, mine, theirs),
  };
}

function portsFor(key: SectionKey, ports: SaverPorts, tell: () => void): RunnerPorts<SectionContent> {
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
