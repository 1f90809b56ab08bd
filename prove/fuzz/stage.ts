import { randomUUID } from "node:crypto";
import type pg from "pg";
import type { ControlDetailDto } from "@/lib/contracts/controls";
import type { EngagementDto } from "@/lib/contracts/engagement";
import type { EvidenceDto } from "@/lib/contracts/evidence";
import type { ExportDto } from "@/lib/contracts/export";
import type { StatementDto, ThreadDto } from "@/lib/contracts/review";
import type { WorksheetDto, WorksheetListItemDto } from "@/lib/contracts/worksheet";
import { CCW_PARTS, isSection } from "@/lib/domain/worksheet/sections";
import { LET_THROUGH } from "@/test/fixtures/gate-answers";
import { UUIDS } from "@/test/fixtures/passing-worksheet";
import {
  putApiToken,
  putApp,
  putFactorReset,
  putInvitation,
  putPasskey,
  putServiceAccount,
} from "../support/account-rows";
import type { App } from "../support/app";
import {
  addMember,
  addOrganisation,
  addPerson,
  addSession,
  type Person,
  type PutSession,
  stepUp,
} from "../support/cast";
import { Client } from "../support/client";
import { meetCriteria } from "../support/criteria";
import { makeWebhook } from "../support/webhook";
import { attachEvidence, makeWorkbook, must, saveSection, submittableOf } from "../support/workbook";
import { EVIDENCE, fullSection } from "./content";

/** Who asks. The spare may be signed out, locked out and given another password without harm to the others. */
export const PARTIES = ["lead", "contributor", "qsa", "spare", "anonymous"] as const;
export type Party = (typeof PARTIES)[number];

/** An engagement with both sides in it, worksheets in several states, and everything that addresses can name. */
export class Stage {
  readonly #clients = new Map<Party, Client>();
  readonly #sessions = new Map<Party, PutSession>();
  readonly #parameters = new Map<string, string>();

  private constructor(
    readonly app: App,
    readonly sql: pg.Client,
    readonly organisationIds: readonly [entity: string, assessor: string],
    readonly engagementId: string,
    readonly worksheetIds: readonly string[],
    readonly people: Readonly<Record<Exclude<Party, "anonymous">, Person>>,
  ) {}

  /**
   * @param worksheets at least three: a draft, one in review, one signed; then one sent back, one withdrawn, drafts
   * @throws Error when the app refuses one of the steps
   */
  static async make(app: App, sql: pg.Client, worksheets: number): Promise<Stage> {
    const workbook = await makeWorkbook(app, "Fuzz", worksheets, 1);
    const { organisationId, engagementId, worksheetIds } = workbook;
    const [lead, contributor] = workbook.people;
    const assessorId = await addOrganisation(sql, "assessor", "Fuzz Assessors");
    const qsa = await addPerson(sql, assessorId, "admin", "Fuzz QSA");
    const spare = await addPerson(sql, organisationId, "member", "Fuzz Spare");
    if (!lead || !contributor) throw new Error("The workbook has nobody in it.");
    const people = { lead, contributor, qsa, spare };
    const stage = new Stage(app, sql, [organisationId, assessorId], engagementId, worksheetIds, people);
    for (const party of PARTIES) await stage.renew(party);
    const assessor = `/api/v1/engagements/${engagementId}/assessor`;
    must(await stage.client("lead").send("POST", assessor, { body: { organisationId: assessorId } }));
    must(await stage.client("qsa").send("POST", `${assessor}/accept`));
    await addMember(sql, { id: engagementId, organisationId }, qsa, "qsa_lead");
    await stage.#play();
    await stage.#name();
    return stage;
  }

  /** Somebody's browser, for what is not fuzzed. */
  client(party: Party): Client {
    const client = this.#clients.get(party);
    if (!client) throw new Error(`${party} has no browser.`);
    return client;
  }

  /** Gives somebody a new session; of what the old one did nothing is left to them. */
  async renew(party: Party): Promise<void> {
    if (party === "anonymous") {
      this.#clients.set(party, new Client(this.app));
      return;
    }
    const session = await addSession(this.sql, this.app, this.people[party]);
    this.#sessions.set(party, session);
    this.#clients.set(party, session.client);
  }

