import type { AddressInfo } from "node:net";
import { connect, createServer, getCiphers, type SecureVersion, type Server } from "node:tls";
import { freePort } from "@/lib/db/embedded/server";
import { toolAvailable } from "@/test/tools";
import { App } from "./support/app";
import { addOrganisation, addPerson, PASSWORD } from "./support/cast";
import { type Certificate, makeCertificate } from "./support/certificate";
import { readLog } from "./support/chain";
import { Client, type Reply, type Sending, signInForm } from "./support/client";
import { Findings } from "./support/findings";
import { nginxAvailable, type Ports, startNginx } from "./support/nginx";
import type { Proof } from "./support/proof";
import { asSuperuser } from "./support/sql";

/** Attempts a minute that one address has here. */
const LIMIT = 12;
const SIGN_IN = "/api/auth/callback/credentials";

/**
 * Puts the shipped nginx example in front of the built app: old protocols and ciphers without forward secrecy are
 * refused, the session's cookie is bound to the host, the event of a sign-in names the address that nginx saw whatever
 * the client claims, the limit per address counts by it, and what nginx answers by itself carries the headers too.
 */
export const prove: Proof = async () => {
  const lacks = [...(nginxAvailable ? [] : ["nginx"]), ...(toolAvailable("openssl") ? [] : ["openssl"])];
  if (lacks.length > 0) return { holds: true, lacks, figure: "nothing was tried" };
  const certificate = await makeCertificate();
  const [http, https] = [await freePort(), await freePort()];
  const app = await App.make(undefined, {
    url: `https://localhost:${https}`,
    certificate: certificate.certificate,
  });
  let stopNginx: (() => Promise<void>) | undefined;
  try {
    const ports = { http, https, app: app.port };
    stopNginx = await startNginx(certificate, ports);
    await app.begin();
    await app.start({ COUNTERVAIL_TRUSTED_PROXIES: "127.0.0.1", COUNTERVAIL_RATE_LIMIT: String(LIMIT) });
    const front = new Front(app, ports, certificate);
    const handshakes = await front.checkTls();
    await front.checkOwnReplies();
    await front.checkSignIn();
    await front.checkLimit();
    await app.stop();
    await front.checkAbsence();
    return front.findings.result(
      `${handshakes} kinds of handshake, TLS 1.2 and 1.3 with forward secrecy alone; addresses as nginx saw them`,
    );
  } finally {
    await stopNginx?.();
    await app.remove();
    await certificate.remove();
  }
};

/** nginx in front of the app, and what is wrong with it. */
class Front {
  readonly findings = new Findings();
  readonly #nobody: Client;

  constructor(
    readonly app: App,
    readonly ports: Ports,
    readonly certificate: Certificate,
  ) {
    this.#nobody = new Client(app);
  }

  /** @returns how many kinds of handshake were tried */
  async checkTls(): Promise<number> {
    const { https } = this.ports;
    let tried = 0;
    for (const version of ["TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"] as const) {
      const good = version === "TLSv1.2" || version === "TLSv1.3";
      const spoken = await handshake(https, "localhost", { version });
      this.findings.expect((spoken !== null) === good, `${version} is ${good ? "refused" : "taken"}`);
      tried += 1;
    }
    const willing = new Willing(this.certificate);
    const anyPort = await willing.open();
    let possible = 0;
    for (const cipher of getCiphers().filter((name) => !name.startsWith("tls_"))) {
      const ciphers = cipher.toUpperCase();
      // What this machine's OpenSSL cannot speak at all proves nothing when nginx refuses it.
      if ((await handshake(anyPort, "localhost", { version: "TLSv1.2", ciphers })) === null) continue;
      possible += 1;
      const spoken = await handshake(https, "localhost", { version: "TLSv1.2", ciphers });
      const good = /^ECDHE-(RSA|ECDSA)-(AES(128|256)-GCM|CHACHA20)/.test(ciphers);
      this.findings.expect((spoken !== null) === good, `${ciphers} is ${good ? "refused" : "taken"}`);
    }
    const old = await handshake(anyPort, "localhost", { version: "TLSv1.1" });
    willing.close();
    this.findings.expect(old !== null, "TLS 1.1 cannot be spoken here, so its refusal says nothing");
    this.findings.expect(possible >= 10, `only ${possible} ciphers could be tried`);
    const foreign = await handshake(https, "other.example", { version: "TLSv1.3" });
    this.findings.expect(foreign === null, "a name that is not ours gets a handshake");
    return tried + possible + 1;
  }

  /** What nginx answers without the app. */
  async checkOwnReplies(): Promise<void> {
    const plain = await fetch(`http://localhost:${this.ports.http}/engagements?x=1`, { redirect: "manual" });
    this.findings.expect(
      plain.status === 308 && plain.headers.get("location") === `${this.app.url}/engagements?x=1`,
      `plain HTTP got ${plain.status} to ${plain.headers.get("location")}`,
    );
    const upgrade = { connection: "upgrade", upgrade: "websocket", "sec-websocket-version": "13" };
    const socket = await this.#ask("GET", "/", { headers: upgrade });
    this.findings.expect(socket.status === 403, `a WebSocket got ${socket.status}`);
    const large = await this.#ask("POST", "/api/v1/setup", { raw: Buffer.alloc(2_200_000, "x") });
    this.findings.expect(large.status === 413, `a body of 2.2 MB got ${large.status}`);
    const ours = await this.#ask("GET", "/sign-in");
    this.findings.expect(ours.status === 200, `the sign-in page got ${ours.status}`);
    const theirs = await this.#ask("GET", "/api/v1/nothing");
    this.findings.expect(theirs.status === 404, `nothing got ${theirs.status}`);
  }

