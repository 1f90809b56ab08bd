/** Whether the reason that the article gave still holds. The words are shown as they are. */
export const STATUSES_TODAY = ["still applies", "partly", "no longer"] as const;
export type StatusToday = (typeof STATUSES_TODAY)[number];

/** Where a requirement number stands: in force, replaced by another number of the same version, or of a retired version. */
export const STANDINGS = ["in force", "superseded", "retired"] as const;
export type Standing = (typeof STANDINGS)[number];

/** What every statement of the catalogue carries, so that a reader can weigh it. */
export interface Provenance {
  /** True when opinions differ or the fact is not verified; `disputeReason` then says why. */
  readonly disputed: boolean;
  readonly disputeReason: string | null;
  /** Web addresses that were read. Empty only for a definition or a judgement. */
  readonly sources: readonly string[];
  /** True when there is nothing to cite: a definition or a judgement. */
  readonly definition: boolean;
  /** The day the statement was checked, `YYYY-MM-DD`. */
  readonly asOf: string;
}

/** A statement of the article, weighed against today. */
export interface Weighed extends Provenance {
  /** What the article says, in our words. */
  readonly articleReading: string;
  readonly statusToday: StatusToday;
  /** Why the status is what it is, in our words. */
  readonly statusNote: string;
}
