import type pg from "pg";
import type { EvidenceDto } from "@/lib/contracts/evidence";
import type { StatementDto, ThreadDto } from "@/lib/contracts/review";
import type { WorksheetDto } from "@/lib/contracts/worksheet";
import { CRITERION_IDS } from "@/lib/domain/worksheet/criteria";
import { SECTION_KEYS } from "@/lib/domain/worksheet/sections";
import { OPENING } from "@/test/fixtures/gate-answers";
import { SAMPLE_ANSWERS } from "@/test/fixtures/sample-answers";
import type { App } from "../support/app";
import { addSession, stepUp } from "../support/cast";
import type { Client } from "../support/client";
import { unguarded } from "../support/sql";
import { attachEvidence, must, saveSection, submittableOf } from "../support/workbook";
import { Confidential, noteBy, type Secrecy } from "./confidential";
import { type PersonKey, sideOf, type World } from "./people";
import { type Scene, type SheetFacts, type Spot, stateOf } from "./spot";
import type { Player } from "./stage";

/** Where worksheets are played, and by whom. */
interface Play {
  readonly app: App;
  readonly sql: pg.Client;
  readonly world: World;
  readonly engagementId: string;
  readonly players: Readonly<Record<PersonKey, Player>>;
  readonly confidential: Confidential;
}

type Step =
  | { readonly write: "writing" | "submitted" | "signed" }
  | "submit"
  | "request_changes"
  | "withdraw"
  | "reopen"
  | "sign"
  | "refuse"
  | "revoke";

const write = (secrecy: "writing" | "submitted" | "signed"): Step => ({ write: secrecy });

/** What is done to each worksheet. What is written is as confidential as the worksheet's last state makes it. */
const PLOTS: Readonly<Record<Scene, readonly Step[]>> = {
  draft: [write("writing")],
  internal_review: [write("writing"), "submit"],
  qsa_review: [write("submitted"), "submit"],
  changes_requested: [write("submitted"), "submit", "request_changes", write("writing")],
  signed: [write("signed"), "submit", "sign"],
  refused: [write("submitted"), "submit", "refuse"],
  withdrawn: [write("submitted"), "submit", "withdraw"],
  revoked: [write("submitted"), "submit", "sign", "revoke"],
  signed_then_resubmitted: [write("signed"), "submit", "sign", "reopen", write("submitted"), "submit"],
};

/** Plays a worksheet into each of some scenes through the API. @returns the worksheets and their threads as spots */
export async function playWorksheets(
  play: Play,
  scenes: readonly Scene[],
  dispositionIds: readonly string[],
): Promise<Spot[]> {
  for (const secrecy of ["writing", "submitted", "signed", "shared_note", "entity_note"] as const) {
    play.confidential.watch(play.world, secrecy);
  }
  if (play.world === "assessed") play.confidential.watch(play.world, "assessor_note");
  const spots: Spot[] = [];
  for (const [index, scene] of scenes.entries()) {
    const given = { scene, dispositionId: dispositionIds[index] ?? "" };
    const played = () => playScene(play, given);
    spots.push(...(scene === "internal_review" ? await withInternalReview(play, played) : await played()));
  }
  return spots;
}

/** Only while the engagement asks for it does a submission stop at the internal review. */
async function withInternalReview<T>({ sql, engagementId }: Play, work: () => Promise<T>): Promise<T> {
  const set = (on: boolean) =>
    unguarded(sql, () => sql.query("UPDATE engagement SET internal_review = $2 WHERE id = $1", [engagementId, on]));
  await set(true);
  const result = await work();
  await set(false);
  return result;
}

