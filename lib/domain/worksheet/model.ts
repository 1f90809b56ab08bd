import type { StandardVersion } from "@/lib/domain/catalogue/standard-version";
import type { RecordPartKey } from "@/lib/domain/records/keys";
import type { RecordKind } from "@/lib/domain/records/kinds";
import type { RecordItems } from "@/lib/domain/records/model";
import type { RigourSettings } from "@/lib/domain/rigour/settings";
import type { EligibilityAnswers, WarningReason } from "@/lib/domain/worksheet/answers";
import type { CriterionAnswer, FrozenAnswer } from "@/lib/domain/worksheet/criteria-answers";
import type { Narrative } from "@/lib/domain/worksheet/narrative";
import type { PartKey, SectionKey, TextPartKey } from "@/lib/domain/worksheet/sections";

/**
 * The structured content of a worksheet. Item ids are stable strings made where the item is made
 * (UUID), so that comments, evidence and differences can point at them. `label` is what people
 * call the item in the text (C1, R2, T3 …). Strings may be empty while drafting.
 */

/** Where a control comes from, after Appendix B's "above and beyond" considerations. */
export const CONTROL_ORIGINS = ["new", "required_elsewhere", "combination"] as const;
/** How a control works on a risk. */
export const CONTROL_NATURES = ["preventive", "detective", "corrective"] as const;
/** Why the requirement cannot be met as written; a legal bar takes another route. */
export const CONSTRAINT_TYPES = ["technical", "business", "legal"] as const;
/** A three-step scale for likelihood and impact. */
export const RISK_LEVELS = ["low", "medium", "high"] as const;
/** What a scope item is. */
export const SCOPE_ITEM_KINDS = [
  "account",
  "region",
  "key",
  "principal",
  "system",
  "network",
  "data",
  "other",
] as const;
/** The outcome of a test. */
export const TEST_OUTCOMES = ["not_run", "effective", "effective_with_findings", "not_effective"] as const;

export type ControlOrigin = (typeof CONTROL_ORIGINS)[number];
export type ControlNature = (typeof CONTROL_NATURES)[number];
export type ConstraintType = (typeof CONSTRAINT_TYPES)[number];
export type RiskLevel = (typeof RISK_LEVELS)[number];
export type ScopeItemKind = (typeof SCOPE_ITEM_KINDS)[number];
export type TestOutcome = (typeof TEST_OUTCOMES)[number];

/** A compensating control. */
export interface Control {
  readonly id: string;
  readonly label: string;
  readonly title: string;
  readonly description: string;
  readonly origin: ControlOrigin;
  readonly nature: ControlNature;
  /** The requirement the control is owed for elsewhere, when origin is not `new`; empty otherwise. */
  readonly requirementRef: string;
  readonly aboveAndBeyond: string;
  readonly owner: string;
  /** The calendar day of its last change. Left out where none is given, so that older revisions keep their digest. */
  readonly changedOn?: string;
  /**
   * The shared control of the engagement's register that this one is. What it does, its nature, owner and last change are the
   * register's; the rest is the worksheet's own. Left out where it is none, so that older revisions keep their digest.
   */
  readonly recordId?: string;
}

/** A risk that arises because the requirement is not met as written. */
export interface Risk {
  readonly id: string;
  readonly label: string;
  readonly threat: string;
  readonly asset: string;
  readonly likelihood: RiskLevel | "";
  readonly impact: RiskLevel | "";
  readonly residual: string;
  /** Ids of the controls that answer the risk. */
  readonly controlIds: readonly string[];
}

/** A test of the controls. Dates are calendar days, `YYYY-MM-DD`, or empty. */
export interface ControlTest {
  readonly id: string;
  readonly label: string;
  readonly tester: string;
  readonly testedOn: string;
  readonly method: string;
  readonly sample: string;
  readonly outcome: TestOutcome;
  readonly result: string;
  /** Ids of the controls that the test covers. */
  readonly controlIds: readonly string[];
}

/** A task that keeps the controls working. */
export interface MaintenanceTask {
  readonly id: string;
  readonly label: string;
  readonly task: string;
  readonly owner: string;
  readonly frequency: string;
  readonly monitoring: string;
  readonly onFailure: string;
  /** Which change calls for a new look. Left out where none is given, so that older revisions keep their digest. */
  readonly onChange?: string;
}

