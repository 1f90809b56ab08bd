import { randomUUID } from "node:crypto";
import { type AddressInfo, connect } from "node:net";
import { createServer, type Server } from "node:tls";
import { toolAvailable } from "@/test/tools";
import { EXAMPLES } from "./fuzz/examples";
import { findPages } from "./fuzz/pages";
import { type Party, Stage } from "./fuzz/stage";
import { score } from "./headers/observatory";
import { putApiToken } from "./support/account-rows";
import { App } from "./support/app";
import { type Certificate, makeCertificate } from "./support/certificate";
import type { Reply, Sending } from "./support/client";
import { Findings } from "./support/findings";
import { findHandlers } from "./support/handlers";
import type { Proof } from "./support/proof";
import { asSuperuser } from "./support/sql";

/** What every reply has to score: an A+ begins at 100. */
const LEAST = 120;
/** Files that are the same for everybody may be kept; everything else is stored nowhere. */
const KEPT = /^\/_next\/static\/|^\/icon\.svg$/;
/** What has a tag is kept by programs, which ask each time. */
const PROGRAMS_KEEP = "private, no-cache";
/** Beside pages and handlers: refusals of the door before Next, what is not there, other methods, other hosts. */
const ODD: readonly (readonly [method: string, path: string, headers?: Sending["headers"]])[] = [
  ["GET", "/no-such-page"],
  ["GET", "/%"],
  ["GET", "/_next/static/gone.js"],
  ["GET", "/icon.svg"],
  ["HEAD", "/engagements"],
  ["POST", "/engagements"],
  ["TRACE", "/"],
  ["OPTIONS", "/api/v1/me"],
  ["GET", "/engagements", { host: "other.example" }],
  ["GET", "/engagements/", {}],
  ["GET", "/engagements", { "next-router-state-tree": "x" }],
  ["GET", "/engagements", { "x-nonce": "YWJj", "content-security-policy": "script-src 'nonce-YWJj'" }],
];

/**
 * Scores the replies of every page and every handler of the built app, to people who may and to nobody, its files, its
 * refusals and its failures, by the rules of the HTTP Observatory, over TLS. Each has to score 120 at least, allow no
 * unsafe script, be stored nowhere unless it is a file for everybody or a program asks each time whether it holds, and give its nonce to each of its scripts.
 */
export const prove: Proof = async ({ short }) => {
  if (!toolAvailable("openssl")) return { holds: true, lacks: ["openssl"], figure: "nothing was tried" };
  const certificate = await makeCertificate();
  const tls = new TlsFront(certificate);
  const app = await App.make(undefined, { url: await tls.open(), certificate: certificate.certificate });
  try {
    tls.port = app.port;
    await app.begin();
    await app.start({ COUNTERVAIL_RATE_LIMIT: "1000000" });
    return await asSuperuser(app, async (sql) => {
      const examined = new Examination(await Stage.make(app, sql, 3));
      await examined.pages();
      await examined.files();
      for (const [method, path, headers = {}] of ODD) await examined.look("lead", method, path, { headers });
      await examined.programs();
      if (!short) await examined.handlers();
      await examined.failures();
      return examined.result();
    });
  } finally {
    await app.remove();
    tls.close();
    await certificate.remove();
  }
};

class Examination {
  readonly #findings = new Findings();
  readonly #nonces = new Set<string>();
  readonly #routes = new Set<string>();
  readonly #statuses = new Set<number>();
  #replies = 0;
  #least = Number.POSITIVE_INFINITY;

  constructor(readonly stage: Stage) {}

  /** Each page as somebody who may see it, as nobody, and as the browser's router asks for it. */
  async pages(): Promise<void> {
    for (const page of await findPages()) {
      const path = this.#filled(page);
      await this.look("lead", "GET", path);
      await this.look("anonymous", "GET", path);
      const sent = await this.look("lead", "GET", path, { headers: { rsc: "1" } });
      // Next answers its router only at the address that carries a hash of what was asked.
      const to = sent.headers.location ?? "";
      if (to.includes("_rsc=")) await this.look("lead", "GET", to, { headers: { rsc: "1" } });
      this.#routes.add(page);
    }
  }

  /** Scripts, styles and fonts that a page loads. */
  async files(): Promise<void> {
    const { text } = await this.stage.client("anonymous").send("GET", "/sign-in");
    const files = new Set(text.match(/\/_next\/static\/[\w./-]+\.(js|css|woff2)/g));
    this.#findings.expect(files.size >= 3, `the sign-in page names only ${files.size} files`);
    for (const file of files) {
      const reply = await this.look("anonymous", "GET", file);
      this.#findings.expect(reply.status === 200, `${file} got ${reply.status}`);
    }
  }

  /** Each handler asked rightly, and by nobody with nothing. */
  async handlers(): Promise<void> {
    for (const handler of await findHandlers()) {
      const [method = "", pattern = ""] = handler.split(" ");
      const { by = "lead", params = {}, query, body } = (await EXAMPLES[handler]?.ask(this.stage, 0)) ?? {};
      const path = this.#filled(pattern, params) + (query === undefined ? "" : `?${query}`);
      await this.look("anonymous", method, path);
      await this.look(by, method, path, body === undefined ? {} : { body });
      await this.stage.renew(by);
      this.#routes.add(pattern);
    }
  }

