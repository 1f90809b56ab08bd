import { describe, expect, test } from "vitest";
import { type Asked, SessionWatch } from "@/components/session/session-watch";
import type { SessionDto } from "@/lib/contracts/factors";

const MINUTE = 60_000;
const IDLE = 15 * MINUTE;
/** The server's clock is not the page's. */
const SERVER_AHEAD = 3_600_000;
const LAST = 8 * 3_600_000;

/** A page and a server with a time that stands still until it is told to pass. */
function world({ absolute = LAST } = {}) {
  let now = 0;
  let timers: { at: number; act: () => void }[] = [];
  let lastSeen = 0;
  const server = { ended: false, away: false, person: "aisha", stage: "full" as SessionDto["stage"] };
  const asked: boolean[] = [];
  let told = 0;
  const iso = (instant: number) => new Date(instant + SERVER_AHEAD).toISOString();
  const ends = () => ({ idleEndsAt: iso(lastSeen + IDLE), absoluteEndsAt: iso(absolute), now: iso(now) });
  const answer = (caused: boolean): Asked => {
    asked.push(caused);
    if (server.away) return { kind: "unknown" };
    if (server.ended || now >= lastSeen + IDLE || now >= absolute) return { kind: "gone" };
    if (caused) lastSeen = now;
    const session = { stage: server.stage, methods: [], userId: server.person, name: server.person, ...ends() };
    return { kind: "there", session };
  };
  const watch = new SessionWatch("aisha", 15, ends(), {
    ask: async (caused) => answer(caused),
    now: () => now,
    after: (milliseconds, act) => {
      const timer = { at: now + milliseconds, act };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    tell: () => {
      told += 1;
    },
    onChange: () => {},
  });
  watch.start();
  const pass = async (milliseconds: number) => {
    const end = now + milliseconds;
    for (;;) {
      const due = timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
      if (!due) break;
      now = due.at;
      timers = timers.filter((other) => other !== due);
      due.act();
      await settle();
    }
    now = end;
  };
  const use = () => {
    lastSeen = now;
  };
  const signInAgain = () => {
    server.ended = false;
    server.person = "aisha";
    server.stage = "full";
    lastSeen = now;
  };
  return { watch, server, pass, use, signInAgain, asked, told: () => told };
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
}

describe("a session that nobody uses", () => {
  test("is announced two minutes before its end, asking once, and locked at its end", async () => {
    const { watch, pass, asked } = world();
    await pass(13 * MINUTE - 1);
    expect(watch.view.kind).toBe("open");
    expect(asked).toEqual([]);
    await pass(1);
    expect(watch.view).toEqual({ kind: "ending", endsAt: IDLE, extends: true });
    await pass(2 * MINUTE - 1);
    expect(watch.view.kind).toBe("ending");
    await pass(1);
    expect(watch.view).toEqual({ kind: "locked", begun: null, other: null });
    expect(asked).toEqual([false, false]);
  });

  test("lives on when the person wants to stay, and the other tabs hear of it", async () => {
    const { watch, pass, told } = world();
    await pass(14 * MINUTE);
    await watch.stay();
    expect(watch.view.kind).toBe("open");
    expect(told()).toBe(1);
    await pass(13 * MINUTE - 1);
    expect(watch.view.kind).toBe("open");
    await pass(1);
    expect(watch.view.kind).toBe("ending");
  });

  test("is not announced when requests or another tab used it meanwhile", async () => {
    const { watch, pass, use } = world();
    await pass(10 * MINUTE);
    use();
    await pass(12 * MINUTE);
    expect(watch.view.kind).toBe("open");
    await pass(MINUTE);
    expect(watch.view.kind).toBe("ending");
    use();
    await watch.look();
    expect(watch.view.kind).toBe("open");
  });

  test("is hidden at once when the page comes to the front after its end, before any answer", async () => {
    const { watch, pass, server } = world();
    watch.stop();
    await pass(20 * MINUTE);
    server.away = true;
    const looking = watch.look();
    expect(watch.view.kind).toBe("locked");
    await looking;
    expect(watch.view.kind).toBe("locked");
  });

  test("is locked at its end without a connection too", async () => {
    const { watch, pass, server } = world();
    server.away = true;
    await pass(15 * MINUTE - 1);
    expect(watch.view.kind).not.toBe("locked");
    await pass(1);
    expect(watch.view.kind).toBe("locked");
  });
});

describe("work on the page", () => {
  test("keeps the session alive, and says so to the server at most every two minutes", async () => {
    const { watch, pass, asked } = world();
    for (let minute = 0; minute < 60; minute += 1) {
      await pass(MINUTE);
      watch.touched();
      watch.touched();
      await settle();
    }
    expect(watch.view.kind).toBe("open");
    expect(asked.filter((caused) => caused)).toHaveLength(30);
  });

  test("does not move the last instant, which is announced once", async () => {
    const { watch, pass, use } = world({ absolute: 20 * MINUTE });
    await pass(10 * MINUTE);
    use();
    await pass(8 * MINUTE);
    expect(watch.view).toMatchObject({ kind: "ending", extends: false });
    watch.understood();
    await pass(MINUTE);
    watch.touched();
    await settle();
    expect(watch.view.kind).toBe("open");
    await pass(MINUTE);
    expect(watch.view.kind).toBe("locked");
  });
});

describe("a request that finds no session", () => {
  test("locks the page and goes on once the same person is signed in", async () => {
    const { watch, server, signInAgain } = world();
    server.ended = true;
    let gone = false;
    const request = watch.signedIn().then(() => {
      gone = true;
    });
    await settle();
    expect(watch.view.kind).toBe("locked");
    signInAgain();
    server.stage = "factor";
    await watch.look();
    expect(watch.view).toMatchObject({ kind: "locked", begun: { stage: "factor" } });
    expect(gone).toBe(false);
    server.stage = "full";
    await watch.look();
    await request;
    expect(watch.view.kind).toBe("open");
  });

  test("goes on at once when the session is there after all", async () => {
    const { watch } = world();
    await watch.signedIn();
    expect(watch.view.kind).toBe("open");
  });

  test("never goes on as somebody else", async () => {
    const { watch, server } = world();
    server.person = "samuel";
    let gone = false;
    void watch.signedIn().then(() => {
      gone = true;
    });
    await settle();
    expect(watch.view).toEqual({ kind: "locked", begun: null, other: "samuel" });
    await watch.look();
    expect(gone).toBe(false);
  });

  test("is given up with its signal", async () => {
    const { watch, server } = world();
    server.ended = true;
    const stop = new AbortController();
    const request = watch.signedIn(stop.signal);
    await settle();
    stop.abort();
    await expect(request).rejects.toMatchObject({ name: "AbortError" });
  });
});
