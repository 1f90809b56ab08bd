import type { StandardVersion } from "@/lib/domain/catalogue/standard-version";
import type { BothVersions } from "@/lib/domain/catalogue/successors";
import { type AddedPart, addedParts } from "@/lib/domain/worksheet/added-parts";
import { type CarriedReference, carryReference } from "@/lib/domain/worksheet/carried-reference";
import { type SectionKey, sectionOrder } from "@/lib/domain/worksheet/sections";
import type { CarryTarget, VersionedWorksheet } from "@/lib/domain/worksheet/versioned-worksheet";

/** A worksheet in another version, with all that the carrying did to it. */
export interface CarriedWorksheet {
  readonly worksheet: VersionedWorksheet;
  readonly from: CarryTarget;
  /** The requirements that controls name, where they were changed or are to be chosen. */
  readonly references: readonly CarriedReference[];
  /** What the version asks for that the other one did not. It stands beside the person's words and never among them. */
  readonly added: readonly AddedPart[];
  /** Rows that have another place than before, counted from 1. */
  readonly moved: readonly MovedRow[];
}

/** A row of the worksheet that stands elsewhere in the other version. */
export interface MovedRow {
  readonly section: SectionKey;
  readonly from: number;
  readonly to: number;
}

/**
 * Carries a worksheet into another version of PCI DSS. Every word stays where it was written; the one thing that changes
 * within the text is a requirement number that a control names, where it has one sure place, and each such change is told.
 * @param known what an earlier carrying did to references, so that going back undoes it to the letter
 */
export function carryOver(
  worksheet: VersionedWorksheet,
  target: CarryTarget,
  source: BothVersions,
  known: readonly CarriedReference[] = [],
): CarriedWorksheet {
  const { standardVersion: from, sections } = worksheet;
  const to = target.standardVersion;
  const references = sections.definition.items.controls
    .flatMap((control) => undone(known, control) ?? carryReference(source, from, control) ?? [])
    .filter(({ choose, before, after }) => choose || before !== after);
  const after = new Map(references.map((one) => [one.itemId, one.after]));
  const controls = sections.definition.items.controls.map((control) => {
    const requirementRef = after.get(control.id) ?? control.requirementRef;
    return requirementRef === control.requirementRef ? control : { ...control, requirementRef };
  });
  return {
    worksheet: {
      standardVersion: to,
      requirementNumber: target.requirementNumber,
      sections: { ...sections, definition: { ...sections.definition, items: { controls } } },
      answers: worksheet.answers,
    },
    from: { standardVersion: from, requirementNumber: worksheet.requirementNumber, changed: target.changed },
    references,
    added: addedParts(worksheet, target, references),
    moved: movedRows(from, to),
  };
}

/** The worksheet as it was before it was carried over, with whatever was written since. */
export function carryBack({ worksheet, from, references }: CarriedWorksheet, source: BothVersions): CarriedWorksheet {
  return carryOver(worksheet, from, source, references);
}

/** What was done to a reference turned round; null once somebody wrote another one. */
function undone(
  known: readonly CarriedReference[],
  { id, label, requirementRef }: { readonly id: string; readonly label: string; readonly requirementRef: string },
): CarriedReference | null {
  const done = known.find((one) => one.itemId === id && one.after === requirementRef);
  return done ? { itemId: id, label, before: done.after, after: done.before, choose: false, numbers: [] } : null;
}

function movedRows(from: StandardVersion, to: StandardVersion): MovedRow[] {
  const before = sectionOrder(from);
  return sectionOrder(to).flatMap((section, at) => {
    const place = before.indexOf(section);
    return place === at ? [] : [{ section, from: place + 1, to: at + 1 }];
  });
}
