import { type LookupAddress, type LookupOptions, lookup } from "node:dns";
import { type ClientRequestArgs, Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { Socket } from "node:net";
import type { Duplex } from "node:stream";
import ipaddr from "ipaddr.js";

/** How long an identity provider may be silent, and how long one answer may take in all (milliseconds). */
export const SILENCE_MS = 5_000;
const WHOLE_MS = 10_000;
/** How much one connection may bring (bytes). Documents and keys of a provider are far smaller. */
const MOST_BYTES = 1_000_000;

/** What may be reached beside public addresses. */
export interface Allowance {
  /** Hosts that may be anywhere, as the operator has named them: `host` for all of its ports, `host:port` for one. */
  readonly hosts: readonly string[];
  /** This computer, without TLS too: for a service that is itself reached there without TLS, in development. */
  readonly loopback: boolean;
}

/** A connection was refused before it was made. */
export class ForbiddenAddress extends Error {
  override readonly name = "ForbiddenAddress";
  readonly code = "FORBIDDEN_ADDRESS";
}

/** Where somebody wants to go. */
export interface Destination {
  readonly host: string;
  readonly port: number;
}

/** Whether a network address may be connected to under a name. Whatever is not public unicast is refused, however it is written. */
export function isAllowed({ host, port }: Destination, address: string, { hosts, loopback }: Allowance): boolean {
  const name = host.toLowerCase();
  if (hosts.includes(name) || hosts.includes(`${name}:${port}`)) return true;
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  return isPublic(translated(parsed) ?? parsed) || (loopback && parsed.range() === "loopback");
}

function isPublic(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  return address.range() === "unicast" && isGlobal(address);
}

/** Where a network without IPv4 reaches it through a translator (RFC 6052, 2.1); its resolver makes up such addresses (DNS64). */
const TRANSLATED = ipaddr.IPv6.parseCIDR("64:ff9b::/96");

/** The IPv4 address that a translator connects to for an address, or null where it is none of those. */
function translated(address: ipaddr.IPv4 | ipaddr.IPv6): ipaddr.IPv4 | null {
  if (!(address instanceof ipaddr.IPv6) || !address.match(TRANSLATED)) return null;
  return new ipaddr.IPv4(address.toByteArray().slice(12));
}

/** All of IPv6 that is given out (IANA, "IPv6 Global Unicast Address Assignments", RFC 4291, 2.4). */
const GIVEN_OUT = ipaddr.IPv6.parseCIDR("2000::/3");
/** Public by its number, and yet the cloud's own: Azure's platform answers a virtual machine there (learn.microsoft.com). */
const AZURE_PLATFORM = "168.63.129.16";

/** Outside of it lie old spellings of other addresses, such as ::127.0.0.1, which the package has no name for. */
function isGlobal(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  if (address instanceof ipaddr.IPv6) return address.match(GIVEN_OUT);
  return address.toString() !== AZURE_PLATFORM;
}

/** An agent for requests to addresses that somebody else has chosen: it looks at each address right before it connects. */
export function guardedAgent(protocol: string, allowance: Allowance): HttpAgent {
  return protocol === "https:" ? new GuardedHttps(allowance) : new GuardedHttp(allowance);
}

type Created = (error: Error | null, stream: Duplex) => void;

class GuardedHttps extends HttpsAgent {
  constructor(private readonly allowance: Allowance) {
    super({ keepAlive: false, minVersion: "TLSv1.2" });
  }

  override createConnection(options: ClientRequestArgs, callback?: Created) {
    return bounded(super.createConnection(guarded(options, this.allowance), callback));
  }
}

class GuardedHttp extends HttpAgent {
  constructor(private readonly allowance: Allowance) {
    super({ keepAlive: false });
  }

  override createConnection(options: ClientRequestArgs, callback?: Created) {
    return bounded(super.createConnection(guarded(options, this.allowance), callback));
  }
}

/** @throws ForbiddenAddress for an address that is written out, which nobody would look up */
function guarded<T extends ClientRequestArgs>(options: T, allowance: Allowance): T {
  const host = options.host ?? options.hostname ?? "";
  const port = Number(options.port);
  if (ipaddr.isValid(host) && !isAllowed({ host, port }, host, allowance)) throw forbidden(host);
  const guardedLookup = (name: string, asked: LookupOptions, done: LookupDone) =>
    lookup(name, { ...asked, all: true }, (error, addresses) => {
      const failure =
        error ??
        (addresses.every(({ address }) => isAllowed({ host: name, port }, address, allowance))
          ? null
          : forbidden(name));
      const [first] = addresses ?? [];
      if (failure || !first) done(failure ?? forbidden(name), []);
      else if (asked.all) done(null, addresses);
      else done(null, first.address, first.family);
    });
  return { ...options, lookup: guardedLookup };
}

type LookupDone = (error: NodeJS.ErrnoException | null, address: string | LookupAddress[], family?: number) => void;

function forbidden(host: string): ForbiddenAddress {
  return new ForbiddenAddress(`${host} is not at a public address.`);
}

/** Ends a connection that takes too long or brings too much, which a silent one alone would not be ended for. */
function bounded(stream: Duplex | null | undefined): Duplex | null | undefined {
  if (!(stream instanceof Socket)) return stream;
  const begun = performance.now();
  const watch = setInterval(() => {
    if (stream.bytesRead > MOST_BYTES) stream.destroy(new Error("The answer is too large."));
    else if (performance.now() - begun > WHOLE_MS) stream.destroy(timedOut());
  }, 100);
  watch.unref();
  stream.once("close", () => clearInterval(watch));
  return stream;
}

/** The error of an answer that did not come in time. */
export function timedOut(): Error {
  return Object.assign(new Error("No answer in time."), { code: "ETIMEDOUT" });
}
