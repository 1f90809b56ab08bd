import type { NextApiRequest, NextApiResponse } from "next";
import NextAuth, { type NextAuthOptions } from "next-auth";

/** What next-auth is asked. Only what is named here reaches it: no header, and no cookie but its own for this purpose. */
export interface NextAuthAsk {
  readonly method: "GET" | "POST";
  /** What follows `/api/auth/`. */
  readonly segments: readonly string[];
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Readonly<Record<string, string>>;
  /** The request's cookie header. */
  readonly cookies: string | null;
}

/** What next-auth answers. */
export interface NextAuthAnswer {
  /** Where it would send the browser, or empty. */
  readonly location: string;
  readonly body: unknown;
  /** Headers to set its cookies of one sign-in by; never those of a session. */
  readonly cookies: readonly string[];
}

const OWN_COOKIE = /^(__Host-|__Secure-)?next-auth\.(csrf-token|state|nonce|pkce\.code_verifier)$/;

/**
 * Asks next-auth, in the form in which it needs nothing of Next around it. It renders no page for us and sends nobody
 * anywhere: what it would do is read from its answer.
 */
export async function askNextAuth(options: NextAuthOptions, ask: NextAuthAsk): Promise<NextAuthAnswer> {
  const { method, segments, query = {}, body = {}, cookies } = ask;
  const request = {
    method,
    query: { ...query, nextauth: [...segments] },
    body,
    cookies: ownCookies(cookies),
    headers: {},
  };
  const reply = new Reply();
  await NextAuth(request as unknown as NextApiRequest, reply as unknown as NextApiResponse, options);
  return { location: reply.location, body: reply.body, cookies: reply.cookies };
}

/** Those of a request's cookies that next-auth is to see, decoded; one that cannot be decoded is not there. */
function ownCookies(header: string | null): Record<string, string> {
  const found: Record<string, string> = {};
  for (const part of header?.split(";") ?? []) {
    const at = part.indexOf("=");
    const name = part.slice(0, at).trim();
    if (at < 0 || !OWN_COOKIE.test(name)) continue;
    try {
      found[name] = decodeURIComponent(part.slice(at + 1).trim());
    } catch {
      // Not a cookie of ours.
    }
  }
  return found;
}

/** As much of a reply of Next's older form as next-auth uses. */
class Reply {
  body: unknown = null;
  readonly #headers = new Map<string, string | string[]>();

  status(): this {
    return this;
  }

  getHeader(name: string): string | string[] | undefined {
    return this.#headers.get(name.toLowerCase());
  }

  setHeader(name: string, value: string | string[]): this {
    this.#headers.set(name.toLowerCase(), value);
    return this;
  }

  json(body: unknown): void {
    this.body = body;
  }

  send(body: unknown): void {
    this.body = body;
  }

  end(): void {}

  get location(): string {
    const { body } = this;
    const inBody = typeof body === "object" && body !== null && "url" in body ? String(body.url) : "";
    const header = this.getHeader("location");
    return typeof header === "string" ? header : inBody;
  }

  get cookies(): string[] {
    const lines = [this.getHeader("set-cookie") ?? []].flat();
    return lines.filter((line) => OWN_COOKIE.test(line.slice(0, line.indexOf("="))));
  }
}
