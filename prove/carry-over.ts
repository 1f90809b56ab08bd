import { join } from "node:path";
import fc from "fast-check";
import type { Catalogue } from "@/lib/domain/catalogue/catalogue";
import { counterparts } from "@/lib/domain/catalogue/mapping";
import { successorsOf } from "@/lib/domain/catalogue/successors";
import { carryBack, carryOver } from "@/lib/domain/worksheet/carry-over";
import { CRITERION_IDS } from "@/lib/domain/worksheet/criteria";
import type { CarryTarget, VersionedWorksheet } from "@/lib/domain/worksheet/versioned-worksheet";
import { SAMPLES } from "@/lib/samples/library";
import { sampleOn } from "@/lib/samples/sample-on";
import { readCatalogueFiles } from "@/prisma/seed/catalogue-files";
import { type CarryCase, carryCases, wordsOf } from "@/test/carried";
import { readCorpus } from "./rigour-corpus/read-corpus";
import { Findings } from "./support/findings";
import type { Proof } from "./support/proof";

const CORPUS = join(import.meta.dirname, "rigour-corpus", "worksheets");
/** The day on which samples are written out. */
const TODAY = "2026-11-24";
const GENERATED = { full: 500, short: 50 };

/** A worksheet with a place in the other version, and what it is called in a finding. */
interface Journey extends CarryCase {
  readonly name: string;
}

/** What all journeys together came to. */
interface Tally {
  words: number;
  kept: number;
  lost: number;
  /** Words among a person's that nobody wrote. */
  slippedIn: number;
  /** Words of added parts, which stand beside the person's. */
  added: number;
  unmarked: number;
  references: number;
  choices: number;
}

/**
 * Carries worksheets into the other version of PCI DSS and back: generated ones, every sample and every worksheet of the
 * rules' corpus, each to every place that the catalogue names for it. It counts words by itself, without asking the code
 * that carries, and compares both texts string by string: what differs has to be told.
 */
export const prove: Proof = async ({ short, seed }) => {
  const findings = new Findings();
  const catalogue = await readCatalogueFiles();
  const runs = short ? GENERATED.short : GENERATED.full;
  const generated = fc.sample(carryCases(catalogue), { numRuns: runs, seed });
  const journeys = [
    ...generated.map((one, at): Journey => ({ ...one, name: `generated ${at + 1}` })),
    ...(await written(catalogue)),
  ];
  const tally = { words: 0, kept: 0, lost: 0, slippedIn: 0, added: 0, unmarked: 0, references: 0, choices: 0 };
  for (const journey of journeys) travel(journey, catalogue, tally, findings);
  findings.expect(generated.length >= runs, "too few worksheets were generated");
  findings.expect(
    tally.references > 0 && tally.choices > 0,
    "no reference was carried or left to choose, so nothing was tried",
  );
  return findings.result(
    `${journeys.length} journeys there and back (${generated.length} generated worksheets, the others samples and corpus): ${tally.words} words, ${tally.kept} kept, ${tally.lost} lost, ${tally.slippedIn} slipped in among them; ${tally.added} words added beside them, ${tally.unmarked} unmarked; ${tally.references} references carried and told, ${tally.choices} left to choose`,
  );
};

/** Samples and corpus, to every place of theirs. */
async function written(catalogue: Catalogue): Promise<Journey[]> {
  const samples = SAMPLES.map((sample) => sampleOn(sample, TODAY)).map(
    ({ id, standardVersion, requirementNumber, sections, criteria }) => {
      const answers = CRITERION_IDS.map((criterion) => ({ id: criterion, answer: criteria[criterion] }));
      const worksheet: VersionedWorksheet = { standardVersion, requirementNumber, sections, answers };
      return { name: `sample ${id}`, worksheet };
    },
  );
  const corpus = (await readCorpus(CORPUS)).map(({ id, subject }) => {
    const { standardVersion, requirementNumber, sections } = subject;
    const worksheet: VersionedWorksheet = { standardVersion, requirementNumber, sections, answers: [] };
    return { name: `corpus ${id}`, worksheet };
  });
  return [...samples, ...corpus].flatMap(({ name, worksheet }) =>
    placesOf(worksheet, catalogue).map((target) => ({ name, worksheet, target })),
  );
}

