import { describe, expect, test } from "vitest";
import { type Attempt, loadedState, type SaveEvent, type SaveState } from "@/components/worksheet/saving/save-state";
import { LONGEST_WAIT, runSection, SAVE_PAUSE } from "@/components/worksheet/saving/section-runner";
import { isSame } from "@/lib/domain/same";

/** A world whose time stands still until it is told to pass. */
function world() {
  let now = 0;
  let keys = 0;
  let timers: { at: number; act: () => void }[] = [];
  const sent: Attempt<string>[] = [];
  let answer: (event: SaveEvent<string>) => void = () => {};
  const kept: string[] = [];
  const ports = {
    send: (attempt: Attempt<string>) => {
      sent.push(attempt);
      return new Promise<SaveEvent<string>>((resolve) => {
        answer = resolve;
      });
    },
    keep: (state: SaveState<string>) => kept.push(state.content),
    forget: () => kept.push("(forgotten)"),
    onMerged: () => {},
    onChange: () => {},
    newKey: () => `k${++keys}`,
    after: (milliseconds: number, act: () => void) => {
      const timer = { at: now + milliseconds, act };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    now: () => now,
  };
  const pass = (milliseconds: number) => {
    const end = now + milliseconds;
    for (;;) {
      const due = timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
      if (!due) break;
      now = due.at;
      timers = timers.filter((other) => other !== due);
      due.act();
    }
    now = end;
  };
  const reply = async (event: SaveEvent<string>) => {
    answer(event);
    await Promise.resolve();
    await Promise.resolve();
  };
  const rules = { same: isSame, merge: () => null };
  const base = { version: 1, content: "", savedAt: "", savedBy: null };
  const runner = runSection<string>(rules, loadedState(base), ports);
  const saved = (version: number, content: string): SaveEvent<string> => ({
    type: "saved",
    stored: { ...base, version, content },
  });
  const type = (content: string) => runner.handle({ type: "edited", content });
  return { runner, pass, reply, sent, kept, saved, type };
}

describe("when a section is saved", () => {
  test("after a pause in typing, once", () => {
    const { type, pass, sent } = world();
    type("a");
    pass(SAVE_PAUSE - 1);
    type("ab");
    pass(SAVE_PAUSE - 1);
    expect(sent).toHaveLength(0);
    pass(1);
    expect(sent.map((attempt) => attempt.content)).toEqual(["ab"]);
  });

  test("also while somebody types without a pause", () => {
    const { type, pass, sent } = world();
    for (let at = 0; at <= LONGEST_WAIT; at += 500) {
      type("x".repeat(at + 1));
      pass(500);
    }
    expect(sent).toHaveLength(1);
  });

  test("at once when asked, and never two at a time", async () => {
    const { runner, type, sent, reply, saved } = world();
    type("a");
    runner.flush();
    type("ab");
    runner.flush();
    expect(sent).toHaveLength(1);
    await reply(saved(2, "a"));
    expect(sent.map(({ key, baseVersion, content }) => ({ key, baseVersion, content }))).toEqual([
      { key: "k1", baseVersion: 1, content: "a" },
      { key: "k3", baseVersion: 2, content: "ab" },
    ]);
  });

  test("again and again with the same key until the connection is back", async () => {
    const { runner, type, pass, sent, reply, saved, kept } = world();
    type("a");
    runner.flush();
    await reply({ type: "failed", kind: "offline" });
    pass(1000);
    await reply({ type: "failed", kind: "offline" });
    pass(1999);
    expect(sent).toHaveLength(2);
    pass(1);
    await reply(saved(2, "a"));
    expect(sent.map(({ key }) => key)).toEqual(["k1", "k1", "k1"]);
    expect(kept.at(-1)).toBe("(forgotten)");
  });
});

describe("what is kept on the device", () => {
  test("every change, a quarter of a second later at most", () => {
    const { type, pass, kept } = world();
    type("a");
    type("ab");
    pass(250);
    expect(kept).toEqual(["ab"]);
  });

  test("at once when the page goes away", () => {
    const { runner, type, kept } = world();
    type("a");
    runner.stop();
    expect(kept).toEqual(["a"]);
  });

  test("a save on its way still finishes after the page was left", async () => {
    const { runner, type, kept, reply, saved } = world();
    type("a");
    runner.flush();
    runner.stop();
    await reply(saved(2, "a"));
    expect(kept.at(-1)).toBe("(forgotten)");
  });
});
