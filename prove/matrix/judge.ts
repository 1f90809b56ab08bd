import type { Problem } from "@/lib/contracts/problem";
import type { Reply } from "../support/client";
import type { Case } from "./cases";
import { sideOf } from "./people";
import type { Stage } from "./stage";
import type { Look, SeenEvent } from "./watch";

/** What is kept from case to case. */
export interface Judgement {
  readonly stage: Stage;
  /** Who has looked at which revision; a second look within a quarter of an hour belongs to the first. */
  readonly viewed: Set<string>;
  /** The answer to the first thing that was not there: all others have to be the same. */
  absent: string | null;
}

/** Judges what a case led to. @returns what is wrong, in words */
export function judge(one: Case, reply: Reply, look: Look, judgement: Judgement): string[] {
  const leaks = judgement.stage.confidential.leaksIn(reply.text, one.asker).map((leak) => `the reply holds ${leak}`);
  return [...leaks, ...judgeKind(one, reply, look, judgement)];
}

function judgeKind(one: Case, reply: Reply, look: Look, judgement: Judgement): string[] {
  const { expected } = one;
  switch (expected.kind) {
    case "allowed":
      return judgeAllowed(one, reply, look, judgement);
    case "anonymous":
      return [...statusIs(reply, 401, "sign_in_required"), ...untouched(look), ...eventsAre(look, [])];
    case "refused":
      return [
        ...statusIs(reply, expected.status, expected.code),
        ...untouched(look, expected.counts),
        ...eventsAre(look, expected.event ? [expected.event] : []),
      ];
    case "denied":
      return [
        ...(expected.status === 404 ? judgeAbsent(reply, judgement) : judgeForbidden(reply, expected.codes)),
        ...untouched(look),
        ...judgeDenial(one, reply, look, expected.codes, judgement),
      ];
  }
}

function judgeForbidden(reply: Reply, codes: readonly string[]): string[] {
  const code = codes.every((one) => one === "step_up") ? "step_up_required" : "forbidden";
  return statusIs(reply, 403, code);
}

/** What belongs to others is answered word for word like what does not exist. */
function judgeAbsent(reply: Reply, judgement: Judgement): string[] {
  const { requestId: _, ...rest } = (reply.json ?? {}) as Partial<Problem>;
  const words = JSON.stringify(rest);
  judgement.absent ??= words;
  const same = judgement.absent === words ? [] : [`another answer than to what does not exist: ${reply.text}`];
  return [...statusIs(reply, 404, "not_found"), ...same];
}

/** Exactly one event, of this very request, on the chain of the actor's own company, and without an engagement. */
function judgeDenial(one: Case, reply: Reply, look: Look, codes: readonly string[], { stage }: Judgement): string[] {
  const problems = eventsAre(look, ["access.denied"]);
  const [event] = look.events;
  if (problems.length > 0 || !event || one.asker === "anonymous") return problems;
  const { payload } = event;
  const { userId, organisationId } = stage.players[one.asker];
  const facts: readonly (readonly [string, boolean])[] = [
    ["is not on the chain of the actor's company", event.logId === `org:${organisationId}`],
    ["names another actor", payload.actorId === userId && payload.actorOrganisationId === organisationId],
    ["is of another request", payload.requestId === reply.headers["x-request-id"]],
    ["shows up in an engagement's trail", payload.engagementId === undefined && payload.worksheetId === undefined],
    ["names changed rows", payload.changes.length === 0],
    [`says it was ${String(payload.detail.attempted)}`, payload.detail.attempted === attemptedBy(one)],
    [`says ${String(payload.detail.code)}, not ${codes.join(" or ")}`, codes.includes(String(payload.detail.code))],
  ];
  return facts.filter(([, holds]) => !holds).map(([problem]) => `the denial's event ${problem}`);
}

/** The name of what was denied. Of what everybody does with their own account only factors and tokens can be. */
function attemptedBy({ line }: Case): string {
  return line.may === "signed_in" ? (line.attempted ?? "account.factors") : line.may;
}

function judgeAllowed(one: Case, reply: Reply, look: Look, judgement: Judgement): string[] {
  const { line } = one;
  const problems = reply.status === (line.success ?? 200) ? [] : [`it was answered ${reply.status}: ${short(reply)}`];
  if (problems.length > 0) return problems;
  const changed = look.tables.length > 0;
  if (line.changes === true && !changed) problems.push("nothing changed");
  if (line.changes !== true && changed) problems.push(`it changed ${look.tables.join(", ")}`);
  const wanted = line.event ? [line.event] : isFirstView(one, judgement) ? ["revision.viewed"] : [];
  problems.push(...eventsAre(look, wanted));
  const [event] = look.events;
  if (event && problems.length === 0) problems.push(...judgeEvent(one, reply, event, judgement));
  const wrong = line.check?.({ stage: judgement.stage, spot: one.spot, asker: one.asker }, reply);
  return wrong ? [...problems, wrong] : problems;
}

/** What happens in an engagement stands on the chain of its owner, whoever did it; everything else on the actor's own. */
function judgeEvent({ line, spot, asker }: Case, reply: Reply, event: SeenEvent, { stage }: Judgement): string[] {
  if (line.may === "everybody" || asker === "anonymous") return [];
  const { userId, organisationId } = stage.players[asker];
  const inEngagement = line.on !== undefined && !(line.ownChain?.(spot) ?? false);
  const { logId, payload } = event;
  const problems: string[] = [];
  if (payload.actorId !== userId) problems.push("the event names another actor");
  if (payload.requestId !== (reply.headers["x-request-id"] ?? payload.requestId))
    problems.push("it is of another request");
  const chain = `org:${inEngagement ? stage.organisations.entity : organisationId}`;
  if (logId !== chain) problems.push("the event is on another chain");
  const named = inEngagement ? stage.engagements[spot.world] : undefined;
  if (line.may !== "engagement.create" && payload.engagementId !== named) problems.push("it is in another trail");
  return problems;
}

/** The first look of the other company at a submitted revision is an event. */
function isFirstView({ line, spot, asker }: Case, { viewed }: Judgement): boolean {
  const revision = line.shows?.(spot) ?? null;
  if (revision === null || asker === "anonymous" || sideOf(asker) !== "assessor") return false;
  const view = `${asker} ${spot.params.worksheetId} ${revision}`;
  if (viewed.has(view)) return false;
  viewed.add(view);
  return true;
}

function statusIs(reply: Reply, status: number, code: string): string[] {
  const problem = reply.json as Partial<Problem> | undefined;
  if (reply.status === status && problem?.code === code) return [];
  return [`it was answered ${reply.status} ${problem?.code ?? ""}, not ${status} ${code}: ${short(reply)}`];
}

function untouched({ tables }: Look, counts: readonly string[] = []): string[] {
  const written = tables.filter((name) => !counts.includes(name));
  return written.length === 0 ? [] : [`it wrote in ${written.join(", ")}`];
}

function eventsAre({ events }: Look, wanted: readonly string[]): string[] {
  const left = events.map(({ payload }) => payload.action);
  return left.join() === wanted.join() ? [] : [`it left ${inWords(left)}, not ${inWords(wanted)}`];
}

function inWords(events: readonly string[]): string {
  return events.length === 0 ? "no event" : events.join(" and ");
}

function short(reply: Reply): string {
  return reply.text.slice(0, 200);
}
