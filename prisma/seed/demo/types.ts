import type { UpdateDispositionInput } from "@/lib/contracts/disposition";
import type { EngagementRole } from "@/lib/domain/access/roles";
import type { StandardVersion } from "@/lib/domain/catalogue/standard-version";
import type { RecordText } from "@/lib/domain/controls/record";
import type { RecordPartKey } from "@/lib/domain/records/keys";
import type { RecordKind } from "@/lib/domain/records/kinds";
import type { RuleId } from "@/lib/domain/rigour/finding";
import type { ScopeAnswers } from "@/lib/domain/scope/answers";
import type { Control, PartContents, SectionContent, WorksheetSections } from "@/lib/domain/worksheet/model";
import type { SectionKey } from "@/lib/domain/worksheet/sections";
import type { DemoPersonKey } from "./people";

/** When something happens: days from today, and minutes after midnight UTC. */
export interface DemoMoment {
  readonly day: number;
  readonly minute: number;
  readonly by: DemoPersonKey;
}

/** An evidence link, by the label that the text uses for it. `item` is an item label or null for the whole section. */
export interface DemoEvidence {
  readonly label: string;
  readonly section: SectionKey;
  readonly item: string | null;
  readonly title: string;
  readonly url: string;
  readonly shows: string;
  readonly collectedOn: string;
  readonly validUntil: string | null;
}

/** Something that happens to one worksheet. */
export type DemoStep = DemoMoment &
  (
    | { readonly do: "open" }
    | { readonly do: "assign"; readonly people: readonly DemoPersonKey[] }
    | { readonly do: "write"; readonly sections: { readonly [K in SectionKey]?: SectionContent<K> } }
    | { readonly do: "attach"; readonly evidence: readonly DemoEvidence[] }
    /** Lets the worksheet use a control of the register, by its title. */
    | ({ readonly do: "use"; readonly title: string; readonly label: string } & Pick<
        Control,
        "origin" | "requirementRef" | "aboveAndBeyond"
      >)
    | {
        readonly do: "move";
        readonly move: "submit" | "approve_internally" | "send_back" | "request_changes" | "withdraw" | "reopen";
        readonly reason?: string;
      }
    | { readonly do: "sign" }
    | { readonly do: "refuse" | "revoke"; readonly reason: string }
    | { readonly do: "view" }
    | {
        readonly do: "comment";
        /** Names the thread for later replies. */
        readonly thread: string;
        readonly section: SectionKey | null;
        readonly item?: string;
        readonly visibility: "shared" | "private";
        readonly body: string;
      }
    | { readonly do: "reply"; readonly thread: string; readonly body: string }
    | { readonly do: "resolve"; readonly thread: string }
  );

/** One worksheet: its text as it stands at the end, and its story from opening to now. */
export interface DemoWorksheet {
  /** Requirement number in the engagement's version. */
  readonly number: string;
  /** The text as it stands at the end of the story. */
  readonly sections: WorksheetSections;
  /** By when the row is to be settled. */
  readonly dueOn: string;
  /** Why the setting cannot be switched on, where the gate asks for it. */
  readonly whyNotSwitchedOn?: string;
  /** Reasons for the warnings that stand at a submission, by rule. */
  readonly reasons?: Readonly<Partial<Record<RuleId, string>>>;
  readonly steps: readonly DemoStep[];
}

/** A record beside the worksheets, with its short story. */
export interface DemoRecord {
  readonly number: string;
  readonly kind: RecordKind;
  readonly sections: PartContents;
  readonly evidence: readonly { readonly section: RecordPartKey; readonly title: string; readonly shows: string }[];
  readonly opened: DemoMoment;
  readonly written: DemoMoment;
  readonly submitted: DemoMoment;
  /** By the internal reviewer. */
  readonly approved: DemoMoment;
  readonly signed?: DemoMoment;
}

/** A control that the lead puts into the register. */
export interface DemoControl extends DemoMoment {
  readonly text: RecordText;
  readonly evidence: readonly Omit<DemoEvidence, "label" | "section" | "item">[];
}

/** A row of the workbook that no worksheet stands behind, as it is decided. */
export interface DemoDecision extends DemoMoment {
  readonly number: string;
  /** Owner of the row. */
  readonly owner?: DemoPersonKey;
  readonly change: Omit<UpdateDispositionInput, "version" | "ownerId">;
}

/** One engagement with all that happens in it. */
export interface DemoEngagement {
  readonly key: string;
  readonly entity: string;
  readonly assessor: string | null;
  readonly name: string;
  readonly standardVersion: StandardVersion;
  readonly assessmentType: "ROC" | "SAQ";
  readonly periodStart: string;
  readonly periodEnd: string;
  readonly dueOn: string;
  readonly internalReview: boolean;
  readonly created: DemoMoment;
  /** The lead's answers in the scope wizard. */
  readonly scope: DemoMoment & { readonly answers: ScopeAnswers };
  readonly members: readonly { readonly person: DemoPersonKey; readonly role: EngagementRole }[];
  /** Requirements that the lead adds beside those of the scope. */
  readonly added: readonly string[];
  readonly decisions: readonly DemoDecision[];
  readonly controls?: readonly DemoControl[];
  readonly worksheets: readonly DemoWorksheet[];
  readonly records?: readonly DemoRecord[];
}
