import { safeLink } from "@/lib/domain/worksheet/safe-link";

const LONGEST = 2000;

/** True when an address may be linked in a narrative: a full http, https or mailto address that the contract takes. */
export function isAllowedAddress(address: string): boolean {
  return address.length <= LONGEST && address.isWellFormed() && safeLink(address) !== null;
}

/**
 * What a person typed into the link field as a full address, or null when it cannot be one:
 * `example.com/policy` gets https, `name@example.com` becomes a mail address.
 */
export function completeAddress(typed: string): string | null {
  const trimmed = typed.trim();
  if (trimmed === "" || /\s/u.test(trimmed)) return null;
  if (/^[^\s@/:]+@[^\s@/:]+$/u.test(trimmed)) return allowed(`mailto:${trimmed}`);
  if (/^[a-z][a-z0-9+.-]*:(?!\d)/iu.test(trimmed)) return allowed(trimmed);
  return allowed(`https://${trimmed}`);
}

/** Whether a text is the address that it is linked to. Browsers write `https://a.example/` where people write `https://a.example`. */
export function isOwnAddress(text: string, href: string): boolean {
  const own = completeAddress(text);
  return own !== null && safeLink(own) === safeLink(href);
}

function allowed(address: string): string | null {
  return isAllowedAddress(address) ? address : null;
}
