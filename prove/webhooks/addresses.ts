import dns, { type LookupAddress } from "node:dns";
import { syncBuiltinESMExports } from "node:module";
import type { AddressInfo } from "node:net";
import { createServer, type Server } from "node:net";
import { postMessage } from "@/lib/services/webhooks/post-message";
import { ssrfAddresses } from "@/test/ssrf-addresses";
import type { Findings } from "../support/findings";

/** Somewhere public that is not reached from here: a connection to it fails, and is none to this computer. */
const PUBLIC: LookupAddress = { address: "2606:2800:220:1::1", family: 6 };
const at = (address: string): LookupAddress => ({ address, family: address.includes(":") ? 6 : 4 });

/** What names lead to; one answer after another where there are several, and the last one from then on. */
const NAMES: Readonly<Record<string, readonly (readonly LookupAddress[])[]>> = {
  "loopback.test": [[at("127.0.0.1")]],
  "private.test": [[at("10.1.2.3")]],
  "metadata.test": [[at("169.254.169.254")]],
  "loopback-six.test": [[at("::1")]],
  "mapped.test": [[at("::ffff:127.0.0.1")]],
  "mapped-private.test": [[at("::ffff:10.1.2.3")]],
  "unspecified.test": [[at("0.0.0.0")]],
  "half.test": [[PUBLIC, at("127.0.0.1")]],
  // Looked at, and another one when it is connected to.
  "rebinding.test": [[PUBLIC], [at("127.0.0.1")]],
};

/**
 * Sends messages to names that lead to this computer and its network, and to addresses that are written out in every way,
 * past the check of the form; a listener on every address of this computer counts connections, and it alone judges.
 * @returns how many ways were tried
 */
export async function attackByNames(findings: Findings): Promise<number> {
  let connections = 0;
  const listener = createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  const port = await listen(listener);
  const real = dns.lookup;
  const asked = new Map<string, number>();
  dns.lookup = ((name: string, options: unknown, done: (error: null, found: LookupAddress[]) => void) => {
    const answers = NAMES[name];
    if (!answers) return Reflect.apply(real, dns, [name, options, done]);
    const turn = asked.get(name) ?? 0;
    asked.set(name, turn + 1);
    return process.nextTick(done, null, answers[Math.min(turn, answers.length - 1)] ?? []);
  }) as typeof dns.lookup;
  syncBuiltinESMExports();
  const urls = [
    ...Object.keys(NAMES).map((name) => `https://${name}:${port}/`),
    ...ssrfAddresses(port),
    ...ssrfAddresses(port).map((url) => url.replace(/^http:/, "https:")),
  ];
  try {
    for (const url of urls) {
      // A rebinding name is asked again by the next attempt, which gets the other answer.
      for (let attempt = 0; attempt < (url.includes("rebinding") ? 3 : 1); attempt += 1) {
        const outcome = await postMessage(
          { url, headers: {}, body: "{}" },
          { hosts: [], loopback: false },
          new AbortController().signal,
        );
        findings.expect(connections === 0, `${url} was connected to`);
        findings.expect(outcome.status === null && !outcome.delivered, `${url}: ${outcome.status}`);
      }
    }
    findings.expect((asked.get("rebinding.test") ?? 0) === 3, "a name is not looked up once with each attempt");
    findings.expect(asked.size === Object.keys(NAMES).length, "a name was not looked up at all");
  } finally {
    dns.lookup = real;
    syncBuiltinESMExports();
    listener.close();
  }
  return urls.length;
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((done) => server.listen(0, "::", done));
  return (server.address() as AddressInfo).port;
}
