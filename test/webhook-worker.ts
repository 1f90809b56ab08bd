import { expect } from "vitest";
import type { WebhookSecretDto } from "@/lib/contracts/webhooks";
import { AdvisoryLocks } from "@/lib/db/advisory-locks";
import { type Database, openDatabase } from "@/lib/db/database";
import { WEBHOOK_TYPE_NAMES } from "@/lib/domain/webhooks/event-types";
import { Deliveries } from "@/lib/jobs/deliveries";
import type { Letter } from "@/lib/mail/mailer";
import { makeWebhook } from "@/lib/services/webhooks/manage-webhooks";
import { sweepDeliveries } from "@/lib/services/webhooks/tend-deliveries";
import type { Person, World } from "@/test/world";

/** A worker of webhooks under its own login, beside a world and at the world's time. */
export class WebhookWorker {
  /** What administrators were written. */
  readonly mails: Letter[] = [];
  readonly #database: Database;
  readonly #locks: AdvisoryLocks;

  constructor(private readonly world: World) {
    this.#database = openDatabase(world.stored.workerUrl);
    this.#locks = new AdvisoryLocks(world.stored.workerUrl);
  }

  /** Its deliveries, as a worker that has just started has them. */
  deliveries(turnMs?: number, freeMs?: number): Deliveries {
    const { signal: ending } = new AbortController();
    const times = { ...(turnMs === undefined ? {} : { turnMs }), ...(freeMs === undefined ? {} : { freeMs }) };
    return new Deliveries({ context: this.context(), locks: this.#locks, pace: 1, ending, ...times });
  }

  /** Everything that is due goes out. */
  async deliver(deliveries = this.deliveries()): Promise<void> {
    while (await deliveries.begin()) await deliveries.ended();
  }

  sweep(ending?: AbortSignal): Promise<void> {
    return sweepDeliveries(this.context(), ending);
  }

  context() {
    const post = (letter: Letter) => void this.mails.push(letter);
    return {
      ...this.world.alone(),
      database: this.#database,
      mail: { isOn: true, send: async () => "sent" as const, post },
    };
  }

  async close(): Promise<void> {
    await this.#locks.close();
    await this.#database.close();
  }
}

/** A webhook of a person's company that is told everything. */
export async function hookOf(world: World, person: Person, url: string): Promise<WebhookSecretDto> {
  const eventTypes = [...WEBHOOK_TYPE_NAMES];
  return makeWebhook(await world.steppedUp(person), { url, description: "", eventTypes, engagementId: null });
}

/** Puts messages down behind everything, as if they had happened long ago. @param subjects one message for each */
export async function putMessages(
  world: World,
  endpointId: string,
  subjects: readonly string[],
  more: { readonly at?: Date; readonly attempts?: number; readonly nextAt?: Date } = {},
): Promise<void> {
  const { at = new Date(world.now.getTime() - 3_600_000), attempts = 0, nextAt = at } = more;
  const organisationId = world.organisationId("entity");
  const { count } = await world.behind.prisma.webhookMessage.createMany({
    data: subjects.map((subject) => ({
      ...{ endpointId, organisationId, subject, at, attempts, nextAt },
      ...{ type: "evidence.added", eventId: crypto.randomUUID(), path: "", data: { subject }, state: "waiting" },
    })),
  });
  expect(count).toBe(subjects.length);
}
