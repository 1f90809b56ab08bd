import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";

/**
 * How the authority answers: as it should, about another imprint, with its first answer again, with a changed one, not
 * granting, or not at all.
 */
export type Manner = "right" | "other" | "replayed" | "changed" | "refusing" | "broken";

/** A time stamp authority of a test's own: `openssl ts` behind HTTP. */
export interface TimeStampPeer {
  readonly url: string;
  /** File of the certificate that its certificate is issued by. */
  readonly rootFile: string;
  /** How it answers from now on. */
  manner: Manner;
  /** Times it was asked. */
  asked: number;
  readonly stop: () => Promise<void>;
}

const SETTINGS = `[req]
distinguished_name = name
[name]
[root]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign
[stamp]
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
[tsa]
default_tsa = one
[one]
serial = serial
signer_cert = stamp.pem
certs = root.pem
signer_key = stamp.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
`;

/** What stands before the imprint in a query: an octet string of 32 bytes. */
const IMPRINT = Buffer.from("0420", "hex");

/** Starts it on a free port of this computer. */
export async function startTimeStampPeer(): Promise<TimeStampPeer> {
  const folder = mkdtempSync(join(tmpdir(), "countervail-tsa-"));
  const run = (...args: string[]) => {
    const done = spawnSync("openssl", args, { cwd: folder });
    if (done.status !== 0) throw new Error(`openssl ${args[0]}: ${done.stderr}`);
  };
  writeFileSync(join(folder, "settings"), SETTINGS);
  writeFileSync(join(folder, "serial"), "01\n");
  const key = ["-newkey", "rsa:2048", "-nodes", "-config", "settings"];
  run("req", "-x509", ...key, "-keyout", "root.key", "-out", "root.pem", "-subj", "/CN=Root", "-extensions", "root");
  run("req", ...key, "-keyout", "stamp.key", "-out", "stamp.csr", "-subj", "/CN=Time stamps");
  const issuer = ["-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial", "-extfile", "settings"];
  run("x509", "-req", "-in", "stamp.csr", ...issuer, "-extensions", "stamp", "-out", "stamp.pem", "-days", "100");
  let first: Buffer | null = null;
  const reply = (query: Buffer): Buffer => {
    const at = query.indexOf(IMPRINT) + IMPRINT.length;
    writeFileSync(join(folder, "query"), peer.manner === "other" ? query.with(at, (query[at] ?? 0) ^ 1) : query);
    const args = ["ts", "-reply", "-config", "settings", "-queryfile", "query"];
    const done = spawnSync("openssl", args, { cwd: folder });
    if (done.status !== 0) throw new Error(`openssl ts: ${done.stderr}`);
    first ??= done.stdout;
    if (peer.manner === "replayed") return first;
    // The signature is what the reply ends with.
    return peer.manner === "changed" ? Buffer.from(done.stdout.with(-1, (done.stdout.at(-1) ?? 0) ^ 1)) : done.stdout;
  };
  const server = createServer(async (request, response) => {
    peer.asked += 1;
    const query = await buffer(request);
    if (peer.manner === "broken") {
      response.writeHead(500).end("no");
      return;
    }
    response.writeHead(200, { "content-type": "application/timestamp-reply" });
    // What is no query is answered with a rejection.
    response.end(reply(peer.manner === "refusing" ? Buffer.from("no query") : query));
  });
  const port = await listening(server);
  const peer: TimeStampPeer = {
    url: `http://127.0.0.1:${port}/stamp`,
    rootFile: join(folder, "root.pem"),
    manner: "right",
    asked: 0,
    stop: async () => {
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return peer;
}

function listening(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });
}
