// Whose request it is, by network address. Only what a trusted proxy says of others is believed.
import ipaddr from "ipaddr.js";

/** The networks of the proxies in front, as `[address, bits]`; none by default. */
const TRUSTED = (process.env.COUNTERVAIL_TRUSTED_PROXIES ?? "")
  .split(",")
  .map((entry) => entry.trim())
  .filter((entry) => entry !== "")
  .map((entry) =>
    entry.includes("/")
      ? ipaddr.parseCIDR(entry)
      : [ipaddr.process(entry), ipaddr.process(entry).toByteArray().length * 8],
  );

/**
 * Walks from the socket outwards: as long as a hop is a proxy of ours, what it wrote at the right end of
 * `X-Forwarded-For` is the next. Whatever stands further left was written by strangers.
 * @returns {string} the address in its canonical form, or "unknown"
 */
export function clientAddress(socketAddress, forwardedFor) {
  let hop = read(socketAddress);
  const claims = (forwardedFor ?? "").split(",");
  while (hop !== null && isTrusted(hop) && claims.length > 0) {
    const next = read(claims.pop());
    // A proxy that says nothing readable is itself the last that is known.
    if (next === null) break;
    hop = next;
  }
  return hop?.toString() ?? "unknown";
}

/** IPv4 within IPv6 is read as IPv4, so that one machine has one address. */
function read(text) {
  const trimmed = text?.trim() ?? "";
  return ipaddr.isValid(trimmed) ? ipaddr.process(trimmed) : null;
}

function isTrusted(address) {
  return TRUSTED.some((network) => address.kind() === network[0].kind() && address.match(network));
}
