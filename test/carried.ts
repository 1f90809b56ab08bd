import fc from "fast-check";
import type { Catalogue } from "@/lib/domain/catalogue/catalogue";
import { successorsOf } from "@/lib/domain/catalogue/successors";
import { CRITERION_IDS, type CriterionId } from "@/lib/domain/worksheet/criteria";
import type { WorksheetSections } from "@/lib/domain/worksheet/model";
import type { CarryTarget, VersionedWorksheet } from "@/lib/domain/worksheet/versioned-worksheet";
import { sectionsArbitrary } from "@/test/worksheet-arbitrary";

/** Texts in which a careless rewriting would get lost: languages, signs, numbers, code. For tests and proofs. */
const anyText = fc.oneof(
  fc.constantFrom(
    "",
    " ",
    "Die Sperre greift nach fünf Versuchen, siehe 8.1.6 und 10.5.",
    "鍵は HSM の中だけにある。要件 3.6.6。",
    "المفتاح لا يغادر الجهاز ‏8.2.3‏",
    "Aim of the original requirement",
    "Aim reached by the controls",
    "<script>alert('8.1.6')</script>",
    "$& $1 $` 8.1.6",
    "'; DROP TABLE section; --",
    "\u202e6.1.8 \u200b8.1.6\u0301",
    "TLS 1.2, 10.0.5.1, v3.2.1",
    "__proto__",
    "word ".repeat(400),
  ),
  fc.string({ unit: "grapheme", maxLength: 60 }),
);

/** What people write into the requirement of a control, sensible or not. */
const anyReference = fc.oneof(
  fc.constantFrom(
    "",
    "8.1.6",
    "8.1.6 and 8.1.7",
    "10.5",
    "12.10.5",
    "10.2.1, 10.2.2; 10.2.3",
    "PCI DSS 3.2.1 8.1.6",
    "v3.2.1: 10.5",
    "8.3.4",
    "A3.2.5.1",
    "99.9",
    "none",
    "8.2 ".repeat(48).trim(),
    "$& 8.1.6 $1",
    "\u202e8.1.6",
  ),
  fc.string({ unit: "grapheme", maxLength: 40 }),
);

/** Six sections with hostile and foreign text in them, references of every kind, and now and then nothing at all. */
const anySections: fc.Arbitrary<WorksheetSections> = fc
  .tuple(
    sectionsArbitrary,
    fc.array(anyText, { minLength: 12, maxLength: 12 }),
    fc.array(anyReference, { minLength: 5, maxLength: 5 }),
  )
  .map(([sections, texts, references]) => {
    const text = (at: number) => texts[at % texts.length] ?? "";
    const { constraints, definition, objective, maintenance } = sections;
    const paragraph = (value: string) =>
      value === ""
        ? ({ type: "paragraph" } as const)
        : ({ type: "paragraph", content: [{ type: "text", text: value }] } as const);
    return {
      ...sections,
      constraints: {
        ...constraints,
        narrative: { type: "doc", content: [...constraints.narrative.content, paragraph(text(0))] },
      },
      definition: {
        ...definition,
        items: {
          controls: definition.items.controls.map((control, at) => ({
            ...control,
            requirementRef: references[at] ?? "",
            description: text(at + 1),
            aboveAndBeyond: text(at + 6),
          })),
        },
      },
      objective: {
        narrative: { type: "doc", content: [paragraph(text(2)), ...objective.narrative.content] },
        items: { objectiveRef: text(3) },
      },
      maintenance: { ...maintenance, items: { ...maintenance.items, exitPlan: text(4) } },
    };
  });

const answers = fc
  .array(anyText, { minLength: CRITERION_IDS.length, maxLength: CRITERION_IDS.length })
  .chain((texts) =>
    fc.subarray([...CRITERION_IDS]).map((ids) => ids.map((id: CriterionId, at) => ({ id, answer: texts[at] ?? "" }))),
  );

/** A worksheet of 3.2.1 with a place of 4.0.1 that it may go on for. */
export interface CarryCase {
  readonly worksheet: VersionedWorksheet;
  readonly target: CarryTarget;
}

/** Every number of 3.2.1 that goes on somewhere, with each of its places. */
export function carryPlaces(catalogue: Catalogue): readonly { readonly from: string; readonly target: CarryTarget }[] {
  return catalogue.requirements
    .filter(({ version }) => version === "3.2.1")
    .flatMap(({ number }) =>
      successorsOf(catalogue, number).map((successor) => ({
        from: number,
        target: { standardVersion: "4.0.1" as const, requirementNumber: successor.number, changed: successor.changed },
      })),
    );
}

/** Worksheets of 3.2.1 of every kind, each with a place. */
export function carryCases(catalogue: Catalogue): fc.Arbitrary<CarryCase> {
  const places = carryPlaces(catalogue);
  return fc
    .record({ place: fc.nat(places.length - 1), sections: anySections, answers })
    .map(({ place, sections, answers: given }) => {
      const chosen = places[place];
      if (!chosen) throw new Error("The catalogue names no place.");
      const worksheet = { standardVersion: "3.2.1" as const, requirementNumber: chosen.from, sections, answers: given };
      return { worksheet, target: chosen.target };
    });
}

/** Every word of a value, wherever it stands, in its order: ids and choices from lists count as words too. */
export function wordsOf(value: unknown): readonly string[] {
  if (typeof value === "string") return value.split(/\s+/u).filter((word) => word !== "");
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(wordsOf);
}