async function playScene(
  play: Play,
  given: { readonly scene: Scene; readonly dispositionId: string },
): Promise<Spot[]> {
  const { players, world, sql } = play;
  const { scene, dispositionId } = given;
  const lead = players.lead.plain.client;
  const { id } = must<WorksheetDto>(
    await lead.send("POST", `/api/v1/dispositions/${dispositionId}/worksheet`, { body: OPENING }),
  );
  const userIds = [players.contributor.userId];
  must(await lead.send("PUT", `/api/v1/worksheets/${id}/assignees`, { body: { userIds } }));
  let writes = 0;
  let evidenceId = "";
  let file = { id: "", sha256: "" };
  for (const step of PLOTS[scene]) {
    if (typeof step === "string") await makeMove(play, id, step);
    else {
      await writeSections(play, id, writes, step.write);
      if (evidenceId === "") {
        evidenceId = await addEvidence(play, id, step.write);
        await attachEvidence(lead, id);
        file = await addFile(play, evidenceId, `${Confidential.textOf(play.world, step.write)} ${scene}`);
      }
      writes += 1;
    }
  }
  const { rows } = await sql.query<{ number: number; digest: string }>(
    "SELECT number, digest FROM revision WHERE worksheet_id = $1 ORDER BY number",
    [id],
  );
  if (scene !== "signed")
    for (const row of rows.slice(scene === "signed_then_resubmitted" ? 1 : 0)) {
      play.confidential.watch(world, "digest", row.digest);
    }
  const sheet = factsOf(play, scene, writes, rows);
  const name = `${world}, ${scene}`;
  const spot: Spot = {
    kind: "worksheet",
    world,
    name,
    params: { worksheetId: id, evidenceId, fileId: file.id, sha256: file.sha256 },
    sheet,
  };
  return [spot, ...(await openThreads(play, spot, sheet))];
}

function factsOf(
  play: Play,
  scene: Scene,
  writes: number,
  revisions: readonly { readonly number: number; readonly digest: string }[],
): SheetFacts {
  const state = stateOf(scene);
  const newest = revisions.at(-1);
  const signed = scene === "signed" || scene === "signed_then_resubmitted";
  return {
    scene,
    state,
    writes,
    submitted: newest !== undefined,
    frozen: !["draft", "internal_review", "changes_requested"].includes(state),
    revision: state === "changes_requested" ? 2 : (newest?.number ?? 1),
    signed,
    digest: newest?.digest ?? "",
    authors: ["lead", "contributor"],
    signer: signed ? deciderOf(play.world) : null,
  };
}

function deciderOf(world: World): PersonKey {
  return world === "assessed" ? "qsa_lead" : "isa";
}

/** The decider finds every criterion met, without a look at the revision that would be an event of its own. */
async function findMet(play: Play, id: string): Promise<void> {
  const { client } = play.players[deciderOf(play.world)].plain;
  const at = `/api/v1/worksheets/${id}`;
  const { digest } = must<StatementDto>(await client.send("GET", `${at}/sign-off/statement`));
  for (const criterion of CRITERION_IDS) {
    const body = { kind: "decision", digest, baseVersion: 0, outcome: "met" };
    must(await client.send("PUT", `${at}/criteria/${criterion}`, { body }));
  }
}

/** The contributor saves one section and answers the criteria, and is an author from then on; the others are put down beside it. */
async function writeSections(play: Play, id: string, version: number, secrecy: Secrecy): Promise<void> {
  const { plain, userId } = play.players.contributor;
  const key = SECTION_KEYS[0];
  const words = Confidential.textOf(play.world, secrecy);
  const content = submittableOf(key, words);
  must(await saveSection(plain.client, { worksheetId: id, key }, version, content));
  const answers = SAMPLE_ANSWERS.items.answers.map((one) => ({ ...one, answer: words }));
  const answered = { baseVersion: version, content: { ...SAMPLE_ANSWERS, items: { answers } } };
  must(await plain.client.send("PUT", `/api/v1/worksheets/${id}/sections/criteria`, { body: answered }));
  for (const other of SECTION_KEYS.slice(1)) {
    const { narrative, items } = submittableOf(other, words);
    await unguarded(play.sql, () =>
      play.sql.query(
        `UPDATE section SET narrative = $3, items = $4, version = version + 1, updated_by_id = $5, updated_at = now()
         WHERE worksheet_id = $1 AND key = $2`,
        [id, other, JSON.stringify(narrative), JSON.stringify(items), userId],
      ),
    );
  }
}

