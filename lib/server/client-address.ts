/** Set by the door before Next (scripts/launcher/front-door.mjs), over whatever the client sent under that name. */
const HEADER = "x-countervail-client";

/** The network address that a request came from, in its canonical form; "unknown" when the door could not tell. */
export function clientAddress(headers: Pick<Headers, "get">): string {
  return headers.get(HEADER) ?? "unknown";
}
