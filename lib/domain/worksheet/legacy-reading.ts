import { counterparts } from "@/lib/domain/catalogue/mapping";
import type { BothVersions } from "@/lib/domain/catalogue/successors";
import type { CarriedReference } from "@/lib/domain/worksheet/carried-reference";
import { type CarriedWorksheet, carryOver } from "@/lib/domain/worksheet/carry-over";
import { criteriaOf } from "@/lib/domain/worksheet/criteria";
import { answerTo, type FrozenAnswer } from "@/lib/domain/worksheet/criteria-answers";
import type { VersionedWorksheet } from "@/lib/domain/worksheet/versioned-worksheet";

/** A worksheet of 4.0.1 in the shape of 3.2.1, for reading beside old reports. It is nothing that can be reported. */
export interface LegacyReading {
  /** The number of 3.2.1 that it was carried over from, or all whose place its own number took; empty when it is new. */
  readonly numbers: readonly string[];
  readonly carried: CarriedWorksheet;
  /** What is answered to criteria that 3.2.1 does not ask, under the numbers of 4.0.1; only what says something. */
  readonly notAsked: readonly FrozenAnswer[];
}

/** Where a worksheet was carried over from, and what that did to the requirements that its controls name. */
export interface CarriedFrom {
  readonly requirementNumber: string;
  readonly references: readonly CarriedReference[];
}

/** Reads a worksheet of 4.0.1 as one of 3.2.1. */
export function readAsLegacy(
  worksheet: VersionedWorksheet,
  source: BothVersions,
  origin: CarriedFrom | null,
): LegacyReading {
  const found = counterparts(source.mappings, "4.0.1", worksheet.requirementNumber).map(({ number }) => number);
  const numbers = origin ? [origin.requirementNumber] : [...new Set(found)];
  const target = { standardVersion: "3.2.1", requirementNumber: numbers.join(", "), changed: "" } as const;
  return {
    numbers,
    carried: carryOver(worksheet, target, source, origin?.references),
    notAsked: criteriaOf("4.0.1")
      .filter(({ numberIn }) => numberIn["3.2.1"] === null)
      .map(({ id, number }) => ({ id, number, answer: answerTo(worksheet.answers, id) }))
      .filter(({ answer }) => answer.trim() !== ""),
  };
}
