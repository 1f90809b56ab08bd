import type { StoredSegment } from "@/lib/data/trail-segments";
import { onChain, type TrailFinding } from "./trail-finding";

/**
 * Which segments of a chain are marked as given up, beside what its events say of it: a mark alone would hide that
 * somebody has removed a file.
 */
export class GivenUp {
  readonly #segments: Pick<StoredSegment, "from" | "to" | "expired">[] = [];
  readonly #told: { readonly from: bigint; readonly to: bigint }[] = [];

  constructor(private readonly logId: string) {}

  /** Takes note of a segment as it is recorded. */
  mark({ from, to, expired }: Pick<StoredSegment, "from" | "to" | "expired">): void {
    this.#segments.push({ from, to, expired });
  }

  /** Takes note of an event's text, whatever it is about. */
  note(payload: string | undefined): void {
    // Few events are about this, and parsing all of them takes its time.
    if (!payload?.includes('"trail.expired"')) return;
    const range = rangeIn(payload);
    if (range) this.#told.push(range);
  }

  /** Segments that are marked and of which no event says so, and the other way round. */
  findings(): TrailFinding[] {
    return this.#segments.flatMap(({ from, to, expired }) => {
      const isTold = this.#told.some((told) => told.from <= from && to <= told.to);
      if (isTold === expired) return [];
      const name = `The segment of ${this.logId} from event ${from} to ${to - 1n}`;
      const words = expired ? "is marked as given up, and no event says so." : "was given up, and is not marked so.";
      return [onChain(this.logId, from, `${name} ${words}`)];
    });
  }
}

function rangeIn(payload: string): { readonly from: bigint; readonly to: bigint } | null {
  try {
    const { action, detail } = JSON.parse(payload) as { action?: unknown; detail?: { from?: number; to?: number } };
    if (action !== "trail.expired") return null;
    return { from: BigInt(detail?.from ?? 0), to: BigInt(detail?.to ?? 0) };
  } catch {
    return null;
  }
}
