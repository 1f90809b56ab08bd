import { randomUUID } from "node:crypto";
import type { Grant } from "@/lib/auth/scope";
import { Failure, notFound } from "@/lib/contracts/failure";
import type { StartInput } from "@/lib/contracts/start";
import { toDay } from "@/lib/data/days";
import type { WorksheetTarget } from "@/lib/data/facts";
import { findOrigin, storeOrigin } from "@/lib/data/origins";
import { catalogueOf } from "@/lib/data/requirements";
import { contentOf, loadSections, storeSection } from "@/lib/data/sections";
import type { ScopedTx } from "@/lib/db/kinds";
import type { ChangedRow } from "@/lib/db/transactions";
import type { StartDetail } from "@/lib/domain/audit/start-details";
import { isUnwritten, withNewIds } from "@/lib/domain/worksheet/begin";
import type { CriterionAnswer } from "@/lib/domain/worksheet/criteria-answers";
import { EMPTY_NARRATIVE } from "@/lib/domain/worksheet/narrative";
import type { LeftEvidence, WorksheetOrigin } from "@/lib/domain/worksheet/origin";
import { SECTION_KEYS } from "@/lib/domain/worksheet/sections";
import { answersOf } from "@/lib/samples/answers-of";
import { sampleOn } from "@/lib/samples/sample-on";
import { samplesFor } from "@/lib/services/start/samples-for";
import {
  answersIn,
  isWithinReach,
  placeOf,
  revisionOf,
  type SourceText,
  textFor,
} from "@/lib/services/start/source-text";
import { askAboutCardNumbers, textsInWorksheet } from "@/lib/services/worksheet/card-numbers";
import { seal } from "@/lib/services/worksheet/seal";

/** What was done to begin a draft: for the event that tells it. */
export interface Begun {
  readonly changes: readonly ChangedRow[];
  readonly detail: StartDetail;
}

/** A draft that is to begin as something else. */
export type Beginning = Pick<WorksheetTarget, "id" | "requirementNumber">;

/** The most texts that a draft begins as one after another: it is compared with each of them for good. */
const MOST_BEGINNINGS = 10;

/**
 * Puts a sample or another worksheet's text into a draft in which nothing is written, with ids of its own for every item.
 * Whoever does is an author of it, and so is whoever wrote that text.
 * @param acknowledged whether the person was asked about card numbers in it, and says that there are none
 * @throws Failure blocked when something is written, or when it may not begin as that; card_number_suspected; not_found for a
 * worksheet of another company
 */
export async function beginDraft(
  tx: ScopedTx,
  grant: Grant,
  worksheet: Beginning,
  start: StartInput,
  source: SourceText | null,
  acknowledged: boolean,
): Promise<Begun> {
  const before = await findOrigin(tx, worksheet.id);
  if (before && before.earlier.length + 1 >= MOST_BEGINNINGS) {
    throw blocked(`This draft has begun from another text ${MOST_BEGINNINGS} times. Write it from here on.`);
  }
  const origin =
    start.kind === "sample" ? await fromSample(tx, worksheet, start.sampleId) : await fromWorksheet(tx, grant, source);
  const taken = { ...origin, sections: withNewIds(origin.sections, randomUUID) };
  const isAcknowledged = await askAboutCardNumbers(textsInWorksheet(taken), async () => [], acknowledged);
  const rows = await putInto(tx, worksheet.id, taken);
  await storeOrigin(tx, worksheet.id, taken, start.kind === "worksheet" && source ? source.authorIds : []);
  return {
    changes: [{ table: "worksheet_origin", id: worksheet.id }, ...rows],
    detail: {
      kind: origin.kind,
      from: origin.kind === "sample" ? origin.source.sampleId : origin.source.worksheetId,
      revision: origin.kind === "sample" ? null : origin.source.revision,
      sha256: seal({ sections: taken.sections, answers: taken.answers }).digest,
      ...(isAcknowledged ? { cardNumberAcknowledged: true } : {}),
    },
  };
}

async function fromSample(tx: ScopedTx, worksheet: Beginning, sampleId: string): Promise<WorksheetOrigin> {
  const { catalogueVersion, standardVersion } = tx.engagement;
  const catalogue = await catalogueOf(tx, catalogueVersion);
  const found = samplesFor(catalogue, standardVersion, worksheet.requirementNumber).find(({ id }) => id === sampleId);
  if (!found) {
    throw blocked(`There is no such sample for ${worksheet.requirementNumber} of PCI DSS ${standardVersion}.`);
  }
  const on = toDay(tx.now);
  const sample = sampleOn(found, on);
  return {
    kind: "sample",
    title: sample.title,
    source: { sampleId, on, evidence: leftBehind(sample.evidence) },
    sections: sample.sections,
    answers: answersOf(sample),
  };
}

async function fromWorksheet(tx: ScopedTx, grant: Grant, source: SourceText | null): Promise<WorksheetOrigin> {
  if (!source || source.organisationId !== tx.engagement.organisationId) throw notFound();
  const text = textFor(source, tx.engagement.id);
  if (!text) throw notFound();
  if (!isWithinReach(source, await placeOf(tx, grant))) {
    throw blocked(`“${source.engagementName}” is of a later year. Begin from one of this year or before.`);
  }
  const { content } = text;
  const { standardVersion, requirementNumber } = content.header;
  if (standardVersion !== tx.engagement.standardVersion) {
    throw blocked(`That worksheet is for PCI DSS ${standardVersion}. Carry it over instead of copying it.`);
  }
  const answers = answersIn(content);
  if (isUnwritten(content.sections, answers)) throw blocked("Nothing is written in that worksheet yet.");
  const revision = revisionOf(text);
  const where = revision === null ? "draft" : `revision ${revision}`;
  return {
    kind: "worksheet",
    title: `${requirementNumber} in ${source.engagementName}, ${where}`,
    source: {
      worksheetId: source.worksheetId,
      engagementName: source.engagementName,
      requirementNumber,
      revision,
      evidence: leftBehind(content.evidence),
    },
    sections: content.sections,
    answers,
  };
}

function leftBehind(evidence: readonly LeftEvidence[]): readonly LeftEvidence[] {
  return evidence.map(({ section, title }) => ({ section, title }));
}

/** Writes over the versions that are there; whoever calls holds the worksheet, so nobody is faster. */
async function putInto(
  tx: ScopedTx,
  worksheetId: string,
  { sections, answers }: Pick<WorksheetOrigin, "sections" | "answers">,
): Promise<ChangedRow[]> {
  const before = (await loadSections(tx, [worksheetId])).get(worksheetId);
  if (!before) throw notFound();
  if (!isUnwritten(contentOf(before), before.criteria.content.items.answers)) {
    throw blocked("Something is written in this worksheet already, and would be lost. Empty it first.");
  }
  for (const key of SECTION_KEYS) await storeSection(tx, worksheetId, key, before[key].version, sections[key]);
  if (isAnswered(answers)) {
    const content = { narrative: EMPTY_NARRATIVE, items: { answers } };
    await storeSection(tx, worksheetId, "criteria", before.criteria.version, content);
  }
  const after = (await loadSections(tx, [worksheetId])).get(worksheetId);
  return Object.values(after ?? before).flatMap(({ id, key }) =>
    id !== null && (key !== "criteria" || isAnswered(answers)) ? [{ table: "section", id }] : [],
  );
}

function isAnswered(answers: readonly CriterionAnswer[]): boolean {
  return answers.some(({ answer }) => answer.trim() !== "");
}

function blocked(message: string): Failure {
  return new Failure("blocked", message, { blockers: [{ section: null, message }] });
}
