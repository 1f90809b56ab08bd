import type { ServiceContext } from "@/lib/auth/context";
import { logger } from "@/lib/logger";
import { readGapState } from "@/lib/services/gap/gap-state";
import { hasBeenSigned } from "@/lib/services/webhooks/tend-deliveries";

/** For how long it stands that nothing is missing (milliseconds): as often as the signer looks when it is asked. */
const FREE_MS = 3_000;

const WORDS = {
  gap: "webhooks wait: older data are back, and the gap is not recorded",
  silent: "webhooks wait until the signer has answered: it alone knows whether older data are back",
};

/**
 * Whether deliveries are held. While older data are back and nobody has recorded the gap, nothing goes out: most of what is
 * in line was sent before, by those data as they were later. Recording it switches all endpoints off. The signer's last
 * word stands while it is away; before its first one nothing is known, unless nothing was ever signed here.
 */
export class DeliveryHold {
  #word: "whole" | "older" | null = null;
  #said: keyof typeof WORDS | null = null;
  #freeUntil = 0;
  #asking: Promise<boolean> | null = null;

  constructor(
    private readonly context: ServiceContext,
    private readonly freeMs = FREE_MS,
  ) {}

  /** Asks the signer and the database, except for a while after both said that nothing is missing. */
  async isHeld(): Promise<boolean> {
    if (performance.now() < this.#freeUntil) return false;
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = null;
    });
    return this.#asking;
  }

  async #ask(): Promise<boolean> {
    const reason = await this.#reason();
    if (reason !== null && reason !== this.#said) logger().warn(WORDS[reason]);
    this.#said = reason;
    if (reason === null) this.#freeUntil = performance.now() + this.freeMs;
    return reason !== null;
  }

  async #reason(): Promise<keyof typeof WORDS | null> {
    const { notice, signer } = await readGapState(this.context);
    if (signer !== "silent") this.#word = signer;
    if (notice !== null || this.#word === "older") return "gap";
    return this.#word === null && (await hasBeenSigned(this.context)) ? "silent" : null;
  }
}
