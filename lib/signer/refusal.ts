import type { RefusalCode } from "@/lib/signing/protocol";

/** What the signer does not do, and why. */
export class Refusal extends Error {
  override readonly name = "Refusal";

  constructor(
    readonly code: RefusalCode,
    readonly reason: string,
    readonly chain?: string,
  ) {
    super(reason);
  }
}
