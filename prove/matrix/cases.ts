import { randomBytes, randomUUID } from "node:crypto";
import type { Random } from "../support/random";
import { type Line, nameOf } from "./line";
import { type Asker, PERSON_KEYS, type PersonKey, standingOf } from "./people";
import { type Expected, expectedOf, hangsOnStepUp } from "./rights";
import type { Spot } from "./spot";
import type { Stage } from "./stage";

/** One request of the matrix, with what it has to lead to. */
export interface Case {
  readonly line: Line;
  readonly spot: Spot;
  readonly asker: Asker;
  readonly steppedUp: boolean;
  readonly expected: Expected;
}

/** The target of what is aimed at nothing but the asker's own organisation or account. */
const OWN: Spot = { kind: "organisation", world: "assessed", name: "own organisation", params: {} };
const ASKERS: readonly Asker[] = [...PERSON_KEYS, "anonymous"];
/** Over so many spots do those take turns to whom the state is nothing. */
const TURNS = 4;
/** Whoever asks for what does not exist: somebody who may much, somebody of the other company, and a stranger. */
const SEEKERS: readonly PersonKey[] = ["lead", "qsa_lead", "foreigner"];

/**
 * Every line for everybody, on everything that it can be aimed at. Whoever has a role there asks in every state. To
 * strangers and to people who are not signed in a worksheet's state is nothing: they take turns over the states.
 */
export function allCases(lines: readonly Line[], stage: Stage): Case[] {
  return lines.flatMap((line) => {
    const spots = line.on ? stage.spots.filter((spot) => spot.kind === line.on && (line.only?.(spot) ?? true)) : [OWN];
    if (spots.length === 0) throw new Error(`${nameOf(line)} is aimed at nothing.`);
    const known = spots.flatMap((spot, turn) =>
      ASKERS.filter((asker, index) => asks(asker, spot, index % TURNS === turn % TURNS)).flatMap((asker) =>
        casesOf(line, spot, asker, stage),
      ),
    );
    return [...known, ...unknownCases(line, spots[0])];
  });
}

/**
 * Whether somebody asks at a spot. Beside a worksheet without an assessor company stand those who decide there; the
 * others' rights are those that they have beside the other worksheets.
 */
function asks(asker: Asker, spot: Spot, hasTurn: boolean): boolean {
  if (!spot.sheet) return true;
  const standing = asker === "anonymous" ? "stranger" : standingOf(asker, spot.world);
  if (standing === "stranger" || standing === "powerless") return hasTurn || spot.kind === "thread";
  return spot.world === "assessed" || standing === "isa" || standing === "officer";
}

function casesOf(line: Line, spot: Spot, asker: Asker, stage: Stage): Case[] {
  if (asker === "anonymous") {
    const expected: Expected = line.may === "everybody" ? everybody(line, spot) : { kind: "anonymous" };
    return [{ line, spot, asker, steppedUp: false, expected }];
  }
  return sessionsFor(line, spot, asker).map((steppedUp) => {
    const roleOf = line.changesRoleOf?.({ stage, spot, asker }) ?? null;
    const expected = expectedOf({ line, spot, person: asker, steppedUp, roleOf });
    return { line, spot, asker, steppedUp, expected };
  });
}

function everybody(line: Line, spot: Spot): Expected {
  return line.except?.({ spot, view: "all", standing: "stranger" }) ?? { kind: "allowed" };
}

/**
 * Where the step-up matters, with and without it. Elsewhere those who may come without, so that nothing more is asked of
 * them, and those who may not come with it, so that it helps them nowhere.
 */
function sessionsFor(line: Line, spot: Spot, person: PersonKey): boolean[] {
  if (hangsOnStepUp(line, spot, person)) return [true, false];
  const given = { line, spot, person, roleOf: null };
  return [expectedOf({ ...given, steppedUp: false }).kind === "denied"];
}

/** The same request with ids that nothing has: it is answered as to a stranger. */
function unknownCases(line: Line, like: Spot | undefined): Case[] {
  if (!line.on || !like) return [];
  const params = Object.fromEntries(Object.keys(like.params).map((name) => [name, unknownId(name)]));
  const spot = { ...like, name: "an unknown id", params };
  const expected: Expected = { kind: "denied", status: 404, codes: ["unknown_target"] };
  return SEEKERS.map((asker) => ({ line, spot, asker, steppedUp: true, expected }));
}

/** What nothing has, in the form of the parameter; in another form it would name nothing, which is no denial. */
function unknownId(name: string): string {
  return name === "sha256" ? randomBytes(32).toString("hex") : randomUUID();
}

/**
 * For each line one case of each kind of answer that it can have. Of those that would do, the one is taken whose asker
 * was taken least, so that everybody gets a turn.
 */
export function someCases(cases: readonly Case[], random: Random): Case[] {
  const kinds = new Map<string, Case[]>();
  for (const one of cases) {
    const kind = kindOf(one);
    kinds.set(kind, [...(kinds.get(kind) ?? []), one]);
  }
  const turns = new Map<Asker, number>();
  return [...kinds.values()].map((alike) => {
    const [first, ...others] = random.shuffle(alike);
    if (!first) throw new Error("A kind of answer without a case.");
    const taken = others.reduce((least, one) => (turnsOf(turns, one) < turnsOf(turns, least) ? one : least), first);
    turns.set(taken.asker, turnsOf(turns, taken) + 1);
    return taken;
  });
}

function turnsOf(turns: ReadonlyMap<Asker, number>, { asker }: Case): number {
  return turns.get(asker) ?? 0;
}

/** Cases of one kind differ in who asks and on what. Who is not signed in gets as far as the handler, not the action. */
function kindOf({ line, expected }: Case): string {
  switch (expected.kind) {
    case "denied":
      return `${nameOf(line)} ${expected.status} ${expected.codes.join(" ")}`;
    case "refused":
      return `${nameOf(line)} ${expected.code}`;
    case "anonymous":
      return line.handler;
    default:
      return `${nameOf(line)} ${expected.kind}`;
  }
}

/** A case in words, for findings. */
export function describeCase({ line, spot, asker, steppedUp }: Case): string {
  return `${nameOf(line)}, ${spot.name}, ${asker}${steppedUp ? ", password entered again" : ""}`;
}