  /** The cookie, and the address in the events, with and without claims of the client's. */
  async checkSignIn(): Promise<void> {
    await asSuperuser(this.app, async (sql) => {
      const organisationId = await addOrganisation(sql, "entity", "Proxied Payments");
      const person = await addPerson(sql, organisationId, "admin", "Proxied Admin");
      const right = await signInForm(this.app, person.email, PASSWORD);
      const wrong = await signInForm(this.app, person.email, "not the password");
      const forged = {
        "x-forwarded-for": "203.0.113.9",
        forwarded: "for=203.0.113.9",
        "x-real-ip": "203.0.113.9",
        "x-countervail-client": "203.0.113.9",
      };
      const entered = await this.#ask("POST", SIGN_IN, { ...right, from: "127.0.0.2" });
      const [cookie = ""] = entered.headers["set-cookie"] ?? [];
      this.findings.expect(
        /^__Host-countervail=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Secure$/.test(cookie),
        `the session's cookie is ${cookie.replace(/=[\w-]{43}/, "=…")}`,
      );
      await this.#ask("POST", SIGN_IN, { ...wrong, headers: { ...wrong.headers, ...forged }, from: "127.0.0.3" });
      const { events, problem } = await readLog(sql, `org:${organisationId}`);
      this.findings.expect(problem === null, `the chain does not hold: ${problem}`);
      const origins = events.map(({ action, payload }) => {
        const { origin } = JSON.parse(payload) as { origin?: { address?: string } };
        return `${action} from ${origin?.address}`;
      });
      this.findings.expect(
        origins.join() === "session.started from 127.0.0.2,session.failed from 127.0.0.3",
        `the events say: ${origins.join(", ")}`,
      );
    });
  }

  /** An address that was used up is used up whatever it claims, and no other is. */
  async checkLimit(): Promise<void> {
    const statuses: number[] = [];
    for (let turn = 0; turn < LIMIT + 4; turn += 1) {
      const headers = { "x-forwarded-for": `203.0.113.${turn}` };
      statuses.push((await this.#ask("POST", "/api/v1/setup", { body: {}, headers, from: "127.0.0.4" })).status);
    }
    const over = statuses.filter((status) => status === 429).length;
    this.findings.expect(over === 4 && statuses.at(-1) === 429, `${LIMIT} of ${statuses.length} asked: ${statuses}`);
    const other = await this.#ask("POST", "/api/v1/setup", { body: {}, from: "127.0.0.5" });
    this.findings.expect(other.status === 422, `another address got ${other.status}`);
  }

  /** The app is stopped, and nginx says so. */
  async checkAbsence(): Promise<void> {
    const reply = await this.#ask("GET", "/engagements");
    this.findings.expect(reply.status === 502, `without the app there came ${reply.status}`);
  }

  /** Every reply over TLS carries what has to be there once, and no version of nginx. */
  async #ask(method: string, path: string, sending: Sending = {}): Promise<Reply> {
    const reply = await this.#nobody.send(method, path, sending);
    const { headers } = reply;
    const what = `${method} ${path} (${reply.status})`;
    const names = ["strict-transport-security", "content-security-policy", "x-content-type-options"];
    for (const name of names) {
      const lines = reply.rawNames.filter((one) => one === name).length;
      this.findings.expect(lines === 1, `${what} carries ${name} ${lines} times`);
    }
    this.findings.expect(
      headers["strict-transport-security"] === "max-age=63072000; includeSubDomains",
      `${what} has the HSTS ${headers["strict-transport-security"]}`,
    );
    this.findings.expect(!/\d/.test(String(headers.server)), `${what} tells the version of ${headers.server}`);
    return reply;
  }
}

/** How to shake hands: one version, and ciphers of TLS 1.2. */
interface Offer {
  readonly version: SecureVersion;
  readonly ciphers?: string;
}

/** OpenSSL itself refuses what is old at its usual level; the other side is to refuse it. */
const anything = (ciphers = "ALL") => `${ciphers}:@SECLEVEL=0`;

/** @returns the cipher that was agreed on, or null when there was no agreement */
function handshake(port: number, servername: string, { version, ciphers }: Offer): Promise<string | null> {
  return new Promise((agreed) => {
    const socket = connect({
      host: "127.0.0.1",
      port,
      servername,
      minVersion: version,
      maxVersion: version,
      ...(version === "TLSv1.3" ? {} : { ciphers: anything(ciphers) }),
      // Whose certificate it is does not matter here.
      rejectUnauthorized: false,
    });
    socket.once("secureConnect", () => {
      agreed(socket.getCipher().name);
      socket.destroy();
    });
    socket.once("error", () => agreed(null));
    socket.once("close", () => agreed(null));
  });
}

/** A server that agrees to everything, to know what the client can say at all. */
class Willing {
  readonly #server: Server;

  constructor({ certificate: cert, key }: Certificate) {
    const settings = { cert, key, minVersion: "TLSv1", ciphers: anything(), dhparam: "auto" } as const;
    this.#server = createServer(settings, (socket) => socket.end());
    this.#server.on("tlsClientError", () => undefined);
  }

  async open(): Promise<number> {
    await new Promise<void>((listening) => this.#server.listen(0, "127.0.0.1", listening));
    return (this.#server.address() as AddressInfo).port;
  }

  close(): void {
    this.#server.close();
  }
}
