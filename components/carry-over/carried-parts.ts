import { createContext, useCallback, useContext, useMemo } from "react";
import type { WorksheetDto } from "@/lib/contracts/worksheet";
import { type AddedState, stateOfAdded } from "@/lib/domain/rigour/carried-state";
import type { Outcome } from "@/lib/domain/rigour/finding";
import type { AddedPart } from "@/lib/domain/worksheet/added-parts";
import type { CriterionAnswer } from "@/lib/domain/worksheet/criteria-answers";
import type { WorksheetSections } from "@/lib/domain/worksheet/model";
import type { PartKey } from "@/lib/domain/worksheet/sections";

/** Something that carrying over added, and how far it is; null until the checks were asked. */
export interface ShownPart {
  readonly part: AddedPart;
  readonly state: AddedState | null;
}

const CarriedParts = createContext<readonly ShownPart[]>([]);

/** Gives the parts of a page what carrying over added to them. */
export const CarriedPartsProvider = CarriedParts.Provider;

/** What carrying over added to one part of the worksheet, in its order. */
export function usePartsOf(section: PartKey): readonly ShownPart[] {
  const parts = useContext(CarriedParts);
  return useMemo(() => parts.filter(({ part }) => part.part === section), [parts, section]);
}

/** How far a part of the worksheet is in what carrying over asks of it; `unknown` until the checks were asked. */
export type PartProgress = "open" | "unknown" | "done";

/** Says how far a part of the worksheet is; `done` too where carrying over asks nothing of it. */
export function useProgress(): (section: PartKey) => PartProgress {
  const parts = useContext(CarriedParts);
  return useCallback(
    (section) => {
      const states = parts
        .filter(({ part }) => part.part === section)
        .map(({ part, state }) => (part.kind === "remark" ? "remark" : state));
      if (states.includes("open")) return "open";
      return states.includes(null) ? "unknown" : "done";
    },
    [parts],
  );
}

/** How far everything is that carrying over added, by the text as it stands in the page. */
export function useCarriedParts(
  { carriedOver, rigour }: Pick<WorksheetDto, "carriedOver" | "rigour">,
  sections: WorksheetSections,
  answers: readonly CriterionAnswer[],
  outcomes: readonly Outcome[] | null,
): readonly ShownPart[] {
  return useMemo(() => {
    if (!carriedOver) return [];
    const { added, references } = carriedOver;
    const copied = rigour?.facts.copiedFrom;
    const now = outcomes &&
      copied && {
        ...{ references, sections, answers, outcomes, reasons: rigour.reasons },
        taken: { sections: copied.sections, answers: copied.answers ?? [] },
      };
    return added.map((part) => ({ part, state: now ? stateOfAdded(part, now) : null }));
  }, [carriedOver, rigour, sections, answers, outcomes]);
}

/** How many are still open, of how many, and of how many the checks have not said yet how far they are. */
export function countOpen(parts: readonly ShownPart[]): {
  readonly open: number;
  readonly all: number;
  readonly unknown: number;
} {
  const asked = parts.filter(({ part }) => part.kind !== "remark");
  const count = (wanted: AddedState | null) => asked.filter(({ state }) => state === wanted).length;
  return { open: count("open"), all: asked.length, unknown: count(null) };
}