/** Every place in the other version. A worksheet whose number has none travels all the same, to no number. */
function placesOf({ standardVersion, requirementNumber }: VersionedWorksheet, catalogue: Catalogue): CarryTarget[] {
  const found =
    standardVersion === "3.2.1"
      ? successorsOf(catalogue, requirementNumber)
      : counterparts(catalogue.mappings, "4.0.1", requirementNumber).map(({ number }) => ({ number, changed: "" }));
  return (found.length === 0 ? [{ number: "", changed: "" }] : found).map(({ number, changed }) => ({
    standardVersion: standardVersion === "3.2.1" ? "4.0.1" : "3.2.1",
    requirementNumber: number,
    changed,
  }));
}

function travel({ name, worksheet, target }: Journey, catalogue: Catalogue, tally: Tally, findings: Findings): void {
  const there = carryOver(worksheet, target, catalogue);
  const back = carryBack(there, catalogue);
  const words = wordsOf(textOf(worksheet));
  const returned = wordsOf(textOf(back.worksheet));
  const lost = missing(words, returned);
  const slippedIn = missing(returned, words);
  tally.words += words.length;
  tally.kept += words.length - lost;
  tally.lost += lost;
  tally.slippedIn += slippedIn;
  findings.expect(lost === 0 && slippedIn === 0, `${name}: ${lost} words lost, ${slippedIn} slipped in`);
  findings.expect(
    JSON.stringify(back.worksheet) === JSON.stringify(worksheet),
    `${name}: it came back otherwise than it went`,
  );
  const told = new Set(
    there.references.filter(({ choose }) => !choose).map(({ before, after }) => `${before}\n${after}`),
  );
  for (const { path, before, after } of differences(textOf(worksheet), textOf(there.worksheet))) {
    const isTold = path.endsWith(".requirementRef") && told.has(`${before}\n${after}`);
    findings.expect(isTold, `${name}: ${path} was changed and nobody is told`);
    if (!isTold) tally.unmarked += wordsOf(after).length;
  }
  for (const part of there.added) {
    tally.added += wordsOf([part.title, part.text]).length;
    const isMarked = [part.id, part.part, part.kind, part.reason, part.source].every((one) => one !== "");
    findings.expect(isMarked, `${name}: an added part does not say what it is and why`);
    if (!isMarked) tally.unmarked += wordsOf([part.title, part.text]).length;
  }
  tally.references += told.size;
  tally.choices += there.references.filter(({ choose }) => choose).length;
}

/** What people wrote of a worksheet. */
function textOf({ sections, answers }: VersionedWorksheet) {
  return { sections, answers };
}

/** How many words of the one text the other does not have, each counted as often as it stands there. */
function missing(wanted: readonly string[], there: readonly string[]): number {
  const left = new Map<string, number>();
  for (const word of there) left.set(word, (left.get(word) ?? 0) + 1);
  return wanted.filter((word) => {
    const count = left.get(word) ?? 0;
    left.set(word, count - 1);
    return count <= 0;
  }).length;
}

interface Difference {
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** Every place at which two values differ, down to their strings. */
function differences(before: unknown, after: unknown, path = ""): readonly Difference[] {
  if (Object.is(before, after)) return [];
  if (typeof before !== "object" || typeof after !== "object" || before === null || after === null) {
    return [{ path, before, after }];
  }
  const [a, b] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  return [...new Set([...a.keys(), ...b.keys()])].flatMap((key) =>
    differences(a.get(key), b.get(key), `${path}.${key}`),
  );
}
