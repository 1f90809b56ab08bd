import { type NextRequest, NextResponse } from "next/server";
import { config as settings } from "@/lib/config";

/** Paths that monitors ask under whatever name the machine has. */
const ANY_HOST = new Set(["/livez", "/readyz"]);

/**
 * Sends other host names to the one address that cookies, origins and links are made for. It never decides who may do
 * what, and headers are the door's (scripts/launcher/front-door.mjs); without the door nothing is served.
 */
export function proxy(request: NextRequest): NextResponse {
  if (!request.headers.has("x-nonce")) return new NextResponse("Start with `npm start`.", { status: 503 });
  const own = new URL(settings().url);
  const { pathname, search } = request.nextUrl;
  if (request.headers.get("host") === own.host || ANY_HOST.has(pathname)) return NextResponse.next();
  return NextResponse.redirect(new URL(`${own.origin}${pathname}${search}`), 308);
}

// Of a request that comes by here Next keeps the first 10 MB in memory and loses the rest, so uploads do not.
export const config = {
  matcher: "/((?!_next/static|_next/image|icon.svg|api/v1/evidence/[^/]+/files$).*)",
};
