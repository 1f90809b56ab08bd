import type { StandardVersion } from "@/lib/domain/catalogue/standard-version";
import type { RigourKnowledge } from "@/lib/domain/rigour/knowledge";
import type { RigourSettings } from "@/lib/domain/rigour/settings";
import type { RigourSubject } from "@/lib/domain/rigour/subject";
import type { SectionKey } from "@/lib/domain/worksheet/sections";

/** The 25 rules, by the ids of facts section 6. */
export const RULE_IDS = [
  "L01",
  "L02",
  "L03",
  "L04",
  "L05",
  "L06",
  "L07",
  "L08",
  "L09",
  "L10",
  "L11",
  "L12",
  "L13",
  "L14",
  "L15",
  "L16",
  "L17",
  "L18",
  "L19",
  "L20",
  "L21",
  "L22",
  "L23",
  "L24",
  "L25",
] as const;
export type RuleId = (typeof RULE_IDS)[number];

/** Errors block a submission, warnings want a typed reason, infos only tell. */
export const SEVERITIES = ["error", "warning", "info"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** A passage of a text, in UTF-16 units. */
export interface TextRange {
  readonly from: number;
  readonly to: number;
}

/**
 * Where a finding is to be mended. Without a section it is the header or the worksheet as a whole. A range counts in the
 * field that is named, and in the plain text of the section's narrative (`narrativeText`) when none is.
 */
export interface Place {
  readonly section: SectionKey | null;
  readonly itemId?: string;
  readonly field?: string;
  readonly evidenceId?: string;
  readonly range?: TextRange;
}

/** Something that an assessor would object to. */
export interface Finding {
  readonly rule: RuleId;
  readonly severity: Severity;
  /**
   * What the finding is about, so that a reason given for it stays with it: the same while other text changes, another
   * one when what it points at does.
   */
  readonly key: string;
  /** What is wrong and what to do, in a sentence or two. */
  readonly message: string;
  readonly place: Place;
}

/** A finding as a rule makes it; the engine adds the rule's id and, where it names none, its severity. */
export type RuleFinding = Omit<Finding, "rule" | "severity"> & { readonly severity?: Severity };

/** What a rule has to say of a worksheet. Without findings, and with nothing left open, it is met. */
export interface Verdict {
  readonly findings: readonly RuleFinding[];
  /** Texts that the rule would have to understand, and that are not in English. */
  readonly unread?: readonly Place[];
  /** The question of the eligibility gate that the rule waits for. */
  readonly unanswered?: string;
  /** Why the rule has nothing to judge here. */
  readonly notApplicable?: string;
}

/** A rule of the field. */
export interface Rule {
  readonly id: RuleId;
  readonly severity: Severity;
  /** What a good worksheet does. */
  readonly title: string;
  readonly versions: readonly StandardVersion[];
  readonly source: string;
  /** The day on which the rule was last held against its source. */
  readonly asOf: string;
  readonly evaluate: (subject: RigourSubject, knowledge: RigourKnowledge, settings: RigourSettings) => Verdict;
}

/** What came of a rule. A rule that could not be asked is never shown as met. */
export type Outcome = { readonly rule: RuleId } & (
  | { readonly kind: "met" }
  | { readonly kind: "findings"; readonly findings: readonly Finding[]; readonly unread: readonly Place[] }
  | {
      readonly kind: "not_evaluated";
      readonly reason: "failed" | "language" | "unanswered";
      readonly detail: string;
      readonly places: readonly Place[];
    }
  | { readonly kind: "not_applicable"; readonly detail: string }
);

/** Nothing to object to. */
export const MET: Verdict = { findings: [] };

/** The findings of all rules, or of one severity, in the order of the rules. */
export function findingsIn(outcomes: readonly Outcome[], severity?: Severity): readonly Finding[] {
  return outcomes
    .flatMap((outcome) => (outcome.kind === "findings" ? outcome.findings : []))
    .filter((finding) => severity === undefined || finding.severity === severity);
}
