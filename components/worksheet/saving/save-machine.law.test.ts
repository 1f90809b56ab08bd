import fc from "fast-check";
import { expect, test } from "vitest";
import { step } from "@/components/worksheet/saving/save-machine";
import {
  type Attempt,
  type ContentRules,
  isUnsaved,
  loadedState,
  type SaveEvent,
  type SaveState,
  type Stored,
} from "@/components/worksheet/saving/save-state";
import { isSame } from "@/lib/domain/same";

/** A section of three parts; a part is the list of words that it was ever given, so that loss shows. */
type Parts = readonly [string, string, string];

const rules: ContentRules<Parts> = {
  same: isSame,
  merge: (base, mine, theirs) => {
    const merged = base.map((was, at) => {
      const [ours, other] = [mine[at], theirs[at]];
      return ours === other || other === was ? ours : ours === was ? other : null;
    });
    return merged.includes(null as never) ? null : (merged as unknown as Parts);
  },
};

class Server {
  stored: Stored<Parts> = { version: 0, content: ["", "", ""], savedAt: "", savedBy: null };
  private readonly replies = new Map<string, SaveEvent<Parts>>();

  put(attempt: Attempt<Parts>): SaveEvent<Parts> {
    const known = this.replies.get(attempt.key);
    if (known) return known;
    if (attempt.baseVersion !== this.stored.version) return { type: "stale", theirs: this.stored };
    this.stored = { ...this.stored, version: this.stored.version + 1, content: attempt.content };
    const reply: SaveEvent<Parts> = { type: "saved", stored: this.stored };
    this.replies.set(attempt.key, reply);
    return reply;
  }
}

class Browser {
  state: SaveState<Parts>;
  sent: Attempt<Parts> | null = null;
  flushes = 0;
  private keys = 0;
  constructor(
    private readonly name: string,
    server: Server,
  ) {
    this.state = loadedState(server.stored);
  }

  handle(event: SaveEvent<Parts>): void {
    const next = step(rules, this.state, event);
    this.state = next.state;
    for (const command of next.commands) {
      if (command.type === "send") this.sent = command.attempt;
      if (command.type === "flush") this.flush();
    }
  }

  flush(): void {
    this.keys += 1;
    this.handle({ type: "flush", key: `${this.name}${this.keys}` });
  }

  type(part: number, word: string): void {
    this.handle({
      type: "edited",
      content: this.state.content.map((text, at) => (at === part ? `${text} ${word}` : text)) as unknown as Parts,
    });
  }

  /** Keeps both texts of every part, word by word, as a careful person would. */
  merge(): void {
    if (this.state.trouble?.kind !== "clash") return;
    const theirs = this.state.trouble.theirs.content;
    const both = this.state.content.map((text, at) => [...new Set(`${theirs[at]} ${text}`.split(" "))].join(" "));
    this.handle({ type: "resolved", content: both as unknown as Parts });
  }
}

type Fate = "arrives" | "request lost" | "answer lost" | "turned away";

/** The post between browser and server: what is sent arrives, or the request or its answer gets lost. */
function deliver(browser: Browser, server: Server, fate: Fate): void {
  const attempt = browser.sent;
  if (!attempt) return;
  browser.sent = null;
  const reply = fate === "arrives" || fate === "answer lost" ? server.put(attempt) : null;
  if (fate === "arrives" && reply) browser.handle(reply);
  else browser.handle({ type: "failed", kind: fate === "turned away" ? "unavailable" : "offline" });
}

const action = fc.record({
  who: fc.nat(1),
  what: fc.oneof(
    fc.record({ do: fc.constant("type" as const), part: fc.nat(2) }),
    fc.record({
      do: fc.constantFrom("flush" as const, "flush" as const, "retry" as const, "merge" as const, "focus" as const),
    }),
    fc.record({
      do: fc.constant("deliver" as const),
      // Most post arrives: losses only matter when there is something to lose.
      fate: fc.constantFrom(
        "arrives" as const,
        "arrives" as const,
        "arrives" as const,
        "arrives" as const,
        "request lost" as const,
        "answer lost" as const,
        "turned away" as const,
      ),
    }),
  ),
});

function act(
  browser: Browser,
  server: Server,
  what:
    | { readonly do: "type"; readonly part: number }
    | { readonly do: "flush" | "retry" | "merge" | "focus" }
    | { readonly do: "deliver"; readonly fate: Fate },
  word: string,
): void {
  switch (what.do) {
    case "type":
      browser.type(what.part, word);
      break;
    case "deliver":
      deliver(browser, server, what.fate);
      break;
    case "flush":
      browser.flush();
      break;
    case "retry":
      browser.handle({ type: "retry" });
      break;
    case "merge":
      browser.merge();
      break;
    case "focus":
      browser.handle({ type: "remote", stored: server.stored });
  }
}

test("two browsers over a lossy line: every word typed is on the server in the end, and both agree", () => {
  fc.assert(
    fc.property(fc.array(action, { maxLength: 80, size: "max" }), (actions) => {
      const server = new Server();
      const browsers = [new Browser("x", server), new Browser("y", server)];
      const typed: { readonly part: number; readonly word: string }[] = [];
      actions.forEach(({ who, what }, index) => {
        const browser = browsers[who] as Browser;
        if (what.do === "type") typed.push({ part: what.part, word: `w${index}` });
        act(browser, server, what, `w${index}`);
      });
      // The line is good from here on: everything settles in a bounded number of rounds.
      for (let round = 0; round < 12; round += 1) {
        for (const browser of browsers) {
          browser.merge();
          browser.handle({ type: "retry" });
          browser.flush();
          deliver(browser, server, "arrives");
          browser.handle({ type: "remote", stored: server.stored });
        }
      }
      for (const browser of browsers) {
        expect(isUnsaved(rules, browser.state)).toBe(false);
        expect(browser.state.content).toEqual(server.stored.content);
      }
      for (const { part, word } of typed) expect(server.stored.content[part]?.split(" ")).toContain(word);
    }),
    { numRuns: 1000 },
  );
});
