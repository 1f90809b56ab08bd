import { type NextRequest, NextResponse } from "next/server";
import { config as settings } from "@/lib/config";

/** Sent with every reply. The proxy sets headers and the one address; it never decides who may do what. */
const HEADERS: Readonly<Record<string, string>> = {
  "Content-Security-Policy": "frame-ancestors 'none'; base-uri 'none'; object-src 'none'; form-action 'self'",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Referrer-Policy": "same-origin",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
};

/** Paths that monitors ask under whatever name the machine has. */
const ANY_HOST = new Set(["/livez", "/readyz"]);

/** Sends other host names to the one address that cookies, origins and links are made for, and sets headers. */
export function proxy(request: NextRequest): NextResponse {
  const own = new URL(settings().url);
  const { pathname, search } = request.nextUrl;
  const host = request.headers.get("host");
  const response =
    host !== own.host && !ANY_HOST.has(pathname)
      ? NextResponse.redirect(new URL(`${own.origin}${pathname}${search}`), 308)
      : NextResponse.next();
  for (const [name, value] of Object.entries(HEADERS)) response.headers.set(name, value);
  if (own.protocol === "https:") response.headers.set("Strict-Transport-Security", "max-age=63072000");
  return response;
}

export const config = { matcher: "/((?!_next/static|_next/image|icon.svg).*)" };
