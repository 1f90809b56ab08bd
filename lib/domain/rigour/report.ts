import type { Finding, Outcome, RuleId, Severity } from "@/lib/domain/rigour/finding";
import { RULES } from "@/lib/domain/rigour/rules";
import type { WarningReason } from "@/lib/domain/worksheet/answers";
import type { SectionKey } from "@/lib/domain/worksheet/sections";

/** Something that a rule objected to, as a revision records it: without the place in a text that goes on changing. */
export interface FindingRecord {
  readonly severity: Severity;
  readonly section: SectionKey | null;
  readonly key: string;
  readonly message: string;
}

/** What came of a rule when a revision was frozen. */
export interface RuleRecord {
  readonly rule: RuleId;
  readonly kind: Outcome["kind"];
  /** Why it was not evaluated, or has nothing to judge; empty otherwise. */
  readonly detail: string;
  readonly findings: readonly FindingRecord[];
}

/** What a report says of something that a rule objected to. */
export interface ReportedFinding extends FindingRecord {
  /** Why the entity lets it stand; null where no reason was given or asked. */
  readonly reason: string | null;
}

/** What a report says of a rule. */
export interface RuleReport {
  readonly rule: RuleId;
  /** What a good worksheet does. */
  readonly title: string;
  readonly source: string;
  /** The day on which the rule was last held against its source, `YYYY-MM-DD`. */
  readonly asOf: string;
  readonly kind: Outcome["kind"];
  readonly detail: string;
  readonly findings: readonly ReportedFinding[];
}

/** What came of all rules, as it is stored with a revision. */
export function recordOutcomes(outcomes: readonly Outcome[]): readonly RuleRecord[] {
  return outcomes.map((outcome) => ({
    rule: outcome.rule,
    kind: outcome.kind,
    detail: "detail" in outcome ? outcome.detail : "",
    findings: outcome.kind === "findings" ? outcome.findings.map(findingRecord) : [],
  }));
}

function findingRecord({ severity, place, key, message }: Finding): FindingRecord {
  return { severity, section: place.section, key, message };
}

/**
 * A report of the rules, with the reason that was given for each warning; a reason for a rule that could not be asked
 * stands with that rule.
 */
function reportRules(records: readonly RuleRecord[], reasons: readonly WarningReason[]): readonly RuleReport[] {
  return records.flatMap((record) => {
    const rule = RULES.find(({ id }) => id === record.rule);
    if (!rule) return [];
    const { title, source, asOf } = rule;
    return [{ ...record, title, source, asOf, findings: reportedFindings(record, reasons) }];
  });
}

function reportedFindings({ rule, kind, findings }: RuleRecord, reasons: readonly WarningReason[]): ReportedFinding[] {
  const found = findings.map((one) => ({ ...one, reason: reasons.find(({ key }) => key === one.key)?.reason ?? null }));
  const others = reasons.filter((one) => one.rule === rule && !findings.some(({ key }) => key === one.key));
  const passed = kind === "met" || kind === "not_applicable";
  return [
    ...found,
    ...others.map(({ section, key, message, reason }) => ({
      severity: "warning" as const,
      section,
      key,
      message: passed ? `No longer raised: ${message}` : message,
      reason,
    })),
  ];
}

/** What is reported of the rules over a text. */
export interface RulesReport {
  readonly rules: readonly RuleReport[];
  /** False where it was not recorded what came of the rules: then `rules` has those with reasons alone. */
  readonly recorded: boolean;
}

/** The report of the rules; of revisions from before their outcomes were recorded (null) it has the reasons alone. */
export function reportOf(records: readonly RuleRecord[] | null, reasons: readonly WarningReason[]): RulesReport {
  if (records) return { rules: reportRules(records, reasons), recorded: true };
  const answered = RULES.filter(({ id }) => reasons.some(({ rule }) => rule === id));
  const bare = answered.map(({ id }): RuleRecord => ({ rule: id, kind: "findings", detail: "", findings: [] }));
  return { rules: reportRules(bare, reasons), recorded: false };
}

/** A rule's result in words. */
export const OUTCOME_WORDS: Readonly<Record<Outcome["kind"], string>> = {
  met: "Met",
  findings: "Objects",
  not_evaluated: "Not evaluated",
  not_applicable: "Nothing to judge",
};

/** How serious a finding is, in words. */
export const SEVERITY_WORDS: Readonly<Record<Severity, string>> = { error: "Error", warning: "Warning", info: "Note" };

/** How the rules stand, in a line; only what there is is named. */
export function tallyOfRules(rules: readonly RuleReport[]): string {
  const count = (kind: Outcome["kind"]) => rules.filter((one) => one.kind === kind).length;
  const parts = [
    [count("met"), "met"],
    [count("findings"), "with findings"],
    [count("not_evaluated"), "not evaluated"],
    [count("not_applicable"), "with nothing to judge"],
  ] as const;
  return `${rules.length} rules: ${parts.flatMap(([many, words]) => (many > 0 ? [`${many} ${words}`] : [])).join(", ")}.`;
}
