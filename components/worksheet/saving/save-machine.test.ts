import { describe, expect, test } from "vitest";
import { type Step, step } from "@/components/worksheet/saving/save-machine";
import {
  type ContentRules,
  isUnsaved,
  loadedState,
  type SaveEvent,
  type SaveState,
  type Stored,
} from "@/components/worksheet/saving/save-state";
import { isSame } from "@/lib/domain/same";

type Fields = { readonly a: string; readonly b: string };

const rules: ContentRules<Fields> = {
  same: isSame,
  merge: (base, mine, theirs) => {
    const pick = (key: "a" | "b") =>
      mine[key] === base[key] ? theirs[key] : theirs[key] === base[key] || mine[key] === theirs[key] ? mine[key] : null;
    const [a, b] = [pick("a"), pick("b")];
    return a === null || b === null ? null : { a, b };
  },
};
const stored = (version: number, content: Fields): Stored<Fields> => ({
  version,
  content,
  savedAt: "2026-11-24T10:42:00Z",
  savedBy: "Ana",
});
const start = loadedState(stored(3, { a: "a", b: "b" }));

function run(state: SaveState<Fields>, ...events: readonly SaveEvent<Fields>[]): Step<Fields> {
  return events.reduce<Step<Fields>>((last, event) => step(rules, last.state, event), { state, commands: [] });
}
const edit = (a: string, b = "b"): SaveEvent<Fields> => ({ type: "edited", content: { a, b } });
const flush = (key = "k1"): SaveEvent<Fields> => ({ type: "flush", key });
const names = (last: Step<Fields>) => last.commands.map((command) => command.type);

describe("typing and saving", () => {
  test("an edit is kept on the device and saved after the pause", () => {
    const last = run(start, edit("a1"));
    expect(names(last)).toEqual(["keep", "wait"]);
    expect(isUnsaved(rules, last.state)).toBe(true);
  });

  test("a flush sends the text over the version it builds on", () => {
    const last = run(start, edit("a1"), flush());
    expect(last.commands.at(-1)).toEqual({
      type: "send",
      attempt: { key: "k1", baseVersion: 3, content: { a: "a1", b: "b" }, tries: 1 },
    });
  });

  test("a flush without a change sends nothing, and typing back needs no save", () => {
    expect(names(run(start, flush()))).toEqual([]);
    expect(names(run(start, edit("a1"), edit("a")))).toEqual(["forget"]);
  });

  test("an answer makes the section clean and forgets what was kept", () => {
    const last = run(start, edit("a1"), flush(), { type: "saved", stored: stored(4, { a: "a1", b: "b" }) });
    expect(names(last)).toEqual(["forget"]);
    expect(last.state.base.version).toBe(4);
    expect(isUnsaved(rules, last.state)).toBe(false);
  });

  test("text that the server keeps in another form does not loop", () => {
    const last = run(start, edit("a1 "), flush(), { type: "saved", stored: stored(4, { a: "a1", b: "b" }) });
    expect(last.state.content.a).toBe("a1");
    expect(isUnsaved(rules, last.state)).toBe(false);
  });
});

describe("typing during a flight", () => {
  const flying = run(start, edit("a1"), flush()).state;

  test("waits for the answer, then saves the rest on the new version", () => {
    const landed = run(flying, edit("a2"), { type: "saved", stored: stored(4, { a: "a1", b: "b" }) });
    expect(names(landed)).toEqual(["keep", "wait"]);
    const second = run(landed.state, flush("k2")).commands.at(-1);
    expect(second).toEqual({
      type: "send",
      attempt: { key: "k2", baseVersion: 4, content: { a: "a2", b: "b" }, tries: 1 },
    });
  });

  test("a flush during the flight sends one save more, at once, for all of them", () => {
    const asked = run(flying, edit("a2"), flush("k2"), edit("a3"), flush("k3"));
    expect(names(asked)).toEqual([]);
    expect(names(run(asked.state, { type: "saved", stored: stored(4, { a: "a1", b: "b" }) }))).toEqual([
      "keep",
      "flush",
    ]);
  });
});

