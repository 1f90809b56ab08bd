import { createHash, randomBytes } from "node:crypto";

/** A new opaque token of 256 bits; it goes into the cookie and nowhere else. */
export function newToken(): string {
  return randomBytes(32).toString("base64url");
}

/** Whether a text could be one of our tokens. */
export function isToken(text: string): boolean {
  return /^[\w-]{43}$/.test(text);
}

/** What is stored of a token: its SHA-256, hex. */
export function tokenHash(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

/** The cookie's name: with the `__Host-` prefix where browsers take it, which is over https. */
export function sessionCookieName(url: string): string {
  return url.startsWith("https:") ? "__Host-countervail" : "countervail";
}

/** The header that sets or clears the session cookie. */
export function sessionCookie(url: string, token: string | null): string {
  const secure = url.startsWith("https:") ? "; Secure" : "";
  const value = token === null ? "; Max-Age=0" : "";
  return `${sessionCookieName(url)}=${token ?? ""}; Path=/; HttpOnly; SameSite=Strict${secure}${value}`;
}
