import { addSession, stepUp } from "../support/cast";
import type { Client, Reply } from "../support/client";
import type { Findings } from "../support/findings";
import { type Case, describeCase } from "./cases";
import { type Judgement, judge } from "./judge";
import type { Asked } from "./line";
import type { Stage } from "./stage";
import type { Watch } from "./watch";

/** How many cases had which answer. */
interface Tally {
  allowed: number;
  denied: number;
  refused: number;
  anonymous: number;
}

/** Runs cases against the app, judges them and counts them. */
export class Runner {
  readonly tally: Tally = { allowed: 0, denied: 0, refused: 0, anonymous: 0 };
  readonly #judgement: Judgement;

  constructor(
    readonly stage: Stage,
    readonly watch: Watch,
    readonly findings: Findings,
  ) {
    this.#judgement = { stage, viewed: new Set(), absent: null };
  }

  /** How many cases were run. */
  get cases(): number {
    return Object.values(this.tally).reduce((sum, count) => sum + count, 0);
  }

  /** How the app answers what does not exist, if anybody asked for that yet. */
  get wordsForAbsent(): string | null {
    return this.#judgement.absent;
  }

  /** Runs cases one after the other, each on the stage as it was put down: what a case changed is undone afterwards. */
  async runAll(cases: readonly Case[]): Promise<void> {
    for (const one of cases) {
      await this.run(one);
      await this.watch.putBack();
      if (one.line.ownSession) await this.watch.putSessionsBack();
    }
  }

  /**
   * Runs a case on the stage as it stands, and leaves it as the case leaves it.
   * @param aside tables that somebody else changes meanwhile
   */
  async run(one: Case, aside: readonly string[] = []): Promise<void> {
    const client = await this.#clientFor(one);
    const reply = await this.#ask(one, client);
    const { tables, events } = await this.watch.look();
    const look = { tables: tables.filter((name) => !aside.includes(name)), events };
    for (const problem of judge(one, reply, look, this.#judgement)) {
      this.findings.add(`${describeCase(one)}: ${problem}`);
    }
    this.tally[one.expected.kind] += 1;
  }

  async #clientFor({ asker, line, steppedUp }: Case): Promise<Client> {
    const { app, sql, players, anonymous } = this.stage;
    if (asker === "anonymous") return anonymous;
    const player = players[asker];
    const session = line.ownSession ? await addSession(sql, app, player) : steppedUp ? player.steppedUp : player.plain;
    if (steppedUp) await stepUp(sql, session);
    return session.client;
  }

  /** Sends a case's request to the address that its handler and its spot make. */
  async #ask({ line, spot, asker }: Case, client: Client): Promise<Reply> {
    const asked: Asked = (await line.asks?.({ stage: this.stage, spot, asker })) ?? {};
    const params: Readonly<Record<string, string>> = { ...spot.params, ...asked.params };
    const [method = "", template = ""] = line.handler.split(" ");
    const path = template.replace(/\[([^\]]+)\]/g, (_, name: string) => {
      const value = params[name];
      if (value === undefined) throw new Error(`${line.handler} is asked for without ${name}.`);
      return value;
    });
    return client.send(method, asked.query ? `${path}?${asked.query}` : path, {
      ...(asked.body === undefined ? {} : { body: asked.body }),
      ...(asked.form === undefined ? {} : { raw: asked.form }),
      ...(asked.headers === undefined ? {} : { headers: asked.headers }),
    });
  }
}
