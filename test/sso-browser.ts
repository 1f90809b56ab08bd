import type { SsoPurpose } from "@/lib/contracts/sso-words";
import { signInRoute } from "@/lib/server/sign-in-route";

/** What `serve` needs beside the database for sign-ins to go through next-auth. */
export const SIGN_IN_SETTINGS = { authSecret: "a secret for tests alone, of enough length" } as const;
const OWN = "http://localhost:4999";
process.env.NEXTAUTH_URL = OWN;

/** What the page after a return from the provider says. */
export interface Arrival {
  /** Where it goes on to, with what is said there. */
  readonly to: URL;
  readonly trouble: string | null;
  readonly reply: Response;
  /** The token of the session that was opened or stepped up. */
  readonly token: string | null;
}

/** A browser that signs in through an identity provider: it keeps cookies, and sends strict ones from our pages alone. */
export class SsoBrowser {
  readonly #own = new Map<string, string>();
  readonly #theirs = new Map<string, string>();

  /** @param token of a session, as after a sign-in */
  constructor(token: string | null = null) {
    if (token !== null) this.#own.set("countervail", token);
  }

  /** Asks for the way to the provider. */
  async depart(connectionId: string, purpose: SsoPurpose = "sign_in", next = "/engagements"): Promise<Response> {
    const csrf = await this.#ask("GET", "csrf", undefined, true);
    const { csrfToken } = (await csrf.json()) as { csrfToken: string };
    const form = { csrfToken, json: "true", purpose, next };
    return this.#ask("POST", `signin/${connectionId}`, new URLSearchParams(form).toString(), true);
  }

  /** Signs in at the provider as it has been told to. @returns the address that it sends the browser back to */
  async atProvider(url: string): Promise<string> {
    for (let at = url, steps = 0; steps < 10; steps += 1) {
      const reply = await fetch(at, { redirect: "manual", headers: { cookie: written(this.#theirs) } });
      keep(this.#theirs, reply);
      const next = reply.headers.get("location");
      if (next === null) throw new Error(`The provider answers ${reply.status}: ${(await reply.text()).slice(0, 300)}`);
      at = new URL(next, at).href;
      if (at.startsWith(OWN)) return at;
    }
    throw new Error("The provider sends the browser round in circles.");
  }

  /** Comes back from the provider. */
  async arrive(address: string): Promise<Arrival> {
    const { pathname, search } = new URL(address);
    const reply = await this.#ask("GET", `${pathname.replace("/api/auth/", "")}${search}`, undefined, false);
    const place = /http-equiv="refresh" content="0;url=([^"]+)"/.exec(await reply.clone().text())?.[1];
    if (place === undefined) throw new Error(`No page that goes on, but ${reply.status}.`);
    const to = new URL(place.replaceAll("&amp;", "&"), OWN);
    const token = /countervail=([^;]+)/.exec(reply.headers.getSetCookie().join("\n"))?.[1] ?? null;
    return { to, trouble: to.searchParams.get("sso"), reply, token };
  }

  /** The whole way, to the provider and back. */
  async signIn(connectionId: string, purpose: SsoPurpose = "sign_in"): Promise<Arrival> {
    const reply = await this.depart(connectionId, purpose);
    if (reply.status !== 200) throw new Error(`Not let go: ${await reply.text()}`);
    return this.arrive(await this.atProvider(((await reply.json()) as { url: string }).url));
  }

  /** The cookies of ours that the browser has now. */
  get cookies(): readonly string[] {
    return [...this.#own.keys()];
  }

  async #ask(method: string, place: string, body: string | undefined, fromOwnPage: boolean): Promise<Response> {
    const sent = new Map([...this.#own].filter(([name]) => fromOwnPage || name !== "countervail"));
    const headers: Record<string, string> = { cookie: written(sent), origin: OWN, "user-agent": "test" };
    if (body !== undefined) {
      headers["content-type"] = "application/x-www-form-urlencoded";
      headers["content-length"] = String(Buffer.byteLength(body));
    }
    const request = new Request(`${OWN}/api/auth/${place}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body }),
    });
    const segments = new URL(request.url).pathname.split("/").slice(3);
    const reply = await signInRoute(request, { params: Promise.resolve({ nextauth: segments }) });
    keep(this.#own, reply);
    return reply;
  }
}

function keep(jar: Map<string, string>, reply: Response): void {
  for (const line of reply.headers.getSetCookie()) {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (value === "") jar.delete(name);
    else jar.set(name, value);
  }
}

function written(jar: ReadonlyMap<string, string>): string {
  return [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
}
