import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Clock } from "@/lib/clock";
import { type RunningSigner, startSigner } from "@/lib/signer/start";
import { openSigner, type Signer } from "@/lib/signing/client";
import type { TestDatabase } from "@/test/database";

/** A signer of a test's own, over a real socket with real keys. */
export interface TestSigner {
  /** To be asked, as the web server does. */
  readonly client: Signer;
  /** Its folder, to look into and to meddle with. */
  readonly folder: string;
  readonly socketPath: string;
  /** Looks at all chains now. */
  readonly look: () => Promise<void>;
  /** Stops it and starts one anew on the same folder. */
  readonly restart: () => Promise<void>;
  /** Stops it; its folder stays. */
  readonly stop: () => Promise<void>;
  /** Stops it and removes the folder. */
  readonly remove: () => Promise<void>;
}

const HOUR = 3_600_000;

/** Starts a signer on a database; it looks at the chains when it starts and when it is told to. */
export async function startTestSigner(stored: TestDatabase, clock: Clock): Promise<TestSigner> {
  const home = await mkdtemp(join(tmpdir(), "countervail-signer-"));
  const folder = join(home, "signer");
  const socketPath = join(folder, "socket");
  const start = () => startSigner({ folder, socketPath, databaseUrl: stored.signerUrl, clock, every: HOUR });
  let running: RunningSigner | null = await start();
  const stop = async () => {
    await running?.stop();
    running = null;
  };
  return {
    client: openSigner(socketPath),
    folder,
    socketPath,
    look: async () => running?.look(),
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
