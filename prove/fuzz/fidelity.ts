import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import type { ScopeDto } from "@/lib/contracts/scope-result";
import type { SectionDto } from "@/lib/contracts/section";
import { KEY_OPTION_IDS } from "@/lib/domain/catalogue/key-option";
import { BOOLEAN_ANSWERS, NUMBER_ANSWERS } from "@/lib/domain/scope/answers";
import { CCW_PARTS, type CcwPartKey } from "@/lib/domain/worksheet/sections";
import type { Reply } from "../support/client";
import type { Findings } from "../support/findings";
import { must, saveSection } from "../support/workbook";
import { fullSection } from "./content";
import { anyString } from "./junk";
import type { Stage } from "./stage";
import { TEXT_FIELDS } from "./texts";

/** What was stored as sent, and what was refused. */
export interface Tally {
  kept: number;
  refused: number;
}

/**
 * Sends arbitrary text to every field that keeps text and reads it back: it is what was sent, to the code unit, or it was
 * refused with 422 and the field's name, and refused only for a reason.
 */
export async function checkTexts(stage: Stage, seed: number, rounds: number, findings: Findings): Promise<Tally> {
  const tally = { kept: 0, refused: 0 };
  for (const [index, field] of TEXT_FIELDS.entries()) {
    for (const text of fc.sample(anyText(field.max), { seed: seed + index, numRuns: rounds })) {
      const { reply, read } = await field.store(stage, text);
      const { name } = field;
      const isGood = isStorable(text) && text.length <= field.max && !(field.required && text.trim() === "");
      if (isGood && reply.status < 300) {
        tally.kept += 1;
        const found = await read();
        for (const one of found) findings.expect(one === text, `${name}: sent ${show(text)}, stored ${show(one)}`);
      } else {
        tally.refused += 1;
        expectRefusal(reply, name, show(text), isGood, (path) => path === field.path, findings);
      }
    }
  }
  for (const [index, key] of CCW_PARTS.entries()) await checkSection(stage, key, seed + index, rounds, tally, findings);
  await checkAnswers(stage, seed, rounds, findings);
  return tally;
}

/** The scope wizard's answers: whole numbers up to the largest, yes and no. */
async function checkAnswers(stage: Stage, seed: number, rounds: number, findings: Findings): Promise<void> {
  const address = `/api/v1/engagements/${stage.engagementId}/scope`;
  const number = fc.integer({ min: 0, max: 1_000_000 });
  const given = fc.record(
    {
      ...Object.fromEntries(NUMBER_ANSWERS.map((name) => [name, number])),
      ...Object.fromEntries(BOOLEAN_ANSWERS.map((name) => [name, fc.boolean()])),
      keyOptions: fc.uniqueArray(fc.constantFrom(...KEY_OPTION_IDS)),
    },
    { requiredKeys: [] },
  );
  for (const answers of fc.sample(given, { seed, numRuns: rounds })) {
    const { version } = must<ScopeDto>(await stage.client("lead").send("GET", address));
    const reply = await stage.client("lead").send("PUT", address, { body: { version, answers } });
    const stored = must<ScopeDto>(await stage.client("lead").send("GET", address)).answers;
    const same = reply.status === 200 && isDeepStrictEqual(stored, { ...answers });
    findings.expect(same, `scope: sent ${show(answers)}, got ${reply.status}, stored ${show(stored)}`);
  }
}

/** Any text; some of it as long as allowed, or longer. */
function anyText(max: number): fc.Arbitrary<string> {
  const long = fc.constantFrom(max, max + 1).map((length) => "ż".repeat(length));
  return fc.oneof({ weight: 12, arbitrary: anyString }, { weight: 1, arbitrary: long });
}

/** NUL cannot be stored, and a broken character would come back as another one. */
function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes("\u0000");
}

function expectRefusal(
  reply: Reply,
  name: string,
  sent: string,
  isGood: boolean,
  names: (path: string) => boolean,
  findings: Findings,
): void {
  const { errors = [] } = (reply.json ?? {}) as { readonly errors?: readonly { readonly path: string }[] };
  if (reply.status < 300) findings.add(`${name}: ${sent} was taken`);
  else if (isGood) findings.add(`${name}: ${sent} was refused without a reason: ${reply.text.slice(0, 300)}`);
  else if (reply.status !== 422 || !errors.some(({ path }) => names(path))) {
    findings.add(`${name}: ${sent} was refused without the field's name: ${reply.text.slice(0, 300)}`);
  }
}

/** Leaves of a section that are words of the person's, and not a choice, a reference or a date. */
const NO_WORDS =
  /^(type|id|controlIds|origin|nature|constraintType|kind|likelihood|impact|outcome|testedOn|changedOn|reviewDue|href|start)$/;

/** Fills every text of a section anew, saves and reads it; then breaks one of the texts. */
async function checkSection(
  stage: Stage,
  key: CcwPartKey,
  seed: number,
  rounds: number,
  tally: Tally,
  findings: Findings,
): Promise<void> {
  const places = placesOf(fullSection(key), []);
  const good = anyString.filter((text) => isStorable(text) && text.length > 0 && text.length <= 20);
  const bad = anyString.filter((text) => !isStorable(text) && text.length <= 20);
  const filled = fc.record({
    texts: fc.array(good, { minLength: places.length, maxLength: places.length }),
    broken: bad,
    at: fc.integer({ min: 0, max: places.length - 1 }),
  });
  for (const { texts, broken, at } of fc.sample(filled, { seed, numRuns: rounds })) {
    const { id, sections } = await stage.inWriting();
    const version = sections?.[key]?.version ?? 0;
    const content = structuredClone(fullSection(key));
    for (const [index, path] of places.entries()) setAt(content, path, texts[index] ?? "");
    const save = (base: number) => saveSection(stage.client("lead"), { worksheetId: id, key }, base, content);
    const reply = await save(version);
    if (reply.status !== 200) {
      findings.add(`section ${key}: ${show(content)} was refused: ${reply.text.slice(0, 300)}`);
      continue;
    }
    tally.kept += places.length;
    const stored = [(reply.json as SectionDto).content, (await stage.worksheet(id)).sections?.[key]?.content];
    const same = stored.every((one) => isDeepStrictEqual(one, content));
    findings.expect(same, `section ${key}: sent ${show(content)}, stored ${show(stored)}`);
    const path = places[at] ?? [];
    setAt(content, path, broken);
    tally.refused += 1;
    // An error inside of a block points at the block.
    const full = ["content", ...path].join(".");
    const names = (shown: string) => full === shown || (shown.startsWith("content.") && full.startsWith(`${shown}.`));
    expectRefusal(await save(version + 1), `section ${key}, ${full}`, show(broken), false, names, findings);
  }
}

type Place = readonly string[];

function placesOf(value: unknown, path: Place): Place[] {
  if (typeof value === "string") return path.some((part) => NO_WORDS.test(part)) ? [] : [path];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => placesOf(inner, [...path, key]));
}

function setAt(value: unknown, path: Place, text: string): void {
  const [last = "", ...before] = [...path].reverse();
  const parent = before.reverse().reduce((inner, key) => (inner as Record<string, unknown>)[key], value);
  (parent as Record<string, unknown>)[last] = text;
}

function show(value: unknown): string {
  return JSON.stringify(value)?.slice(0, 600) ?? "nothing";
}