  /** What stands in an address for a parameter that an example leaves open. @throws Error for a name it does not know */
  parameter(name: string): string {
    const found = this.#parameters.get(name);
    if (found === undefined) throw new Error(`An address has a part "${name}": say in the stage what it may be.`);
    return found;
  }

  /** As if somebody had just entered the password again. */
  async stepUp(party: Party): Promise<void> {
    const session = this.#sessions.get(party);
    if (session) await stepUp(this.sql, session);
  }

  /** An invitation into the entity that nobody has used. @returns its token */
  async invitation(): Promise<string> {
    return (await putInvitation(this.sql, this.organisationIds[0], this.people.lead.userId)).token;
  }

  /** Adds a link of evidence, to be changed or removed. */
  async evidence(worksheetId: string): Promise<EvidenceDto> {
    return must(
      await this.client("lead").send("POST", `/api/v1/worksheets/${worksheetId}/evidence`, { body: EVIDENCE }),
    );
  }

  /** Adds a file to a piece of evidence; each has a content of its own. */
  async file(evidenceId: string): Promise<{ readonly id: string; readonly sha256: string }> {
    const raw = `A file for the fuzz: ${randomUUID()}`;
    const address = `/api/v1/evidence/${evidenceId}/files?name=fuzz.txt`;
    const file = must<EvidenceDto>(await this.client("lead").send("POST", address, { raw })).files.at(-1);
    if (!file) throw new Error("The file was not taken.");
    return file;
  }

  /** Opens a thread, to be answered. */
  async thread(worksheetId: string): Promise<ThreadDto> {
    const body = { section: null, itemId: null, visibility: "shared", body: "What about the region?" };
    return must(await this.client("lead").send("POST", `/api/v1/worksheets/${worksheetId}/threads`, { body }));
  }

  /** A worksheet as the lead reads it now. */
  async worksheet(id: string): Promise<WorksheetDto> {
    return must(await this.client("lead").send("GET", `/api/v1/worksheets/${id}`));
  }

