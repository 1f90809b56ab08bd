import { chmod, rm } from "node:fs/promises";
import type { Server } from "node:http";
import { dirname } from "node:path";
import type { z } from "zod";
import type { Clock } from "@/lib/clock";
import { toBase64 } from "@/lib/domain/proof/bytes";
import { ensurePrivateFolder } from "@/lib/durable";
import { logger } from "@/lib/logger";
import { OperatorError } from "@/lib/operator-error";
import {
  checkpointRequest,
  type SealReply,
  type SignerHealth,
  sealRequest,
  statementRequest,
} from "@/lib/signing/protocol";
import { type Chains, openChains } from "./chains";
import { Checkpoints } from "./checkpoints";
import { Keyring } from "./keyring";
import { takeSignerFolder } from "./lock";
import { Refusal } from "./refusal";
import { ensureSealKey } from "./rotate";
import { makeSeal } from "./seal";
import { makeServer } from "./server";
import { refusedNow } from "./standing";
import { signStatement } from "./statement";
import { Trees } from "./trees";

/** What a signer works with. */
export interface SignerSettings {
  /** Folder of its keys and trees, its own alone. */
  readonly folder: string;
  /** Where it listens. */
  readonly socketPath: string;
  /** Whether an operator chose that place: its folder is left as it is, and the operator's group may connect. */
  readonly sharedSocket?: boolean;
  /** PostgreSQL as the signer's login. */
  readonly databaseUrl: string;
  readonly clock: Clock;
  /** Statements of long ago are signed too: for the demo alone. */
  readonly backdated?: boolean;
  /** How long between two looks at all chains (milliseconds); 20 s unless said. */
  readonly every?: number;
}

/** A signer that runs. */
export interface RunningSigner {
  /** Looks at all chains now, as it does every 20 s. */
  readonly look: () => Promise<void>;
  /** Lets requests under way finish and gives the folder back. */
  readonly stop: () => Promise<void>;
}

/** Half of what may pass between an event and its checkpoint, and some more for the work itself (milliseconds). */
const EVERY_MS = 20_000;

/** At most so often all chains are looked at because somebody asks how the signer is (milliseconds). */
const LOOK_MS = 3_000;

const GAP =
  "The history is not the one that was signed: find out why, and record the gap if data were put back from a backup (countervail record-gap).";

/** The demo's story begins not so long ago (days). */
const DEMO_DAYS = 90;

/**
 * Starts a signer in this process. In a folder without keys it makes them, unless the database says that this service has
 * been signing already.
 * @throws OperatorError when another signer has the folder, or the keys cannot be used
 */
export async function startSigner(settings: SignerSettings): Promise<RunningSigner> {
  const { folder, databaseUrl, clock, every = EVERY_MS } = settings;
  await ensurePrivateFolder(folder);
  const release = await takeSignerFolder(folder);
  const chains = openChains(databaseUrl);
  try {
    const keyring = new Keyring(folder, clock);
    const trees = new Trees(folder);
    await trees.open();
    const service = await chains.service();
    await prepareKeys(keyring, chains, service, settings.backdated ? DEMO_DAYS : 0);
    if (!(await ensureSealKey(keyring, clock))) {
      logger().warn("There is no key that seals PDFs: npm run keys:next -- seal --root PATH makes it.");
    }
    const checkpoints = new Checkpoints(service, chains, trees, keyring, clock);
    const state = { problem: null as string | null };
    const latest = everyFew(
      () => refusedNow(chains, trees, clock),
      () => trees.allRefused(),
    );
    // Nothing is signed over a history of which a part is gone, also when nobody has looked since it is. Where the signer's
    // own folder came back with the database, the mark in the database is all that tells.
    const requireWhole = async () => {
      const isGone = (await chains.hasGap()) || (await refusedNow(chains, trees, clock)).length > 0;
      if (isGone) throw new Refusal("refused", GAP);
    };
    const server = makeServer({
      "POST /checkpoint": (body) => checkpoints.of(read(checkpointRequest, body).logId),
      "POST /statement": async (body) => {
        const request = read(statementRequest, body);
        await requireWhole();
        return signStatement(request, service, clock(), await keyring.active("statement"), settings.backdated);
      },
      "POST /seal": async (body): Promise<SealReply> => {
        const digest = Buffer.from(read(sealRequest, body).sha256, "hex");
        await requireWhole();
        const key = await keyring.active("seal");
        const cms = makeSeal(digest, key, await keyring.certificateOf(key.record));
        return { keyId: key.record.id, cms: toBase64(cms) };
      },
      "GET /keys": () => keyring.published(),
      "GET /health": async (): Promise<SignerHealth> => ({
        service,
        // Asked with every page: whether the database was changed under us may be known a few seconds later.
        refused: await latest(),
        problem: state.problem,
      }),
    });
    const look = () => lookAtAll(checkpoints, state);
    const rounds = repeat(look, every);
    await listen(server, settings);
    return {
      look,
      stop: async () => {
        await rounds.stop();
        await close(server);
        await chains.close();
        release();
      },
    };
  } catch (error) {
    await chains.close();
    release();
    throw error;
  }
}

