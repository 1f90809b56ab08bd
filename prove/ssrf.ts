import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type LinkAllowance, tryLink } from "@/lib/services/evidence/try-link";
import { ssrfAddresses } from "@/test/ssrf-addresses";
import { Findings } from "./support/findings";
import type { Proof } from "./support/proof";

/**
 * The check of links against this computer: a listener on every address of it counts connections, and it alone judges.
 * The port is let through, so that nothing but the address stands in the way.
 */
export const prove: Proof = async () => {
  const findings = new Findings();
  let connections = 0;
  const listener = createServer((request, reply) => {
    const to = new URL(request.url ?? "/", "http://x").searchParams.get("to");
    if (to) reply.writeHead(302, { location: to }).end();
    else reply.end("reached");
  });
  listener.on("connection", () => {
    connections += 1;
  });
  const port = await listen(listener);
  try {
    const guarded: LinkAllowance = { hosts: [], ports: [80, 443, port] };
    const addresses = ssrfAddresses(port);
    for (const address of addresses) {
      const before = connections;
      const outcome = await tryLink(address, guarded);
      findings.expect(connections === before, `${address} was connected to`);
      findings.expect(!outcome.startsWith("It answers"), `${address}: ${outcome}`);
    }
    // A first hop that is allowed by its name leads on to each of them: that one connection, and none after it.
    const named: LinkAllowance = { ...guarded, hosts: ["localhost"] };
    const reached = await tryLink(`http://localhost:${port}/`, named);
    findings.expect(reached.startsWith("It answers"), `the listener is not reached when it may be: ${reached}`);
    const redirected = addresses.filter((address) => /^[!-~]+$/.test(address) && !/localhost/i.test(address));
    for (const address of redirected) {
      const before = connections;
      const outcome = await tryLink(`http://localhost:${port}/?to=${encodeURIComponent(address)}`, named);
      findings.expect(connections === before + 1, `a redirect to ${address} was followed`);
      findings.expect(!outcome.startsWith("It answers"), `a redirect to ${address}: ${outcome}`);
    }
    const endless = `http://localhost:${port}/?to=`;
    const before = connections;
    await tryLink(
      endless + encodeURIComponent(endless + encodeURIComponent(`${endless}${encodeURIComponent(`${endless}/`)}`)),
      named,
    );
    findings.expect(connections - before <= 4, `${connections - before} hops were made`);
    return findings.result(
      `${addresses.length} forms of address and ${redirected.length} redirects to them: 0 connections at the listener`,
    );
  } finally {
    listener.closeAllConnections();
    listener.close();
  }
};

async function listen(server: Server): Promise<number> {
  await new Promise<void>((done) => server.listen(0, "::", done));
  return (server.address() as AddressInfo).port;
}
