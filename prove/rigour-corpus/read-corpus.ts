import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { sectionContentSchema } from "@/lib/contracts/section";
import { calendarDay } from "@/lib/contracts/text";
import { STANDARD_VERSIONS } from "@/lib/domain/catalogue/standard-version";
import { RULE_IDS, type RuleId } from "@/lib/domain/rigour/finding";
import type { RigourSubject } from "@/lib/domain/rigour/subject";
import { SECTION_KEYS, type SectionKey } from "@/lib/domain/worksheet/sections";

/** The format's name, which every file of a corpus carries. */
const FORMAT = "countervail.rigour-corpus.v1";

/** Something in a worksheet that an assessor would object to, as whoever wrote the corpus says. */
export interface Defect {
  readonly rule: RuleId;
  /** Null for the header or the worksheet as a whole. */
  readonly section: SectionKey | null;
  readonly itemId: string | null;
  readonly why: string;
}

/** A worksheet of a corpus with what is known to be wrong with it. Good ones have no defect. */
export interface CorpusWorksheet {
  readonly id: string;
  readonly title: string;
  readonly quality: "good" | "poor";
  readonly subject: RigourSubject;
  readonly defects: readonly Defect[];
}

const sections = z.strictObject(
  Object.fromEntries(SECTION_KEYS.map((key) => [key, sectionContentSchema(key)])) as {
    [K in SectionKey]: ReturnType<typeof sectionContentSchema<K>>;
  },
);
const answer = z.boolean().nullable();
const evidence = z.strictObject({
  id: z.string(),
  section: z.enum(SECTION_KEYS),
  itemId: z.string().nullable(),
  title: z.string(),
  url: z.string(),
  shows: z.string(),
  collectedOn: calendarDay,
  validUntil: calendarDay.nullable(),
  files: z
    .array(z.strictObject({ name: z.string(), size: z.number().int(), type: z.string(), sha256: z.string() }))
    .optional(),
  cardNumbers: z.boolean().optional(),
});
const facts = z.strictObject({
  today: calendarDay,
  assessmentType: z.enum(["ROC", "SAQ"]),
  customizedApproach: z.boolean(),
  eligibility: z.strictObject({
    missedActivity: answer,
    storedSad: answer,
    legalBar: answer,
    switchable: answer,
    whyNotSwitchedOn: z.string(),
  }),
  people: z.strictObject({
    authors: z.array(z.string()),
    approver: z.string().nullable(),
    qsas: z.array(z.string()),
  }),
  copiedFrom: z.strictObject({ kind: z.enum(["sample", "worksheet"]), title: z.string(), sections }).nullable(),
  language: z.string().nullable(),
});
const file = z
  .strictObject({
    format: z.literal(FORMAT),
    id: z.string(),
    title: z.string(),
    quality: z.enum(["good", "poor"]),
    subject: z.strictObject({
      standardVersion: z.enum(STANDARD_VERSIONS),
      requirementNumber: z.string(),
      sections,
      evidence: z.array(evidence),
      facts,
    }),
    defects: z.array(
      z.strictObject({
        rule: z.enum(RULE_IDS),
        section: z.enum(SECTION_KEYS).nullable(),
        itemId: z.string().nullable(),
        why: z.string(),
      }),
    ),
  })
  .refine(({ quality, defects }) => (quality === "good") === (defects.length === 0), {
    message: "A good worksheet has no defects, a poor one has some.",
    path: ["defects"],
  });

/** Reads every worksheet of a folder. @throws Error that names the file and the field when one is not in the format */
export async function readCorpus(folder: string): Promise<readonly CorpusWorksheet[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".json")).sort();
  if (names.length === 0) throw new Error(`${folder} holds no worksheets.`);
  return Promise.all(
    names.map(async (name) => {
      const read = file.safeParse(JSON.parse(await readFile(join(folder, name), "utf8")));
      if (!read.success) throw new Error(`${name}: ${z.prettifyError(read.error)}`);
      return read.data as CorpusWorksheet;
    }),
  );
}
