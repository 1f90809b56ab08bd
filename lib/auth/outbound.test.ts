import { createServer, get, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Allowance, guardedAgent, isAllowed } from "@/lib/auth/outbound";

const NOTHING: Allowance = { hosts: [], loopback: false };

describe("an address that may be connected to", () => {
  it.each(["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "64:ff9b::5db8:d822", "64:ff9b::93.184.216.34"])(
    "is %s",
    (address) => {
      expect(isAllowed({ host: "idp.example", port: 443 }, address, NOTHING)).toBe(true);
    },
  );

  it.each(
    `127.0.0.1 10.0.0.1 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 255.255.255.255 192.0.2.1 198.18.0.1
     ::1 :: fe80::1 fc00::1 fd00:ec2::254 ff02::1 ::ffff:10.0.0.1 ::ffff:7f00:1 64:ff9b::a00:1 2002:a00:1:: 2001:db8::1 nonsense
     64:ff9b::127.0.0.1 64:ff9b::192.168.1.1 64:ff9b::169.254.169.254 64:ff9b::168.63.129.16 64:ff9b::0.0.0.0 64:ff9b::e000:1
     64:ff9b:0:1::5db8:d822 64:ff9b:1::5db8:d822 ::7f00:1 ::127.0.0.1 ::a9fe:a9fe ::2 4000::1 64:ff9b:1::a00:1 fec0::1 168.63.129.16 ::ffff:168.63.129.16`.split(
      /\s+/,
    ),
  )("is not %s", (address) => {
    expect(isAllowed({ host: "idp.example", port: 443 }, address, NOTHING)).toBe(false);
  });

  it("is any of a host that the operator has named, and loopback in development", () => {
    const named = { hosts: ["idp.corp.example"], loopback: false };
    expect(isAllowed({ host: "IdP.corp.example", port: 8443 }, "10.0.0.1", named)).toBe(true);
    expect(isAllowed({ host: "other.example", port: 443 }, "10.0.0.1", named)).toBe(false);
    const development = { hosts: [], loopback: true };
    expect(isAllowed({ host: "localhost", port: 4999 }, "127.0.0.1", development)).toBe(true);
    expect(isAllowed({ host: "localhost", port: 4999 }, "10.0.0.1", development)).toBe(false);
    // What a translator reaches there is its own computer.
    expect(isAllowed({ host: "localhost", port: 4999 }, "64:ff9b::127.0.0.1", development)).toBe(false);
  });

  it("is of a host that was named with a port at that port alone", () => {
    const named = { hosts: ["relay.corp.example:8443"], loopback: false };
    expect(isAllowed({ host: "Relay.corp.example", port: 8443 }, "10.0.0.1", named)).toBe(true);
    for (const port of [443, 22, 84430]) {
      expect(isAllowed({ host: "relay.corp.example", port }, "10.0.0.1", named)).toBe(false);
    }
  });
});

describe("a connection", () => {
  let server: Server;
  let port: number;
  let connections = 0;
  beforeAll(async () => {
    server = createServer((request, reply) => {
      if (request.url === "/endless") reply.write("x".repeat(2_000_000));
      else reply.end("here");
    });
    server.on("connection", () => {
      connections += 1;
    });
    await new Promise<void>((resolve) => server.listen(0, resolve));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const ask = (host: string, allowance: Allowance, path = "/") =>
    new Promise<string>((resolve, reject) => {
      const request = get(`http://${host}:${port}${path}`, { agent: guardedAgent("http:", allowance) }, (reply) => {
        text(reply).then(resolve, reject);
      });
      request.on("error", reject);
    });

  it.each(["127.0.0.1", "localhost", "[::1]", "0x7f000001", "2130706433", "0177.1", "[::ffff:127.0.0.1]", "0.0.0.0"])(
    "to this computer as %s is refused before it is made",
    async (host) => {
      const before = connections;
      await expect(async () => ask(host, NOTHING)).rejects.toMatchObject({ code: "FORBIDDEN_ADDRESS" });
      expect(connections).toBe(before);
    },
  );

  it("is made where it is allowed", async () => {
    expect(await ask("localhost", { hosts: [], loopback: true })).toBe("here");
    expect(await ask("localhost", { hosts: ["localhost"], loopback: false })).toBe("here");
    expect(await ask("localhost", { hosts: [`localhost:${port}`], loopback: false })).toBe("here");
    const others = { hosts: [`localhost:${port + 1}`, "localhost:443"], loopback: false };
    await expect(async () => ask("localhost", others)).rejects.toMatchObject({ code: "FORBIDDEN_ADDRESS" });
    const written = { hosts: [`127.0.0.1:${port + 1}`], loopback: false };
    await expect(async () => ask("127.0.0.1", written)).rejects.toMatchObject({ code: "FORBIDDEN_ADDRESS" });
  });

  it("that brings too much is ended", async () => {
    await expect(ask("localhost", { hosts: [], loopback: true }, "/endless")).rejects.toThrow();
  });
});
