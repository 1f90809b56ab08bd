import type { ServiceContext } from "@/lib/auth/context";
import type { Lane } from "@/lib/data/webhook-deliveries";
import type { AdvisoryLocks } from "@/lib/db/advisory-locks";
import { DeliveryHold } from "@/lib/jobs/delivery-hold";
import { LanePauses } from "@/lib/jobs/lane-pauses";
import { Turns } from "@/lib/jobs/turns";
import { logger } from "@/lib/logger";
import { deliverFirst } from "@/lib/services/webhooks/deliver-message";
import { findDueLanes } from "@/lib/services/webhooks/tend-deliveries";

/** How many messages a worker has under way at a time, and how many of them of one organisation and to one endpoint. */
const AT_ONCE = 16;
const AT_ONCE_OF_ORGANISATION = 6;
const AT_ONCE_TO_ONE = 4;
/** How many lanes are looked at to find some that nobody works on. */
const LOOKED_AT = 200;
/** How many messages of a lane follow each other before others have their turn, and for how long at most (milliseconds). */
const IN_A_ROW = 20;
const TURN_MS = 2_000;

/** What deliveries are made with. */
interface Settings {
  readonly context: ServiceContext;
  readonly locks: AdvisoryLocks;
  readonly pace: number;
  readonly ending: AbortSignal;
  /** For how long a lane goes on before others have their turn (milliseconds); {@link TURN_MS} unless said. */
  readonly turnMs?: number;
  /** For how long it stands that no older data are back (milliseconds); some seconds unless said. */
  readonly freeMs?: number;
}

/**
 * The deliveries of one worker: messages of one subject to one endpoint go out one after another, under a lock that ends
 * with its holder, so that several workers may run; others go out beside them.
 */
export class Deliveries {
  readonly #running = new Map<string, { readonly lane: Lane; readonly done: Promise<void> }>();
  readonly #pauses = new LanePauses();
  readonly #turns = new Turns();
  readonly #hold: DeliveryHold;

  constructor(private readonly settings: Settings) {
    this.#hold = new DeliveryHold(settings.context, settings.freeMs);
  }

  /** Begins what is due, and waits only where there is no more room. @returns false when there was nothing to begin */
  async begin(): Promise<boolean> {
    if (await this.#hold.isHeld()) return false;
    const lanes = await findDueLanes(this.settings.context, LOOKED_AT);
    this.#pauses.forget(performance.now());
    this.#turns.keep(lanes.flatMap(turnsOf));
    let begun = 0;
    while (this.#running.size < AT_ONCE) {
      const next = this.#turns.next(
        lanes.filter((lane) => this.#hasRoom(lane)),
        turnsOf,
      );
      if (!next) break;
      this.#start(next);
      begun += 1;
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
    if (this.#running.has(name) || this.#pauses.has(name, performance.now())) return false;
    const running = [...this.#running.values()].map((one) => one.lane);
    const ofOrganisation = running.filter(({ organisationId }) => organisationId === lane.organisationId);
    const toOne = ofOrganisation.filter(({ endpointId }) => endpointId === lane.endpointId);
    return ofOrganisation.length < AT_ONCE_OF_ORGANISATION && toOne.length < AT_ONCE_TO_ONE;
  }

  #start(lane: Lane): void {
    const name = nameOf(lane);
    const done = this.#deliver(lane)
      .catch((error: unknown) => {
        if (this.settings.ending.aborted) return;
        // It may have been sent and could not be noted: sent again at once, it would come over and over.
        const pauseMs = this.#pauses.failed(name, performance.now());
        logger().warn({ err: error, lane: name, pauseMs }, "a delivery is tried again after a pause");
      })
      .finally(() => this.#running.delete(name));
    this.#running.set(name, { lane, done });
  }

  async #deliver(lane: Lane): Promise<void> {
    const { context, locks, pace, ending, turnMs = TURN_MS } = this.settings;
    const lock = await locks.take(`countervail-webhook:${nameOf(lane)}`);
    if (!lock) {
      // It stays due while somebody else sends it; asked for again at once, an idle worker would do nothing else.
      this.#pauses.elsewhere(nameOf(lane), performance.now());
      return;
    }
    try {
      // Whoever lost the lock says nothing more: somebody else may send the same by now, and will note it.
      const either = AbortSignal.any([ending, lock.lost]);
      const begun = performance.now();
      for (let turn = 0; turn < IN_A_ROW && !either.aborted; turn += 1) {
        // Older data may have come back since the lane began.
        if ((await this.#hold.isHeld()) || !(await deliverFirst(context, lane, pace, either))) break;
        this.#pauses.went(nameOf(lane));
        // One that answers slowly would keep its place for minutes, while what was refused before is due again.
        if (performance.now() - begun >= turnMs) break;
      }
    } finally {
      await lock.release();
    }
  }
}

function nameOf({ endpointId, subject }: Lane): string {
  return `${endpointId}:${subject}`;
}

/**
 * What takes turns: organisations, however many endpoints each has, and within one what is sent to an endpoint for the
 * first time, and what is tried there again.
 */
function turnsOf({ organisationId, endpointId, again }: Lane): readonly string[] {
  return [organisationId, `${endpointId}:${again}`];
}
