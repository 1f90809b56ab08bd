import type { ValidityStatus } from "@/lib/domain/sign-off/validity";
import type { WorksheetState } from "@/lib/domain/workflow/states";
import type { PartKey, SectionKey } from "@/lib/domain/worksheet/sections";

/** Where something that is missing is mended: a part of the worksheet, a tab beside it, or its review. */
export interface GapPlace {
  readonly part: PartKey | null;
  readonly page: "worksheet" | "review";
  readonly tab: "checks" | "evidence" | "threads" | null;
}

/** Something that is missing, in words that say what to do. */
export interface Gap {
  readonly words: string;
  readonly place: GapPlace;
}

/** What of a worksheet its readiness is found from. */
export interface ReadinessFacts {
  readonly state: WorksheetState;
  /** Whether the latest signature still holds; null where nobody signed. */
  readonly signature: ValidityStatus | null;
  /** Rows without text and without an item that says something, out of six. */
  readonly unwritten: readonly { readonly section: SectionKey; readonly label: string }[];
  /** What the rules object to; none once it was submitted, which they would have stopped. */
  readonly errors: readonly { readonly message: string; readonly section: SectionKey | null }[];
  /** Warnings for which no reason is given. */
  readonly warnings: readonly { readonly message: string; readonly section: SectionKey | null }[];
  /** Controls by what people call them, and whether any evidence shows them. */
  readonly controls: readonly { readonly name: string; readonly hasEvidence: boolean }[];
  readonly evidence: readonly { readonly title: string; readonly section: SectionKey; readonly expired: boolean }[];
  /** The criteria of the version, with the entity's answer and the decider's finding. */
  readonly criteria: readonly { readonly name: string; readonly answered: boolean; readonly met: boolean }[];
  readonly openThreads: number;
}

/** The parts of the score, in the order in which a worksheet comes to be. */
export const READINESS_PARTS = [
  "sections",
  "answers",
  "evidence",
  "errors",
  "warnings",
  "threads",
  "decided",
  "signature",
] as const;
export type ReadinessPartId = (typeof READINESS_PARTS)[number];

/** How much each part weighs, of 100 in all, how it is called, and what is open while it is not full. */
export const PART_WEIGHTS: Readonly<
  Record<ReadinessPartId, { readonly weight: number; readonly label: string; readonly open: string }>
> = {
  sections: { weight: 20, label: "Sections written", open: "sections" },
  answers: { weight: 10, label: "Criteria answered", open: "answers to the criteria" },
  evidence: { weight: 15, label: "Evidence there and valid", open: "evidence" },
  errors: { weight: 20, label: "No errors of the checks", open: "errors of the checks" },
  warnings: { weight: 10, label: "Warnings answered", open: "warnings" },
  threads: { weight: 5, label: "Threads settled", open: "threads" },
  decided: { weight: 10, label: "Criteria found met", open: "decisions on the criteria" },
  signature: { weight: 10, label: "Signed, and the signature holds", open: "the signature" },
};

/** A part of the score: what it gives of what it weighs, and what is missing for the rest. */
export interface ReadinessPart {
  readonly id: ReadinessPartId;
  readonly label: string;
  readonly weight: number;
  /** With one decimal; equal to the weight only where nothing is missing. */
  readonly points: number;
  readonly gaps: readonly Gap[];
}

/** How ready a worksheet is, never without what it is made of. */
export interface Readiness {
  /** 0 to 100, the parts' sum rounded down: 100 only for a worksheet that is signed and from which nothing is missing. */
  readonly score: number;
  readonly parts: readonly ReadinessPart[];
}

/** As many mistakes of one kind as take a part all of its points. */
const MOST = 5;

/** Finds how ready a worksheet is. Mending what a gap names never lowers the score. */
export function readinessOf(facts: ReadinessFacts): Readiness {
  const parts = READINESS_PARTS.map((id): ReadinessPart => {
    const { weight, label } = PART_WEIGHTS[id];
    const { share, gaps } = FINDERS[id](facts);
    const points = gaps.length === 0 ? weight : Math.floor(weight * Math.min(share, 0.999) * 10) / 10;
    return { id, label, weight, points, gaps };
  });
  return { score: scoreOf(parts), parts };
}

/** The score that parts add up to. */
export function scoreOf(parts: readonly Pick<ReadinessPart, "points">[]): number {
  // In tenths, so that no binary fraction takes a point away.
  return Math.floor(parts.reduce((sum, { points }) => sum + Math.round(points * 10), 0) / 10);
}

