import { mkdtemp, readdir, rm } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Clock } from "@/lib/clock";
import { utf8 } from "@/lib/domain/proof/bytes";
import { parseEnvelope } from "@/lib/domain/proof/envelope";
import { type KeySet, verifyKeySet } from "@/lib/domain/proof/key-set";
import { type RunningSigner, startSigner } from "@/lib/signer/start";
import { openSigner, type Signer } from "@/lib/signing/client";
import { checkSignature, sha256 } from "@/lib/signing/node-crypto";
import type { TestDatabase } from "@/test/database";

/** A signer of a test's own, over a real socket with real keys. */
export interface TestSigner {
  /** To be asked, as the web server does. */
  readonly client: Signer;
  /** Its folder, to look into and to meddle with. */
  readonly folder: string;
  readonly socketPath: string;
  /** The list of keys that it publishes, verified. */
  readonly keySet: () => Promise<KeySet>;
  /** Asks it as nobody of ours would. */
  readonly ask: (path: string, body: string, method?: string) => Promise<{ status: number; reply: unknown }>;
  /** Looks at all chains now. */
  readonly look: () => Promise<void>;
  /** Takes its refusals away, as an operator does who has looked into them. */
  readonly forgetRefusals: () => Promise<void>;
  /** Stops it and starts one anew on the same folder. */
  readonly restart: () => Promise<void>;
  /** Stops it; its folder stays. */
  readonly stop: () => Promise<void>;
  /** Stops it and removes the folder. */
  readonly remove: () => Promise<void>;
}

const HOUR = 3_600_000;

/** Starts a signer on a database; it looks at the chains when it starts and when it is told to. */
export async function startTestSigner(
  stored: Pick<TestDatabase, "signerUrl">,
  clock: Clock,
  backdated = false,
): Promise<TestSigner> {
  const home = await mkdtemp(join(tmpdir(), "countervail-signer-"));
  const folder = join(home, "signer");
  const socketPath = join(folder, "socket");
  const start = () => startSigner({ folder, socketPath, databaseUrl: stored.signerUrl, clock, every: HOUR, backdated });
  let running: RunningSigner | null = await start();
  const stop = async () => {
    await running?.stop();
    running = null;
  };
  const client = openSigner(socketPath);
  return {
    client,
    folder,
    socketPath,
    keySet: () => publishedKeys(client),
    ask: (path, body, method = "POST") => askRaw(socketPath, path, body, method),
    look: async () => running?.look(),
    forgetRefusals: async () => {
      const refused = join(folder, "refused");
      const files = (await readdir(refused)).filter((name) => name.endsWith(".json"));
      for (const name of files) await rm(join(refused, name), { force: true });
    },
    restart: async () => {
      await stop();
      running = await start();
    },
    stop,
    remove: async () => {
      await stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}

async function publishedKeys(client: Signer): Promise<KeySet> {
  const envelope = parseEnvelope(utf8((await client.keys()).keySet));
  if (!envelope.ok) throw new Error(envelope.error);
  const verdict = await verifyKeySet(envelope.value, sha256, checkSignature);
  if (!verdict.ok) throw new Error(verdict.error);
  return verdict.value.set;
}

function askRaw(
  socketPath: string,
  path: string,
  body: string,
  method: string,
): Promise<{ status: number; reply: unknown }> {
  return new Promise((resolve, reject) => {
    const asked = request({ socketPath, path, method }, (response) => {
      let text = "";
      response.on("data", (chunk: Buffer) => {
        text += chunk.toString();
      });
      response.once("end", () => resolve({ status: response.statusCode ?? 0, reply: JSON.parse(text) }));
    });
    asked.once("error", reject);
    asked.end(body);
  });
}
