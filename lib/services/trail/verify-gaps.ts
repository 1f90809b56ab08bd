import { recordedGaps } from "@/lib/data/trail-check";
import type { SystemTx } from "@/lib/db/kinds";
import { gapEvents } from "@/lib/domain/audit/gap-events";
import type { EventPlace } from "@/lib/domain/audit/row-states";
import { toHex } from "@/lib/domain/proof/bytes";
import { type Json, writeCanonical } from "@/lib/domain/proof/canonical";
import { verifyGap } from "@/lib/domain/proof/gap";
import type { KeyRecord } from "@/lib/domain/proof/keys";
import { checkSignature, sha256 } from "@/lib/signing/node-crypto";
import { onChain, type TrailFinding } from "./trail-finding";

interface Told {
  readonly place: EventPlace;
  readonly words: string;
}

/** What events say of gaps, to be compared with the records that the signer signed. */
export class GapEvents {
  readonly #told: Told[] = [];

  /** Takes note of an event's text, whatever it is about. */
  note(place: EventPlace, payload: string | undefined): void {
    // Few events are about this, and parsing all of them takes its time.
    if (!payload?.includes('"service.gap_recorded"')) return;
    const words = detailIn(payload);
    if (words !== null) this.#told.push({ place, words });
  }

  /**
   * Every recorded gap needs a record that a key of this service signed and an event of the system's chain that says the
   * same; and no event says anything else.
   * @param keys null when they are not to be had: then nobody looks who signed
   */
  async check(
    tx: SystemTx,
    keys: readonly KeyRecord[] | null,
  ): Promise<{ readonly gaps: number; readonly findings: TrailFinding[] }> {
    const findings: TrailFinding[] = [];
    const gaps = await recordedGaps(tx);
    const expected = new Set<string>();
    const said = new Set(this.#told.map(({ place, words }) => nameOf(place.logId, words)));
    for (const { id, record, service } of gaps) {
      const say = (words: string) =>
        findings.push({ logId: null, seq: null, table: "service_gap", id, words: `The gap ${id} ${words}` });
      const verdict = await verifyGap(record ?? "", service, keys, checkSignature);
      if (!verdict.ok) {
        say(`has no record that was signed by a key of this service: ${verdict.error}.`);
        continue;
      }
      const { record: read, payload } = verdict.value;
      for (const { logId, detail } of gapEvents(read, toHex(sha256(payload)))) {
        const name = nameOf(logId, writeCanonical(detail));
        expected.add(name);
        if (logId === "system" && !said.has(name)) say("is recorded, and no event of the system says the same.");
      }
    }
    for (const { place, words } of this.#told) {
      if (expected.has(nameOf(place.logId, words))) continue;
      const told = `Event ${place.seq} of ${place.logId} tells of a gap that no signed record tells of.`;
      findings.push(onChain(place.logId, place.seq, told));
    }
    return { gaps: gaps.length, findings };
  }
}

function nameOf(logId: string, words: string | null): string {
  return `${logId} ${words}`;
}

/** What an event says of a gap, as canonical text; null when it is about something else. */
function detailIn(payload: string): string | null {
  try {
    const { action, detail } = JSON.parse(payload) as { action?: unknown; detail?: Json };
    return action === "service.gap_recorded" ? writeCanonical(detail ?? null) : null;
  } catch {
    return null;
  }
}
