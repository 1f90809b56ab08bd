/** The client's network address, as the front door passed it on; "unknown" without one. */
export function clientAddress(headers: Pick<Headers, "get">): string {
  return headers.get("x-countervail-address") ?? "unknown";
}
