import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { makeRequest, type Request } from "./fuzz/ask";
import type { Asked } from "./fuzz/example";
import { EXAMPLES } from "./fuzz/examples";
import { checkTexts } from "./fuzz/fidelity";
import { judge, written } from "./fuzz/judge";
import { findPages, following, makePageRequest, pagePlan } from "./fuzz/pages";
import { changePlan, readPlan } from "./fuzz/plan";
import { makeSignIn, signInPlan } from "./fuzz/sign-in";
import { Stage } from "./fuzz/stage";
import { type PacketReply, sendPacket } from "./fuzz/wire";
import { sharedApp } from "./support/app";
import { readChain, readLog } from "./support/chain";
import { Findings } from "./support/findings";
import { findHandlers } from "./support/handlers";
import type { Proof } from "./support/proof";
import { Random } from "./support/random";
import { asSuperuser } from "./support/sql";

/** How much is tried: requests to handlers, to next-auth and to pages, and texts for each field. */
const LONG = { worksheets: 6, handlers: 1_800, signIns: 160, pages: 240, texts: 10 };
const SHORT = { worksheets: 3, handlers: 100, signIns: 16, pages: 36, texts: 1 };

const NO_REPLY: PacketReply = { status: 0, headers: new Map(), text: "" };
const SIGN_IN = /\/api\/auth\//;

/**
 * Sends wrong requests of every kind to every handler, to next-auth and to pages: none is answered with 5xx, and errors of
 * the API come as problems that show nothing of the inside. Then arbitrary text to every field that keeps text.
 */
export const prove: Proof = async ({ short, seed }) => {
  const app = await sharedApp();
  const from = app.words.length;
  return asSuperuser(app, async (sql) => {
    const amounts = short ? SHORT : LONG;
    const storm = new Storm(await Stage.make(app, sql, amounts.worksheets), seed, new Findings());
    const handlers = await findHandlers();
    await storm.warmUp(handlers);
    const light = handlers.filter((handler) => !short || !handler.endsWith("/pdf"));
    await storm.askHandlers(light, amounts.handlers);
    await storm.signIn(amounts.signIns);
    await storm.askPages(amounts.pages);
    const texts = await checkTexts(storm.stage, seed, amounts.texts, storm.findings);
    await storm.lookAfter(handlers, app.words.slice(from));
    return storm.result(handlers, texts);
  });
};

/** The storm of wrong requests, and what it has seen. */
class Storm {
  readonly #byClass = new Map<string, number>();
  readonly #asked = new Set<string>();
  #sent = 0;

  constructor(
    readonly stage: Stage,
    readonly seed: number,
    readonly findings: Findings,
  ) {}

  /** Each example is right, so that what is made of it gets far; sent twice with one key, it is answered once. */
  async warmUp(handlers: readonly string[]): Promise<void> {
    for (const handler of handlers.filter((one) => !SIGN_IN.test(one))) {
      const example = EXAMPLES[handler];
      if (!example && !handler.startsWith("GET ")) this.findings.add(`${handler} has no example in prove/fuzz`);
      const asked = await this.#ask(handler, 0);
      const request = makeRequest(this.stage, handler, asked, { headers: [["Idempotency-Key", randomUUID()]] });
      const first = await this.#send(handler, request);
      const problem = first.status < 400 ? null : (parsed(first.text) as { code?: string } | undefined)?.code;
      this.findings.expect(
        problem === null || problem === example?.refusal,
        `the example of ${handler} got ${first.status}: ${written(request.packet)} → ${first.text.slice(0, 300)}`,
      );
      if (handler.startsWith("GET ")) continue;
      const second = await this.#send(handler, request);
      if (second.headers.get("idempotency-replayed") !== "true") continue;
      const same = second.status === first.status && isDeepStrictEqual(parsed(second.text), parsed(first.text));
      this.findings.expect(same, `${handler} was answered otherwise the second time: ${second.text.slice(0, 300)}`);
    }
  }

