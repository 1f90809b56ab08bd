import type { SignedInContext } from "@/lib/auth/context";
import { carryText } from "@/lib/domain/controls/record";
import { askDraft } from "@/lib/domain/rigour/ask-draft";
import { wantingReason, warningsWithoutReason } from "@/lib/domain/rigour/reasons";
import type { SectionContent, WorksheetSections } from "@/lib/domain/worksheet/model";
import { type PartKey, SECTION_KEYS } from "@/lib/domain/worksheet/sections";
import { readRegister } from "@/lib/services/controls/read-register";
import { decideCriterion } from "@/lib/services/criteria/decide-criterion";
import { getCriteria } from "@/lib/services/criteria/get-criteria";
import { decideDisposition } from "@/lib/services/disposition/decide-disposition";
import { addComment, setThreadState } from "@/lib/services/review/answer-thread";
import { getRevision } from "@/lib/services/review/get-revision";
import { getStatement } from "@/lib/services/review/get-statement";
import { makeMove } from "@/lib/services/review/make-move";
import { openThread } from "@/lib/services/review/open-thread";
import { signOff } from "@/lib/services/review/sign-off";
import { answerWarning } from "@/lib/services/rigour/answer-warning";
import { addEvidence } from "@/lib/services/worksheet/add-evidence";
import { getWorksheet } from "@/lib/services/worksheet/get-worksheet";
import { openWorksheet } from "@/lib/services/worksheet/open-worksheet";
import { saveSection } from "@/lib/services/worksheet/save-section";
import { setAssignees } from "@/lib/services/worksheet/set-assignees";
import { demoAnswers } from "./criteria";
import { demoItemId, demoWorksheetName } from "./ids";
import { rowOf } from "./play-engagement";
import type { Stage } from "./stage";
import type { DemoEngagement, DemoStep, DemoWorksheet } from "./types";

type StepOf<D extends DemoStep["do"]> = Extract<DemoStep, { readonly do: D }>;

/** Plays the steps of one worksheet, one after the other; keeps the ids that the steps name. */
export class WorksheetPlayer {
  readonly #threads = new Map<string, string>();
  readonly #name: string;
  #id = "";
  #answered = false;

  constructor(
    private readonly stage: Stage,
    private readonly engagement: DemoEngagement,
    private readonly engagementId: string,
    private readonly worksheet: DemoWorksheet,
  ) {
    this.#name = demoWorksheetName(engagement, worksheet);
  }

  /** Plays one step at its moment as its person. */
  async play(step: DemoStep): Promise<void> {
    if (step.do === "sign") await this.#meetCriteria(step);
    const weighty = ["sign", "refuse", "revoke"].includes(step.do) || (step.do === "move" && step.move === "reopen");
    const context = weighty ? await this.stage.steppedUp(step) : await this.stage.as(step);
    switch (step.do) {
      case "open":
        return this.#open(context);
      case "assign":
        return this.#assign(context, step);
      case "write":
        return this.#write(step);
      case "attach":
        return this.#attach(step);
      case "use":
        return this.#use(context, step);
      case "move":
        if (step.move === "submit") await this.#settle(context);
        await makeMove(context, this.#id, { move: step.move, reason: step.reason ?? "" });
        return;
      case "sign":
      case "refuse":
      case "revoke":
        return this.#decide(context, step);
      case "view":
        await getRevision(context, this.#id, (await getWorksheet(context, this.#id)).revision);
        return;
      default:
        return this.#talk(context, step);
    }
  }

  async #open(context: SignedInContext): Promise<void> {
    const row = await rowOf(context, this.engagementId, this.worksheet.number);
    // The demo's entity has looked: nothing that the gate would stop at.
    const { whyNotSwitchedOn = "" } = this.worksheet;
    const none = { missedActivity: false, storedSad: false, legalBar: false, switchable: false };
    this.#id = (await openWorksheet(context, row.id, { eligibility: { ...none, whyNotSwitchedOn } })).id;
  }

  async #assign(context: SignedInContext, { people }: StepOf<"assign">): Promise<void> {
    await setAssignees(
      context,
      this.#id,
      people.map((person) => this.stage.userId(person)),
    );
    const [owner] = people;
    if (!owner) return;
    const row = await rowOf(context, this.engagementId, this.worksheet.number);
    const change = { version: row.version, ownerId: this.stage.userId(owner), dueOn: this.worksheet.dueOn };
    await decideDisposition(context, row.id, change);
  }