  /** A worksheet that is written on now; one is taken back into writing when none is. */
  async inWriting(): Promise<WorksheetDto> {
    return this.#somewhere(["draft", "changes_requested"], async (sheet) => {
      if (sheet.state === "qsa_review") await this.move("qsa", sheet.id, "request_changes");
      else await this.move("lead", sheet.id, "reopen");
    });
  }

  /** A worksheet that the QSA has to decide on; one is submitted when there is none. */
  async inReview(): Promise<WorksheetDto> {
    return this.#somewhere(["qsa_review"], async (sheet) => {
      if (!["draft", "changes_requested"].includes(sheet.state)) await this.move("lead", sheet.id, "reopen");
      await this.#write(sheet.id);
      await this.move("lead", sheet.id, "submit");
    });
  }

  async move(party: "lead" | "qsa", id: string, move: string): Promise<void> {
    await this.stepUp(party);
    const body = { move, reason: "Because the plot says so." };
    must(await this.client(party).send("POST", `/api/v1/worksheets/${id}/moves`, { body }));
  }

  /** The QSA's signature under a worksheet in review. */
  async sign(id: string): Promise<void> {
    await this.stepUp("qsa");
    await meetCriteria(this.client("qsa"), id);
    const address = `/api/v1/worksheets/${id}/sign-off`;
    const { digest, statementVersion } = must<StatementDto>(
      await this.client("qsa").send("GET", `${address}/statement`),
    );
    must(await this.client("qsa").send("POST", address, { body: { kind: "sign", digest, statementVersion } }));
  }

  async #somewhere(states: readonly string[], make: (sheet: WorksheetDto) => Promise<void>): Promise<WorksheetDto> {
    const address = `/api/v1/engagements/${this.engagementId}/worksheets`;
    const { items } = must<{ items: readonly WorksheetListItemDto[] }>(await this.client("lead").send("GET", address));
    const sheets = items.filter(({ id }) => this.worksheetIds.includes(id));
    const there = sheets.find(({ state }) => states.includes(state));
    if (there) return this.worksheet(there.id);
    const first = sheets.find(({ state }) => state !== "internal_review") ?? sheets[0];
    if (!first) throw new Error("There is no worksheet.");
    await this.#withoutInternalReview();
    if (first.state === "internal_review") await this.move("lead", first.id, "withdraw");
    await make(await this.worksheet(first.id));
    return this.worksheet(first.id);
  }

  /** What is fuzzed may have switched it on, and there is nobody who could approve. */
  async #withoutInternalReview(): Promise<void> {
    const address = `/api/v1/engagements/${this.engagementId}`;
    const { name, periodStart, periodEnd, dueOn, version } = must<EngagementDto>(
      await this.client("lead").send("GET", address),
    );
    const body = { name, periodStart, periodEnd, dueOn, version, internalReview: false };
    must(await this.client("lead").send("PATCH", address, { body }));
  }

  async #play(): Promise<void> {
    const [, review, signed, back, withdrawn] = this.worksheetIds;
    for (const id of [review, signed, back]) {
      if (id === undefined) continue;
      await this.#write(id);
      await this.move("lead", id, "submit");
    }
    if (signed !== undefined) await this.sign(signed);
    if (back !== undefined) await this.move("qsa", back, "request_changes");
    if (withdrawn !== undefined) await this.move("lead", withdrawn, "withdraw");
  }

  async #name(): Promise<void> {
    const [dispositionId] = must<{ items: readonly { id: string }[] }>(
      await this.client("lead").send("GET", `/api/v1/engagements/${this.engagementId}/dispositions`),
    ).items.map((row) => row.id);
    const [worksheetId = ""] = this.worksheetIds;
    const subject = await addPerson(this.sql, this.organisationIds[0], "member", "Fuzz Subject");
    const second = await addPerson(this.sql, this.organisationIds[0], "admin", "Fuzz Second");
    const { contributor } = this.people;
    await this.stepUp("lead");
    await putApp(this.sql, subject);
    const evidence = await this.evidence(worksheetId);
    const file = await this.file(evidence.id);
    const exports = `/api/v1/engagements/${this.engagementId}/exports`;
    const asked = must<ExportDto>(await this.client("lead").send("POST", exports, { body: { kind: "workbook" } }));
    const named = {
      personId: subject.userId,
      resetId: await putFactorReset(this.sql, subject, second.userId),
      invitationId: (await putInvitation(this.sql, this.organisationIds[0], second.userId)).id,
      tokenId: (await putApiToken(this.sql, subject.userId)).id,
      serviceId: await putServiceAccount(this.sql, this.organisationIds[0], second.userId),
      webhookId: await makeWebhook(this.client("lead")),
      passkeyId: await putPasskey(this.sql, contributor.userId),
      sessionId: this.#sessions.get("contributor")?.sessionId ?? "",
      engagementId: this.engagementId,
      worksheetId,
      dispositionId: dispositionId ?? "",
      evidenceId: evidence.id,
      fileId: file.id,
      exportId: asked.id,
      sha256: file.sha256,
      controlId: await this.#control(),
      itemId: UUIDS.c1,
      threadId: (await this.thread(worksheetId)).id,
      userId: contributor.userId,
      role: "contributor",
      version: "4.0.1",
      sampleId: "8.1.6",
      number: "8.3.4",
      section: "definition",
      criterion: "intent",
      token: "nobody-has-this-one",
      nextauth: "csrf",
      rest: "nothing-here",
    };
    for (const [name, value] of Object.entries(named)) this.#parameters.set(name, value);
  }

  async #control(): Promise<string> {
    const body = { title: "Shared", description: "", nature: "detective", owner: "", changedOn: "", evidence: [] };
    const address = `/api/v1/engagements/${this.engagementId}/controls`;
    return must<ControlDetailDto>(await this.client("lead").send("POST", address, { body })).control.id;
  }

  async #write(id: string): Promise<void> {
    const { sections, evidence, rigour } = await this.worksheet(id);
    for (const key of CCW_PARTS) {
      const version = sections?.[key]?.version ?? 0;
      const content = isSection(key) ? submittableOf(key, "Written for the fuzz.") : fullSection(key);
      must(await saveSection(this.client("lead"), { worksheetId: id, key }, version, content));
    }
    if (!evidence?.some(({ section }) => section === "constraints")) await attachEvidence(this.client("lead"), id);
    const body = { baseVersion: rigour?.eligibilityVersion ?? 0, answers: LET_THROUGH };
    must(await this.client("lead").send("PUT", `/api/v1/worksheets/${id}/eligibility`, { body }));
  }
}