describe("failures", () => {
  const failed = run(start, edit("a1"), flush(), { type: "failed", kind: "offline" });

  test("a lost connection keeps the text and plans a retry", () => {
    expect(failed.commands).toEqual([{ type: "keep" }, { type: "retry_later", tries: 1 }]);
    expect(failed.state.trouble).toEqual({ kind: "offline" });
  });

  test("the retry repeats the same save with the same key, also when more was typed", () => {
    const again = run(failed.state, edit("a2"), flush("k2")).commands;
    expect(again).toEqual([
      { type: "send", attempt: { key: "k1", baseVersion: 3, content: { a: "a1", b: "b" }, tries: 2 } },
    ]);
  });

  test("the pause grows with the tries", () => {
    const twice = run(failed.state, { type: "retry" }, { type: "failed", kind: "unavailable" });
    expect(twice.commands.at(-1)).toEqual({ type: "retry_later", tries: 2 });
  });

  test("refused text stays, and the next edit tries again", () => {
    const refused = run(start, edit("a1"), flush(), { type: "refused", message: "Too long.", errors: [] });
    expect(refused.state.content.a).toBe("a1");
    expect(refused.state.trouble?.kind).toBe("refused");
    const next = run(refused.state, edit("a2"));
    expect(next.state.trouble).toBeNull();
    expect(names(next)).toEqual(["keep", "wait"]);
  });

  test("a worksheet that was closed meanwhile keeps the text on the device and sends no more", () => {
    const closed = run(start, edit("a1"), flush(), { type: "closed", message: "In review." });
    expect(names(closed)).toEqual(["keep"]);
    expect(names(run(closed.state, edit("a2"), flush("k2")))).toEqual([]);
    // It was opened again: the page says so by a retry.
    expect(names(run(closed.state, { type: "retry" }))).toEqual(["flush"]);
  });

  test("a key that was used for something else is replaced", () => {
    expect(names(run(start, edit("a1"), flush(), { type: "key_reused" }))).toEqual(["keep", "flush"]);
  });

  test("an answer that nobody waits for changes nothing", () => {
    expect(run(start, { type: "saved", stored: stored(9, { a: "x", b: "y" }) }).state).toBe(start);
  });
});

describe("somebody else saved first", () => {
  const mine = run(start, edit("mine"), flush()).state;

  test("changes of other parts are merged and saved on the new version", () => {
    const last = run(mine, { type: "stale", theirs: stored(4, { a: "a", b: "theirs" }) });
    expect(names(last)).toEqual(["merged", "keep", "flush"]);
    expect(last.state.content).toEqual({ a: "mine", b: "theirs" });
    expect(run(last.state, flush("k2")).commands.at(-1)).toMatchObject({ attempt: { baseVersion: 4 } });
  });

  test("changes of the same part wait for a person, and nothing is sent until then", () => {
    const clash = run(mine, { type: "stale", theirs: stored(4, { a: "theirs", b: "b" }) });
    expect(clash.state.trouble?.kind).toBe("clash");
    expect(names(run(clash.state, edit("mine2"), flush("k2")))).toEqual([]);
    expect(clash.state.content.a).toBe("mine");
    const resolved = run(clash.state, { type: "resolved", content: { a: "both", b: "b" } });
    expect(names(resolved)).toEqual(["keep", "flush"]);
    expect(run(resolved.state, flush("k3")).commands.at(-1)).toMatchObject({
      attempt: { baseVersion: 4, content: { a: "both" } },
    });
  });

  test("choosing theirs altogether needs no save", () => {
    const clash = run(mine, { type: "stale", theirs: stored(4, { a: "theirs", b: "b" }) });
    expect(names(run(clash.state, { type: "resolved", content: { a: "theirs", b: "b" } }))).toEqual(["forget"]);
  });

  test("one's own save whose answer was lost is no clash", () => {
    const last = run(mine, edit("mine2"), { type: "stale", theirs: stored(4, { a: "mine", b: "b" }) });
    expect(last.state.trouble).toBeNull();
    expect(last.state.base.version).toBe(4);
    expect(last.state.content.a).toBe("mine2");
  });

  test("a newer version replaces a section that nobody edits here, and leaves an edited one alone", () => {
    const newer = stored(4, { a: "theirs", b: "b" });
    expect(run(start, { type: "remote", stored: newer }).state.content.a).toBe("theirs");
    expect(run(start, edit("mine"), { type: "remote", stored: newer }).state.base.version).toBe(3);
    expect(run(start, { type: "remote", stored: stored(2, { a: "old", b: "b" }) }).state).toBe(start);
  });
});

describe("text found after a crash", () => {
  test("is taken up and saved when nobody wrote since", () => {
    const last = run(start, { type: "recovered", content: { a: "found", b: "b" }, base: start.base });
    expect(last.state.content.a).toBe("found");
    expect(names(last)).toEqual(["keep", "wait"]);
  });

  test("is merged when somebody wrote since, or waits for a person", () => {
    const old = stored(2, { a: "a", b: "old" });
    const merged = run(start, { type: "recovered", content: { a: "found", b: "old" }, base: old });
    expect(merged.state.content).toEqual({ a: "found", b: "b" });
    const clash = run(start, { type: "recovered", content: { a: "a", b: "found" }, base: old });
    expect(clash.state.trouble).toMatchObject({ kind: "clash", theirs: { version: 3 } });
  });

  test("never replaces what was typed on this page", () => {
    const typed = run(start, edit("typed")).state;
    expect(run(typed, { type: "recovered", content: { a: "found", b: "b" }, base: start.base }).state).toBe(typed);
  });
});