/** A thing the worksheet covers: an account, a key, a principal. */
export interface ScopeItem {
  readonly id: string;
  readonly kind: ScopeItemKind;
  readonly name: string;
  readonly detail: string;
}

/** What each section holds beside its narrative. */
export interface SectionItems {
  readonly constraints: { readonly constraintType: ConstraintType | ""; readonly scope: readonly ScopeItem[] };
  readonly definition: { readonly controls: readonly Control[] };
  readonly objective: { readonly objectiveRef: string };
  readonly identifiedRisk: { readonly risks: readonly Risk[] };
  readonly validation: { readonly tests: readonly ControlTest[] };
  readonly maintenance: {
    readonly tasks: readonly MaintenanceTask[];
    readonly reviewDue: string;
    readonly exitPlan: string;
  };
}

/** What each part that is saved for itself holds beside its narrative. */
export interface PartItems extends SectionItems, Readonly<Record<RecordPartKey, RecordItems>> {
  readonly criteria: { readonly answers: readonly CriterionAnswer[] };
}

/** The content of one section, or of the answers to the criteria, which have no narrative of their own. */
export interface SectionContent<K extends PartKey = PartKey> {
  readonly narrative: Narrative;
  readonly items: PartItems[K];
}

/** All six sections. */
export type WorksheetSections = { readonly [K in SectionKey]: SectionContent<K> };

/** The parts of a worksheet or a record that have a text, as far as they are there. */
export type PartContents = { readonly [K in TextPartKey]?: SectionContent<K> };

/** A file of a piece of evidence, as a revision names it. */
export interface EvidenceFileEntry {
  /** As the person named it. */
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** Media type, as the bytes were found to be. */
  readonly type: string;
  /** SHA-256 of the bytes, hex. */
  readonly sha256: string;
}

/**
 * A piece of evidence: a link, files, or both; attached to a section and, when `itemId` is set, to one of its items.
 * `files` is left out where there are none, so that revisions from before there were files keep their digest.
 */
export interface EvidenceLink<K extends TextPartKey = TextPartKey> {
  readonly id: string;
  readonly section: K;
  readonly itemId: string | null;
  readonly title: string;
  /** Empty where there is no link. */
  readonly url: string;
  readonly shows: string;
  /** Calendar days `YYYY-MM-DD`; `validUntil` may be null. */
  readonly collectedOn: string;
  readonly validUntil: string | null;
  readonly files?: readonly EvidenceFileEntry[];
}

/** The requirement a worksheet is for, as frozen into its header. Titles are our own words. */
export interface WorksheetHeader {
  readonly standardVersion: StandardVersion;
  readonly requirementNumber: string;
  readonly requirementTitle: string;
  readonly entityName: string;
  readonly engagementName: string;
}

/** What a revision of any kind freezes, and its digest covers. */
interface FrozenContent {
  readonly schema: "countervail.revision.v1";
  readonly worksheetId: string;
  readonly revision: number;
  readonly header: WorksheetHeader;
  readonly catalogueVersion: string;
}

/** Everything that a revision of a record freezes. Its kind is part of it, so that nobody takes it for a worksheet. */
interface RecordRevision extends FrozenContent {
  readonly kind: RecordKind;
  readonly sections: PartContents;
  readonly evidence: readonly EvidenceLink[];
  readonly eligibility?: never;
  readonly warningReasons?: never;
  readonly thresholds?: never;
  readonly criteria?: never;
}

/** Everything that a revision of a compensating controls worksheet freezes. It names no kind, so that older ones keep their digest. */
export interface CcwRevision extends FrozenContent {
  readonly kind?: never;
  readonly sections: WorksheetSections;
  readonly evidence: readonly EvidenceLink<SectionKey>[];
  /**
   * The answers of the eligibility gate, and the reasons given for warnings of the rules. Left out where there are none,
   * so that revisions from before there were rules keep their digest.
   */
  readonly eligibility?: EligibilityAnswers;
  readonly warningReasons?: readonly WarningReason[];
  /** The thresholds of the checks that differed from the built-in ones; absent where none did, and in older revisions. */
  readonly thresholds?: Partial<RigourSettings>;
  /** The answers to the version's criteria; absent in revisions from before they were asked, which keep their digest. */
  readonly criteria?: readonly FrozenAnswer[];
}

/** Everything that a revision freezes, and its digest covers. */
export type RevisionContent = CcwRevision | RecordRevision;
