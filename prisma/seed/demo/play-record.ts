import type { SectionContent } from "@/lib/domain/worksheet/model";
import type { PartKey } from "@/lib/domain/worksheet/sections";
import { openRecord } from "@/lib/services/records/open-record";
import { getStatement } from "@/lib/services/review/get-statement";
import { makeMove } from "@/lib/services/review/make-move";
import { signOff } from "@/lib/services/review/sign-off";
import { addEvidence } from "@/lib/services/worksheet/add-evidence";
import { saveSection } from "@/lib/services/worksheet/save-section";
import { rowOf } from "./play-engagement";
import type { Stage } from "./stage";
import type { DemoMoment, DemoRecord } from "./types";

/** Plays the story of one record: opened, written, submitted, approved inside, and signed where it is. */
export class RecordPlayer {
  #id = "";

  constructor(
    private readonly stage: Stage,
    private readonly engagementId: () => string,
    private readonly record: DemoRecord,
  ) {}

  /** Its scenes, in the order in which they are told. */
  scenes(): { readonly at: DemoMoment; readonly play: () => Promise<void> }[] {
    const { opened, written, submitted, approved, signed } = this.record;
    return [
      { at: opened, play: () => this.#open(opened) },
      { at: written, play: () => this.#write(written) },
      { at: submitted, play: () => this.#move(submitted, "submit") },
      { at: approved, play: () => this.#move(approved, "approve_internally") },
      ...(signed ? [{ at: signed, play: () => this.#sign(signed) }] : []),
    ];
  }

  async #open(at: DemoMoment): Promise<void> {
    const context = await this.stage.as(at);
    const { number, kind } = this.record;
    const row = await rowOf(context, this.engagementId(), number);
    this.#id = (await openRecord(context, row.id, { kind })).id;
  }

  async #write(at: DemoMoment): Promise<void> {
    const context = await this.stage.as(at);
    for (const [key, content] of Object.entries(this.record.sections) as [PartKey, SectionContent][]) {
      await saveSection(context, this.#id, key, { baseVersion: 0, content });
    }
    const { number, evidence } = this.record;
    const collectedOn = context.clock().toISOString().slice(0, 10);
    for (const [at, { section, title, shows }] of evidence.entries()) {
      const url = `https://evidence.harbourlane.example/${number}/record-${at + 1}`;
      await addEvidence(context, this.#id, { section, title, shows, url, itemId: null, collectedOn, validUntil: null });
    }
  }

  async #move(at: DemoMoment, move: "submit" | "approve_internally"): Promise<void> {
    await makeMove(await this.stage.as(at), this.#id, { move, reason: "" });
  }

  async #sign(at: DemoMoment): Promise<void> {
    const context = await this.stage.steppedUp(at);
    const { digest, statementVersion } = await getStatement(context, this.#id);
    await signOff(context, this.#id, { kind: "sign", digest, statementVersion });
  }
}