async function addEvidence(play: Play, id: string, secrecy: Secrecy): Promise<string> {
  const body = { ...EVIDENCE, shows: Confidential.textOf(play.world, secrecy) };
  const reply = await play.players.lead.plain.client.send("POST", `/api/v1/worksheets/${id}/evidence`, { body });
  return must<EvidenceDto>(reply).id;
}

/** The file of each worksheet has a content of its own, so that each can be used again in another one. */
async function addFile(play: Play, evidenceId: string, words: string): Promise<{ id: string; sha256: string }> {
  const { client } = play.players.lead.plain;
  const reply = await client.send("POST", `/api/v1/evidence/${evidenceId}/files?name=trace.txt`, { raw: words });
  const [file] = must<EvidenceDto>(reply).files;
  if (!file) throw new Error("The file was not taken.");
  return file;
}

/** A link of evidence as somebody would add it. */
export const EVIDENCE = {
  section: "definition",
  itemId: null,
  title: "Key policy",
  url: "https://example.com/policy",
  shows: "",
  collectedOn: "2026-06-01",
  validUntil: null,
} as const;

/** Moves are the lead's, decisions the decider's; each has a session of its own, since a signature uses up its step-up. */
async function makeMove(play: Play, id: string, move: Extract<Step, string>): Promise<void> {
  const isDecision = move === "sign" || move === "refuse" || move === "revoke";
  const key = isDecision || move === "request_changes" ? deciderOf(play.world) : "lead";
  const session = await addSession(play.sql, play.app, play.players[key]);
  await stepUp(play.sql, session);
  const { client } = session;
  const reason = "Because the plot says so.";
  if (!isDecision) {
    const moved = await client.send("POST", `/api/v1/worksheets/${id}/moves`, { body: { move, reason } });
    if (must<WorksheetDto>(moved).state === "qsa_review") await findMet(play, id);
    return;
  }
  must(
    await client.send("POST", `/api/v1/worksheets/${id}/sign-off`, { body: await decision(client, id, move, reason) }),
  );
}

async function decision(client: Client, id: string, kind: "sign" | "refuse" | "revoke", reason: string) {
  if (kind === "revoke") return { kind, reason };
  const statement = must<StatementDto>(await client.send("GET", `/api/v1/worksheets/${id}/sign-off/statement`));
  const { digest, statementVersion } = statement;
  return kind === "sign" ? { kind, digest, statementVersion } : { kind, digest, reason };
}

/** Each side that may talk about the worksheet opens a shared and a private thread. */
async function openThreads(play: Play, spot: Spot, sheet: SheetFacts): Promise<Spot[]> {
  const openers: PersonKey[] = play.world === "assessed" && sheet.submitted ? ["lead", "qsa_assistant"] : ["lead"];
  const spots: Spot[] = [];
  for (const opener of openers) {
    for (const visibility of ["shared", "private"] as const) {
      const secrecy = visibility === "shared" ? "shared_note" : noteBy(opener);
      const body = { section: null, itemId: null, visibility, body: Confidential.textOf(play.world, secrecy) };
      const { client } = play.players[opener].plain;
      const reply = await client.send("POST", `/api/v1/worksheets/${spot.params.worksheetId}/threads`, { body });
      const thread = { side: sideOf(opener), visibility };
      const name = `${spot.name}, ${visibility} thread of the ${thread.side}`;
      const { id } = must<ThreadDto>(reply);
      spots.push({ kind: "thread", world: play.world, name, params: { threadId: id }, sheet, thread });
    }
  }
  return spots;
}