  /** What has a tag may be kept by a program, which asks each time; nothing else, and by nobody else. */
  async programs(): Promise<void> {
    const { sql, people } = this.stage;
    const { token } = await putApiToken(sql, people.lead.userId, "read");
    const bearer = { authorization: `Bearer ${token}`, origin: undefined };
    const at = (pattern: string) => this.#filled(`/api/v1/${pattern}`);
    const [engagement, worksheet] = [at("engagements/[engagementId]"), at("worksheets/[worksheetId]")];
    for (const path of [engagement, worksheet]) {
      const { status, headers } = await this.look("anonymous", "GET", path, { headers: bearer }, PROGRAMS_KEEP);
      const known = { ...bearer, "if-none-match": headers.etag };
      const again = await this.look("anonymous", "GET", path, { headers: known }, PROGRAMS_KEEP);
      this.#findings.expect(status === 200 && again.status === 304, `${path} got ${status}, then ${again.status}`);
      await this.look("lead", "GET", path);
    }
    for (const path of [at("engagements"), `${worksheet}/pdf`, `${at("engagements")}/${randomUUID()}`]) {
      await this.look("anonymous", "GET", path, { headers: bearer });
    }
  }

  /** The database is killed, and what is asked before it is back fails. */
  async failures(): Promise<void> {
    const { app } = this.stage;
    for (let tries = 0; tries < 5 && !this.#statuses.has(500); tries += 1) {
      await app.kill("database");
      await this.look("lead", "GET", "/engagements");
      await this.look("lead", "GET", "/api/v1/engagements");
      await app.untilReady();
    }
    this.#findings.expect(this.#statuses.has(500), "no page could be made to fail");
  }

  /** Asks, scores and judges. */
  async look(by: Party, method: string, path: string, sending: Sending = {}, caching = "no-store"): Promise<Reply> {
    const reply = await this.stage.client(by).send(method, path, sending);
    const what = `${method} ${path} as ${by} (${reply.status})`;
    this.#replies += 1;
    this.#statuses.add(reply.status);
    const headers = Object.fromEntries(
      Object.entries(reply.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : value]),
    );
    const seen = { headers, cookies: reply.headers["set-cookie"] ?? [], text: reply.text };
    const scored = score(seen);
    this.#least = Math.min(this.#least, scored.score);
    this.#findings.expect(scored.score >= LEAST, `${what} scores ${scored.score}: ${scored.marks.join(", ")}`);
    const kept = KEPT.test(path) && reply.status === 200;
    this.#findings.expect(kept || headers["cache-control"] === caching, `${what} says ${headers["cache-control"]}`);
    this.#judgeScripts(what, headers["content-security-policy"] ?? "", seen);
    return reply;
  }

  #judgeScripts(what: string, policy: string, { headers, text }: Parameters<typeof score>[0]): void {
    // A file that somebody uploaded runs nothing, so it has no nonce to give.
    if (policy === "sandbox; default-src 'none'; frame-ancestors 'none'") return;
    // Nor does a PDF that the browser shows in a tab of its own.
    if (policy.endsWith("style-src 'unsafe-inline'; frame-ancestors 'none'")) return;
    const scripts = /script-src ([^;]*)/.exec(policy)?.[1] ?? "";
    const nonce = /'nonce-([^']+)'/.exec(scripts)?.[1] ?? "";
    this.#findings.expect(!/unsafe/.test(scripts), `${what} allows ${scripts}`);
    this.#findings.expect(nonce !== "" && !this.#nonces.has(nonce), `${what} has no nonce of its own`);
    this.#nonces.add(nonce);
    if (!headers["content-type"]?.startsWith("text/html")) return;
    const bare = [...text.matchAll(/<(?:script|style)\b[^>]*>/g)].filter(([tag]) => !tag.includes(`nonce="${nonce}"`));
    this.#findings.expect(bare.length === 0, `${what} has scripts or styles without the nonce: ${bare[0]?.[0]}`);
  }

  result() {
    const statuses = [...this.#statuses].sort((one, two) => one - two).join(", ");
    return this.#findings.result(
      `least score ${this.#least} over ${this.#replies} replies of ${this.#routes.size} routes with the statuses ${statuses}`,
    );
  }

  #filled(pattern: string, params: Readonly<Record<string, string>> = {}): string {
    return pattern.replace(/\[(?:\.\.\.)?(\w+)\]/g, (_, name: string) => params[name] ?? this.stage.parameter(name));
  }
}

/** Ends TLS in front of the app and hands bytes on: HSTS and cookies that ask for TLS have no effect without. */
class TlsFront {
  /** The app's port; connections before it is known are dropped. */
  port = 0;
  readonly #server: Server;

  constructor({ certificate, key }: Certificate) {
    this.#server = createServer({ cert: certificate, key }, (outside) => {
      const inside = connect(this.port, "127.0.0.1");
      outside.pipe(inside).pipe(outside);
      for (const [one, other] of [
        [outside, inside],
        [inside, outside],
      ] as const) {
        one.on("error", () => other.destroy());
        one.once("close", () => other.destroy());
      }
    });
  }

  /** @returns its address */
  async open(): Promise<string> {
    await new Promise<void>((listening) => this.#server.listen(0, "127.0.0.1", listening));
    return `https://localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server.close();
  }
}
