import ipaddr from "ipaddr.js";
import { type Allowance, isAllowed } from "@/lib/auth/outbound";
import { config } from "@/lib/config";

const HERE = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** What webhooks may reach for a service that is reached at `url`. */
export function webhookAllowance(url: string): Allowance {
  return { hosts: config().webhookHosts, loopback: url.startsWith("http:") };
}

/**
 * Why an address cannot be an endpoint's, in words for the person; null when it can. A name is looked up with each
 * attempt, right before it is connected to: what stands behind it may change.
 */
export function addressTrouble(text: string, allowance: Allowance): string | null {
  if (!URL.canParse(text)) return "Use a full address that starts with https://.";
  const { protocol, hostname, port, username, password, hash } = new URL(text);
  if (protocol !== "https:" && !(protocol === "http:" && allowance.loopback && HERE.test(hostname))) {
    return "Use an address that starts with https://.";
  }
  if (username !== "" || password !== "") return "Leave out name and password: messages are signed instead.";
  if (hash !== "") return "Leave out what follows #.";
  const host = hostname.replace(/^\[(.*)\]$/, "$1");
  const own = protocol === "https:" ? 443 : 80;
  const to = { host, port: port === "" ? own : Number(port) };
  if (ipaddr.isValid(host) && !isAllowed(to, host, allowance)) return "This is not a public address.";
  return null;
}
