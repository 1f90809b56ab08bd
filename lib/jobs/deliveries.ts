import type { ServiceContext } from "@/lib/auth/context";
import type { Lane } from "@/lib/data/webhook-deliveries";
import type { AdvisoryLocks } from "@/lib/db/advisory-locks";
import { logger } from "@/lib/logger";
import { deliverFirst } from "@/lib/services/webhooks/deliver-message";
import { findDueLanes } from "@/lib/services/webhooks/tend-deliveries";

/** How many messages a worker has under way at a time, and how many of them of one organisation and to one endpoint. */
const AT_ONCE = 16;
const AT_ONCE_OF_ORGANISATION = 6;
const AT_ONCE_TO_ONE = 4;
/** How long a lane is left alone that another worker was found to be at (milliseconds). */
const LEFT_ALONE_MS = 500;
/** How many lanes are looked at to find some that nobody works on. */
const LOOKED_AT = 200;
/** How many messages of a lane follow each other before others have their turn. */
const IN_A_ROW = 20;

/** What deliveries are made with. */
interface Settings {
  readonly context: ServiceContext;
  readonly locks: AdvisoryLocks;
  readonly pace: number;
  readonly ending: AbortSignal;
}

/**
 * The deliveries of one worker: messages of one subject to one endpoint go out one after another, under a lock that ends
 * with its holder, so that several workers may run; others go out beside them.
 */
export class Deliveries {
  readonly #running = new Map<string, { readonly lane: Lane; readonly done: Promise<void> }>();
  /** Lanes that another worker is at, and until when they are left alone (by performance.now). */
  readonly #elsewhere = new Map<string, number>();

  constructor(private readonly settings: Settings) {}

  /** Begins what is due, and waits only where there is no more room. @returns false when there was nothing to begin */
  async begin(): Promise<boolean> {
    const lanes = await findDueLanes(this.settings.context, LOOKED_AT);
    const now = performance.now();
    for (const [name, until] of this.#elsewhere) if (until <= now) this.#elsewhere.delete(name);
    let begun = 0;
    for (const lane of lanes) {
      if (this.#running.size >= AT_ONCE) break;
      if (this.#hasRoom(lane)) {
        this.#start(lane);
        begun += 1;
      }
    }
    if (this.#running.size >= AT_ONCE) await Promise.race([...this.#running.values()].map(({ done }) => done));
    return begun > 0;
  }

  /** Waits for those under way. */
  async ended(): Promise<void> {
    await Promise.all([...this.#running.values()].map(({ done }) => done));
  }

  #hasRoom(lane: Lane): boolean {
    const name = nameOf(lane);
    if (this.#running.has(name) || this.#elsewhere.has(name)) return false;
    const running = [...this.#running.values()].map((one) => one.lane);
    const ofOrganisation = running.filter(({ organisationId }) => organisationId === lane.organisationId);
    const toOne = ofOrganisation.filter(({ endpointId }) => endpointId === lane.endpointId);
    return ofOrganisation.length < AT_ONCE_OF_ORGANISATION && toOne.length < AT_ONCE_TO_ONE;
  }

  #start(lane: Lane): void {
    const name = nameOf(lane);
    const done = this.#deliver(lane)
      .catch((error: unknown) => {
        if (!this.settings.ending.aborted) logger().warn({ err: error, lane: name }, "a delivery is tried again");
      })
      .finally(() => this.#running.delete(name));
    this.#running.set(name, { lane, done });
  }

  async #deliver(lane: Lane): Promise<void> {
    const { context, locks, pace, ending } = this.settings;
    const lock = await locks.take(`countervail-webhook:${nameOf(lane)}`);
    if (!lock) {
      // It stays due while somebody else sends it; asked for again at once, an idle worker would do nothing else.
      this.#elsewhere.set(nameOf(lane), performance.now() + LEFT_ALONE_MS);
      return;
    }
    try {
      // Whoever lost the lock says nothing more: somebody else may send the same by now, and will note it.
      const either = AbortSignal.any([ending, lock.lost]);
      for (let turn = 0; turn < IN_A_ROW && !either.aborted; turn += 1) {
        if (!(await deliverFirst(context, lane, pace, either))) break;
      }
    } finally {
      await lock.release();
    }
  }
}

function nameOf({ endpointId, subject }: Lane): string {
  return `${endpointId}:${subject}`;
}
