import ipaddr from "ipaddr.js";

/** Set by the door before Next (scripts/launcher/front-door.mjs), over whatever the client sent under that name. */
const HEADER = "x-countervail-client";

/** The network address that a request came from, in its canonical form; "unknown" when the door could not tell. */
export function clientAddress(headers: Pick<Headers, "get">): string {
  return headers.get(HEADER) ?? "unknown";
}

/**
 * What attempts are counted under: an IPv4 address by itself, of IPv6 the network of 64 bits, since whoever has one
 * address of it has all of them.
 */
export function networkOf(address: string): string {
  if (!ipaddr.IPv6.isValid(address)) return address;
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${ipaddr.IPv6.parse(address).toNormalizedString()}/64`)}/64`;
}