  async #write(step: StepOf<"write">): Promise<void> {
    for (const key of SECTION_KEYS) {
      const content = step.sections[key];
      if (content) await this.#save(await this.stage.as(step), key, content as SectionContent<typeof key>);
    }
    await this.#answer(step);
  }

  /** Whoever writes a worksheet that is submitted answers the criteria, once. */
  async #answer(step: StepOf<"write">): Promise<void> {
    const submitted = this.worksheet.steps.some((one) => one.do === "move" && one.move === "submit");
    if (this.#answered || !submitted) return;
    this.#answered = true;
    await this.#save(
      await this.stage.as(step),
      "criteria",
      demoAnswers(this.worksheet, this.engagement.standardVersion),
    );
  }

  async #meetCriteria(step: StepOf<"sign">): Promise<void> {
    const { digest, criteria } = await getCriteria(await this.stage.as(step), this.#id, undefined);
    for (const { id, decision } of criteria) {
      const finding = {
        kind: "decision",
        digest,
        baseVersion: decision?.version ?? 0,
        outcome: "met",
        note: "",
      } as const;
      await decideCriterion(await this.stage.as(step), this.#id, id, finding);
    }
  }

  async #save<K extends PartKey>(context: SignedInContext, key: K, content: SectionContent<K>): Promise<void> {
    const { sections } = await getWorksheet(context, this.#id);
    if (!sections) throw new Error(`${this.#name}: its writer does not see the draft.`);
    await saveSection(context, this.#id, key, { baseVersion: sections[key]?.version ?? 0, content });
  }

  async #attach(step: StepOf<"attach">): Promise<void> {
    for (const { label: _label, item, ...link } of step.evidence) {
      const itemId = item === null ? null : demoItemId(this.#name, item);
      await addEvidence(await this.stage.as(step), this.#id, { ...link, itemId });
    }
  }

  async #use(context: SignedInContext, { title, label, ...own }: StepOf<"use">): Promise<void> {
    const { items } = await readRegister(context, this.engagementId);
    const record = items.find((one) => one.title === title);
    const { sections } = await getWorksheet(context, this.#id);
    if (!record || !sections?.definition)
      throw new Error(`${this.#name}: there is no shared control “${title}” to use.`);
    const { description, nature, owner, changedOn } = record;
    const text = { title, description, nature, owner, changedOn };
    const origin = { origin: own.origin, requirementRef: own.requirementRef, aboveAndBeyond: own.aboveAndBeyond };
    const blank = { id: demoItemId(this.#name, label), label, ...text, ...origin, recordId: record.id };
    const { narrative, items: before } = sections.definition.content;
    await this.#save(context, "definition", {
      narrative,
      items: { controls: [...before.controls, carryText(blank, text)] },
    });
  }

  /** Answers the warnings that stand, as whoever is about to submit. */
  async #settle(context: SignedInContext): Promise<void> {
    const { reasons = {} } = this.worksheet;
    const draft = await getWorksheet(context, this.#id);
    const { rigour, sections } = draft;
    if (!rigour || !sections) throw new Error(`${this.#name}: its submitter does not see the draft.`);
    const contents = Object.fromEntries(SECTION_KEYS.map((key) => [key, sections[key]?.content]));
    const outcomes = askDraft(draft, rigour, contents as unknown as WorksheetSections);
    for (const { key, rule } of warningsWithoutReason(wantingReason(outcomes), rigour.reasons)) {
      const reason = reasons[rule];
      if (reason) await answerWarning(context, this.#id, { key, reason });
    }
  }

  async #decide(context: SignedInContext, step: StepOf<"sign" | "refuse" | "revoke">): Promise<void> {
    if (step.do === "sign") {
      const { digest, statementVersion } = await getStatement(context, this.#id);
      await signOff(context, this.#id, { kind: "sign", digest, statementVersion });
    } else if (step.do === "refuse") {
      const { digest } = await getWorksheet(context, this.#id);
      await signOff(context, this.#id, { kind: "refuse", digest, reason: step.reason });
    } else {
      await signOff(context, this.#id, { kind: "revoke", reason: step.reason });
    }
  }

  async #talk(context: SignedInContext, step: StepOf<"comment" | "reply" | "resolve">): Promise<void> {
    if (step.do === "comment") {
      const { section, visibility, body } = step;
      const itemId = step.item === undefined ? null : demoItemId(this.#name, step.item);
      const thread = await openThread(context, this.#id, { section, itemId, visibility, body });
      this.#threads.set(step.thread, thread.id);
      return;
    }
    const threadId = this.#threads.get(step.thread);
    if (threadId === undefined) throw new Error(`${this.#name}: no thread ${step.thread}.`);
    if (step.do === "reply") await addComment(context, threadId, step.body);
    else await setThreadState(context, threadId, true);
  }
}