  /** Handlers that take a body get more, in an order of chance. */
  async askHandlers(handlers: readonly string[], count: number): Promise<void> {
    const own = handlers.filter((handler) => !SIGN_IN.test(handler));
    const weighted = own.flatMap((handler) =>
      /^(POST|PUT|PATCH)/.test(handler) ? [handler, handler, handler] : [handler],
    );
    const random = new Random(this.seed);
    const order: string[] = [];
    while (order.length < count) order.push(...random.shuffle(weighted));
    for (const [turn, handler] of order.slice(0, Math.max(count, own.length)).entries()) {
      const arbitrary = handler.startsWith("GET") || handler.startsWith("DELETE") ? readPlan : changePlan;
      const plan = this.#draw(arbitrary, turn);
      const asked = await this.#ask(handler, turn);
      await this.#send(handler, makeRequest(this.stage, handler, asked, plan));
      // Whoever asked may be signed out now.
      if (handler.includes("/session/")) await this.stage.renew(plan.by ?? asked.by ?? "lead");
    }
  }

  async signIn(count: number): Promise<void> {
    for (let turn = 0; turn < count; turn += 1) {
      const plan = this.#draw(signInPlan, turn);
      const packet = await makeSignIn(this.stage, plan);
      const leeway = { ours: false, brokenHead: true, leaves: false };
      await this.#send(`${plan.method} /api/auth/[...nextauth]`, { packet, leeway });
    }
  }

  async askPages(count: number): Promise<void> {
    const pages = await findPages();
    for (let turn = 0; turn < count; turn += 1) {
      const page = pages[turn % pages.length] ?? "/";
      const request = makePageRequest(this.stage, page, this.#draw(pagePlan, turn));
      const packet = following(request.packet, await this.#send("", request));
      if (packet) await this.#send("", { ...request, packet });
    }
  }

  /** The server still works, no defect was logged, every chain verifies, and no handler was forgotten. */
  async lookAfter(handlers: readonly string[], words: string): Promise<void> {
    const { stage, findings } = this;
    const ready = await stage.client("anonymous").send("GET", "/readyz");
    findings.expect(ready.status === 200, `/readyz answers ${ready.status}: ${ready.text.slice(0, 200)}`);
    const defect = words.split("\n").find((line) => /"level":[56]0|uncaughtException|unhandledRejection|⨯/.test(line));
    findings.expect(defect === undefined, `the server logged: ${defect?.slice(0, 700)}`);
    findings.expect(!words.includes("ended unexpectedly"), "the web server or the database ended");
    const chains = [
      ...(await Promise.all(stage.organisationIds.map((id) => readChain(stage.sql, id)))),
      await readLog(stage.sql, "system"),
    ];
    for (const { problem } of chains) findings.expect(problem === null, problem ?? "");
    const forgotten = handlers.filter((handler) => !this.#asked.has(handler));
    findings.expect(forgotten.length === 0, `nothing was asked of ${forgotten.join(", ")}`);
  }

  result(handlers: readonly string[], texts: { readonly kept: number; readonly refused: number }) {
    const classes = [...this.#byClass].sort().map(([name, count]) => `${count} × ${name}`);
    const asked = handlers.filter((handler) => this.#asked.has(handler)).length;
    return this.findings.result(
      `${this.#sent} requests (${classes.join(", ")}) over ${asked} of ${handlers.length} handlers; ${texts.kept} texts kept as sent, ${texts.refused} refused with their field's name`,
    );
  }

  #ask(handler: string, turn: number): Promise<Asked> | Asked {
    return EXAMPLES[handler]?.ask(this.stage, turn) ?? {};
  }

  /** The same seed and turn give the same plan, so that one request can be made again. */
  #draw<T>(arbitrary: fc.Arbitrary<T>, turn: number): T {
    const [plan] = fc.sample(arbitrary, { seed: this.seed * 100_003 + turn, numRuns: 1 });
    return plan as T;
  }

  async #send(handler: string, { packet, leeway }: Request): Promise<PacketReply> {
    this.#sent += 1;
    this.#asked.add(handler);
    const place = `request ${this.#sent}: ${written(packet)}`;
    const reply = await sendPacket(this.stage.app.port, packet, leeway.leaves).catch((error: Error) => {
      this.findings.add(`${place} → ${error.message}`);
      return NO_REPLY;
    });
    const name = reply.status === 0 ? "no reply" : `${Math.floor(reply.status / 100)}xx`;
    this.#byClass.set(name, (this.#byClass.get(name) ?? 0) + 1);
    const problem = judge(packet, reply, leeway);
    if (problem !== null) this.findings.add(`${place} → ${problem}`);
    return reply;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