/** @throws OperatorError when the keys are gone, of another service, or cannot be used */
async function prepareKeys(keyring: Keyring, chains: Chains, service: string, backdatedDays: number): Promise<void> {
  if (!(await keyring.isMade())) {
    if ((await chains.list()).some(({ checkpointed }) => checkpointed > 0)) {
      throw new OperatorError(
        "The signer's folder holds no keys, but this service has been signing: restore the folder from its backup.",
      );
    }
    await keyring.make(service, backdatedDays);
  }
  const { set } = await keyring.current();
  if (set.service !== service) {
    throw new OperatorError("The signer's keys belong to another service: name another folder in COUNTERVAIL_DATA.");
  }
  // While somebody changes keys, what is prepared for that is none to tidy away; the next start does.
  await keyring
    .changing(() => keyring.tidy())
    .catch((error: unknown) => {
      if (!(error instanceof OperatorError)) throw error;
    });
}

/** Looks closely now and then, and in between, or when that fails, at what is known. */
function everyFew<T>(closely: () => Promise<T>, known: () => Promise<T>): () => Promise<T> {
  let last = Number.NEGATIVE_INFINITY;
  return async () => {
    if (performance.now() - last < LOOK_MS) return known();
    last = performance.now();
    return closely().catch(known);
  };
}

/** A chain that is refused is said once each time it is found, and keeps no other from its checkpoint. */
async function lookAtAll(checkpoints: Checkpoints, state: { problem: string | null }): Promise<void> {
  try {
    const refused = await checkpoints.ofAll();
    if (refused.length > 0) logger().error({ chains: refused }, "The signer refuses chains; see its folder refused/.");
    state.problem = null;
  } catch (error) {
    state.problem = error instanceof Refusal ? error.reason : "The database cannot be asked.";
    logger().error({ err: error }, "The signer could not look at the chains.");
  }
}

/** Runs work again and again, each time so long after the last one ended. */
function repeat(work: () => Promise<void>, every: number): { stop: () => Promise<void> } {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  let isOver = false;
  const next = () => {
    if (isOver) return;
    timer = setTimeout(() => {
      running = work().finally(next);
    }, every);
  };
  running = work().finally(next);
  return {
    stop: async () => {
      isOver = true;
      clearTimeout(timer);
      await running;
    },
  };
}

function read<T>(shape: z.ZodType<T>, body: unknown): T {
  const parsed = shape.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new Refusal("malformed", "The request is not what it should be.");
}

/** The lock was taken, so a socket that is there is one that a killed signer left. */
async function listen(server: Server, { socketPath, sharedSocket = false }: SignerSettings): Promise<void> {
  if (!sharedSocket) await ensurePrivateFolder(dirname(socketPath));
  await rm(socketPath, { force: true });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(socketPath, resolve);
  });
  await chmod(socketPath, sharedSocket ? 0o660 : 0o600);
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
}
