import type { SessionDto } from "@/lib/contracts/factors";
import type { SessionStage } from "@/lib/domain/security/session-life";

/** What the server says of the browser's session; `unknown` when no answer came. */
export type Asked =
  | { readonly kind: "there"; readonly session: SessionDto }
  | { readonly kind: "gone" }
  | { readonly kind: "unknown" };

/** How the page stands to its session. Instants are milliseconds by the page's own clock. */
export type SessionView =
  | { readonly kind: "open" }
  /** It ends soon. `extends` says whether it lives on when the person does something. */
  | { readonly kind: "ending"; readonly endsAt: number; readonly extends: boolean }
  /** It has ended. `begun` is a sign-in under way, `other` the name of somebody else who has signed in. */
  | {
      readonly kind: "locked";
      readonly begun: { readonly stage: Exclude<SessionStage, "full">; readonly name: string } | null;
      readonly other: string | null;
    };

/** What the watch needs of the world. Times in milliseconds. */
export interface WatchPorts {
  /** Asks the server; only what the person caused lets the session live on. */
  readonly ask: (caused: boolean) => Promise<Asked>;
  readonly now: () => number;
  readonly after: (milliseconds: number, act: () => void) => () => void;
  /** Tells the browser's other tabs that they should ask. */
  readonly tell: () => void;
  readonly onChange: () => void;
}

/** How long before its end a session is said to end. */
const WARNING = 2 * 60_000;
/** Work on the page lets the session live on, told to the server at most so often. */
const TOUCH_EVERY = 2 * 60_000;
/** How soon to ask again when no answer came. */
const ASK_AGAIN = 15_000;

type Ends = Pick<SessionDto, "idleEndsAt" | "absoluteEndsAt" | "now">;
interface Waiting {
  readonly resolve: () => void;
}

/**
 * Watches over the session of the page's person: knows when it ends, warns before, locks the page afterwards, and lets
 * what waited go on once that same person is signed in again. The server is the judge; the clock only says when to ask.
 */
export class SessionWatch {
  view: SessionView = { kind: "open" };
  private endsAt = 0;
  private extendable = true;
  private readonly warning: number;
  private lastTouch: number;
  private cancel = () => {};
  private stopped = false;
  private mayWarn = true;
  private waiting: Waiting[] = [];

  constructor(
    private readonly personId: string,
    idleMinutes: number,
    ends: Ends,
    private readonly ports: WatchPorts,
  ) {
    // A policy may be as short as the warning is long.
    this.warning = Math.min(WARNING, (idleMinutes * 60_000) / 2);
    this.lastTouch = ports.now();
    this.note(ends);
  }

  /** Begins, or goes on after a stop. */
  start(): void {
    this.stopped = false;
    this.plan();
  }

  stop(): void {
    this.stopped = true;
    this.cancel();
  }

  /** Asks the server how it stands: another tab has told, or the page comes to the front again. */
  async look(): Promise<void> {
    // What may be seen no longer is hidden at once; the answer may bring it back.
    if (this.view.kind !== "locked" && this.ports.now() >= this.endsAt) this.lock(null, null);
    this.take(await this.ports.ask(false));
  }

  /** The page comes to the front again, or the connection is back; its clock may have stood still meanwhile. */
  wake(): void {
    if (this.view.kind !== "open" || this.ports.now() >= this.endsAt - this.warning) void this.look();
    else this.plan();
  }

  /** The person wants to stay. */
  async stay(): Promise<void> {
    this.lastTouch = this.ports.now();
    this.take(await this.ports.ask(true));
    this.ports.tell();
  }

  /** The person knows that the session ends at its latest instant. */
  understood(): void {
    this.mayWarn = false;
    this.show({ kind: "open" });
    this.plan();
  }

  /** The person does something on the page, which the server does not see by itself. */
  touched(): void {
    const now = this.ports.now();
    if (this.view.kind !== "open" || now - this.lastTouch < Math.min(TOUCH_EVERY, this.warning)) return;
    this.lastTouch = now;
    void this.ports.ask(true).then((asked) => this.take(asked));
  }

  /** A request found no session: resolves once the page's person is signed in. */
  async signedIn(signal?: AbortSignal): Promise<void> {
    this.take(await this.ports.ask(false));
    if (this.view.kind !== "locked") return;
    await new Promise<void>((resolve, reject) => {
      const one = { resolve };
      this.waiting.push(one);
      signal?.addEventListener("abort", () => {
        this.waiting = this.waiting.filter((other) => other !== one);
        reject(new DOMException("Aborted", "AbortError"));
      });
    });
  }

  private take(asked: Asked): void {
    if (this.stopped) return;
    if (asked.kind === "unknown") {
      if (this.view.kind !== "locked" && this.ports.now() >= this.endsAt) this.lock(null, null);
      else this.plan(ASK_AGAIN);
      return;
    }
    const before = this.view.kind;
    this.judge(asked);
    // What one tab finds out holds for all of them; they hear it once.
    if (this.view.kind === "locked" && before !== "locked") this.ports.tell();
  }

  private judge(asked: Exclude<Asked, { kind: "unknown" }>): void {
    if (asked.kind === "gone") {
      this.lock(null, null);
      return;
    }
    const { session } = asked;
    const { stage, name } = session;
    if (session.userId !== this.personId) {
      // A sign-in that somebody else has begun is nothing to go on with here.
      this.lock(null, stage === "full" ? name : null);
    } else if (stage !== "full") {
      this.lock({ stage, name }, null);
    } else {
      this.note(session);
      this.open();
    }
  }

  /** Counts by the page's clock from the server's answer, so that the two clocks need not agree. */
  private note({ idleEndsAt, absoluteEndsAt, now }: Ends): void {
    const [idle, absolute] = [Date.parse(idleEndsAt), Date.parse(absoluteEndsAt)];
    this.extendable = idle < absolute;
    this.endsAt = this.ports.now() + Math.min(idle, absolute) - Date.parse(now);
  }

  private open(): void {
    const left = this.endsAt - this.ports.now();
    const soon = left <= this.warning && this.mayWarn;
    if (!soon && left > this.warning) this.mayWarn = true;
    this.show(soon ? { kind: "ending", endsAt: this.endsAt, extends: this.extendable } : { kind: "open" });
    this.plan();
    const all = this.waiting;
    this.waiting = [];
    for (const { resolve } of all) resolve();
  }

  private lock(begun: Extract<SessionView, { kind: "locked" }>["begun"], other: string | null): void {
    this.cancel();
    this.show({ kind: "locked", begun, other });
  }

  /** Plans the next question: when the warning is due, or the end. */
  private plan(atMost = Number.POSITIVE_INFINITY): void {
    this.cancel();
    if (this.stopped || this.view.kind === "locked") return;
    const left = this.endsAt - this.ports.now();
    const due = left > this.warning && this.view.kind === "open" ? left - this.warning : left;
    this.cancel = this.ports.after(Math.max(0, Math.min(due, atMost)), () => void this.look());
  }

  private show(view: SessionView): void {
    this.view = view;
    this.ports.onChange();
  }
}