/** How ready an engagement is: the mean of its worksheets but those withdrawn, rounded down; null where there is none. */
export function engagementScore(
  worksheets: readonly { readonly state: WorksheetState; readonly score: number }[],
): number | null {
  const counted = worksheets.filter(({ state }) => state !== "withdrawn");
  if (counted.length === 0) return null;
  return Math.floor(counted.reduce((sum, { score }) => sum + score, 0) / counted.length);
}

interface Found {
  /** From 0 to 1. */
  readonly share: number;
  readonly gaps: readonly Gap[];
}

const FINDERS: Readonly<Record<ReadinessPartId, (facts: ReadinessFacts) => Found>> = {
  sections: ({ unwritten }) => ({
    share: (6 - unwritten.length) / 6,
    gaps: unwritten.map(({ section, label }) => gap(`Write “${label}”.`, { part: section })),
  }),
  answers: ({ criteria }) => {
    const open = criteria.filter(({ answered }) => !answered);
    return {
      share: ratio(criteria.length - open.length, criteria.length),
      gaps: open.map(({ name }) => gap(`Answer ${name}.`, { part: "criteria" })),
    };
  },
  evidence: ({ controls, evidence }) => {
    const bare = controls.filter(({ hasEvidence }) => !hasEvidence);
    const expired = evidence.filter((one) => one.expired);
    const all = controls.length + evidence.length;
    const none = controls.length === 0 ? [gap("Name the controls, and attach what shows them.", DEFINITION)] : [];
    return {
      share: controls.length === 0 ? 0 : ratio(all - bare.length - expired.length, all),
      gaps: [
        ...none,
        ...bare.map(({ name }) => gap(`Attach evidence to ${name}.`, DEFINITION)),
        ...expired.map(({ title, section }) => gap(`Collect “${title}” anew.`, { part: section, tab: "evidence" })),
      ],
    };
  },
  errors: ({ errors }) => ({ share: few(errors.length), gaps: errors.map(ofChecks) }),
  warnings: ({ warnings }) => ({ share: few(warnings.length), gaps: warnings.map(ofChecks) }),
  threads: ({ openThreads }) => ({
    share: few(openThreads),
    gaps:
      openThreads === 0
        ? []
        : [
            gap(openThreads === 1 ? "Settle the open thread." : `Settle ${openThreads} open threads.`, {
              tab: "threads",
            }),
          ],
  }),
  decided: ({ criteria }) => {
    const open = criteria.filter(({ met }) => !met);
    return {
      share: ratio(criteria.length - open.length, criteria.length),
      gaps: open.map(({ name }) => gap(`${name} has to be found met.`, { part: "criteria", page: "review" })),
    };
  },
  signature: ({ state, signature }) => {
    const share = signatureShare(state, signature);
    return { share, gaps: share === 1 ? [] : [gap(signatureWords(state), { page: placeOfState(state) })] };
  },
};

const DEFINITION = { part: "definition", tab: "evidence" } as const;

function gap(words: string, place: Partial<GapPlace>): Gap {
  return { words, place: { part: null, page: "worksheet", tab: null, ...place } };
}

function ofChecks({ message, section }: ReadinessFacts["errors"][number]): Gap {
  return gap(message, { part: section, tab: "checks" });
}

function ratio(done: number, of: number): number {
  return of === 0 ? 0 : done / of;
}

function few(mistakes: number): number {
  return Math.max(0, MOST - mistakes) / MOST;
}

function signatureShare(state: WorksheetState, signature: ValidityStatus | null): number {
  switch (state) {
    case "internal_review":
      return 0.25;
    case "qsa_review":
      return 0.5;
    case "signed":
      return signature === "valid" ? 1 : 0.5;
    default:
      return 0;
  }
}

const SIGNATURE_WORDS: Readonly<Record<WorksheetState, string>> = {
  draft: "Submit it once nothing stops it.",
  changes_requested: "Make the changes that were asked for, and submit it again.",
  internal_review: "It waits for the internal review.",
  qsa_review: "It waits for the assessor’s decision.",
  signed: "The signature no longer holds as it was given. Look at it again.",
  refused: "It was refused. Reopen it, or meet the requirement.",
  withdrawn: "It was withdrawn.",
  revoked: "The signature was revoked. Reopen it.",
};

function signatureWords(state: WorksheetState): string {
  return SIGNATURE_WORDS[state];
}

function placeOfState(state: WorksheetState): GapPlace["page"] {
  return state === "draft" || state === "changes_requested" ? "worksheet" : "review";
}
