import type { Catalogue } from "@/lib/domain/catalogue/catalogue";
import { evaluateRigour } from "@/lib/domain/rigour/engine";
import { type Finding, findingsIn, type Outcome, RULE_IDS } from "@/lib/domain/rigour/finding";
import { knowledgeFor } from "@/lib/domain/rigour/knowledge";
import { SECTION_KEYS } from "@/lib/domain/worksheet/sections";
import type { CorpusWorksheet, Defect } from "./read-corpus";

/** What the rules made of one worksheet. */
interface Judged {
  readonly worksheet: CorpusWorksheet;
  readonly outcomes: readonly Outcome[];
  readonly findings: readonly Finding[];
}

/** What the rules made of a corpus. */
export interface Score {
  /** Labelled defects, each with whether a finding of the same rule at the same place tells it. */
  readonly labels: readonly { readonly id: string; readonly defect: Defect; readonly found: boolean }[];
  /** What was found on worksheets that are good. */
  readonly onGood: readonly { readonly id: string; readonly finding: Finding }[];
  /** Sections of good worksheets, and how many of them an error points at; one that points at none counts for the first. */
  readonly sections: number;
  readonly flagged: number;
  /** Rules that could not be asked, as `worksheet: rule`. */
  readonly broken: readonly string[];
}

/** Asks the rules about every worksheet and counts what they find. */
export function scoreCorpus(corpus: readonly CorpusWorksheet[], catalogue: Catalogue): Score {
  const judged = corpus.map((worksheet) => judge(worksheet, catalogue));
  const good = judged.filter(({ worksheet }) => worksheet.quality === "good");
  return {
    labels: judged.flatMap(({ worksheet, findings }) =>
      worksheet.defects.map((defect) => ({
        id: worksheet.id,
        defect,
        found: findings.some((finding) => tells(finding, defect)),
      })),
    ),
    onGood: good.flatMap(({ worksheet: { id }, findings }) => findings.map((finding) => ({ id, finding }))),
    sections: good.length * SECTION_KEYS.length,
    flagged: good.map(({ findings }) => flaggedIn(findings)).reduce((sum, count) => sum + count, 0),
    broken: judged.flatMap(({ worksheet, outcomes }) =>
      outcomes
        .filter((outcome) => outcome.kind === "not_evaluated" && outcome.reason === "failed")
        .map(({ rule }) => `${worksheet.id}: ${rule}`),
    ),
  };
}

function judge(worksheet: CorpusWorksheet, catalogue: Catalogue): Judged {
  const { standardVersion, requirementNumber } = worksheet.subject;
  const outcomes = evaluateRigour(worksheet.subject, knowledgeFor(catalogue, standardVersion, requirementNumber));
  return { worksheet, outcomes, findings: findingsIn(outcomes) };
}

function flaggedIn(findings: readonly Finding[]): number {
  return new Set(findings.filter(isError).map(({ place }) => place.section ?? SECTION_KEYS[0])).size;
}

/** Whether a finding is about a defect: the same rule, and nothing that says it is elsewhere. */
function tells({ rule, place }: Finding, defect: Defect): boolean {
  if (rule !== defect.rule) return false;
  if (defect.section !== null && place.section !== null && place.section !== defect.section) return false;
  return defect.itemId === null || place.itemId === undefined || place.itemId === defect.itemId;
}

function isError({ severity }: Finding): boolean {
  return severity === "error";
}

/** The table: a line for each rule, with what was labelled, found, and told of good worksheets. */
export function tableOf({ labels, onGood }: Score): string {
  const head = ["rule", "labelled", "found", "errors on good", "warnings on good"];
  const rows = RULE_IDS.map((id) => {
    const own = labels.filter(({ defect }) => defect.rule === id);
    const good = onGood.filter(({ finding }) => finding.rule === id);
    const errors = good.filter(({ finding }) => isError(finding)).length;
    const warnings = good.filter(({ finding }) => finding.severity === "warning").length;
    return [id, own.length, own.filter(({ found }) => found).length, errors, warnings];
  });
  return [head, ...rows]
    .map((row) => row.map((cell, at) => String(cell).padStart(head[at]?.length ?? 0)).join("  "))
    .join("\n");
}

/** Each miss, and all that was told of good worksheets, in words. */
export function remarksOn({ labels, onGood }: Score): string[] {
  return [
    ...labels.filter(({ found }) => !found).map(({ id, defect }) => `${id} ${defect.rule} not found: ${defect.why}`),
    ...onGood.map(({ id, finding: { rule, severity, message } }) => `${id} ${rule} ${severity}: ${message}`),
  ];
}
