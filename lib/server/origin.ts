import { Failure } from "@/lib/contracts/failure";

/**
 * A request that changes something has to come from our own pages: `Origin` equals our address, and a browser that
 * sends `Sec-Fetch-Site` says same-origin. A missing or malformed origin is refused alike.
 * @throws Failure bad_origin
 */
export function requireOwnOrigin(request: Request, ownUrl: string): void {
  const origin = request.headers.get("origin");
  const site = request.headers.get("sec-fetch-site");
  if (origin !== ownUrl || (site !== null && site !== "same-origin")) {
    throw new Failure("bad_origin", `Changes are taken only from pages of ${ownUrl}.`);
  }
}
