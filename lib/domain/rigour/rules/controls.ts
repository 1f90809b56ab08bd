import type { Rule, RuleFinding, Verdict } from "@/lib/domain/rigour/finding";
import type { RigourKnowledge } from "@/lib/domain/rigour/knowledge";
import { provenanceOf } from "@/lib/domain/rigour/owed";
import { APPENDIX_B, AS_OF, BOTH, PRACTICE } from "@/lib/domain/rigour/rules/sources";
import { saysWhyBeyondOwed } from "@/lib/domain/rigour/words/beyond";
import { bare, isFilled } from "@/lib/domain/rigour/words/filled";
import { nameOf } from "@/lib/domain/rigour/words/names";
import { substanceOf } from "@/lib/domain/rigour/words/sentences";
import type { Control } from "@/lib/domain/worksheet/model";

const RELATION_WORDS = {
  same: "is the requirement of this worksheet",
  above: "is the item that this requirement belongs to",
  below: "is part of this requirement",
  beside: "is owed for the same item",
  near: "is owed for the same subject",
} as const;

/** True when the control is more than what is owed here: new, or owed elsewhere, or both together. */
function counts(control: Control, knowledge: RigourKnowledge): boolean {
  if (control.origin !== "required_elsewhere") return true;
  return provenanceOf(knowledge, control.requirementRef).some(({ kind }) => kind === "owed_elsewhere");
}

/** L11: something new, or from another area. */
export const somethingNew: Rule = {
  id: "L11",
  severity: "error",
  title: "At least one control is new, or owed only elsewhere",
  versions: BOTH,
  source: APPENDIX_B,
  asOf: AS_OF,
  evaluate: ({ sections }, knowledge): Verdict => {
    const { controls } = sections.definition.items;
    if (controls.some((control) => counts(control, knowledge))) return { findings: [] };
    const message =
      controls.length === 0
        ? "No control is listed. Add the controls that stand in for the requirement, each with where it comes from."
        : "No control is new or known to be owed for another requirement. Being compliant with what is owed here does not compensate: add a control that goes beyond it, or name the other requirement that each one comes from.";
    return { findings: [{ key: controls.length === 0 ? "none" : "owed", message, place: { section: "definition" } }] };
  },
};

/** L12: nothing that is owed for this item already. */
export const nothingOwed: Rule = {
  id: "L12",
  severity: "error",
  title: "No control is already owed for the same item",
  versions: BOTH,
  source: APPENDIX_B,
  asOf: AS_OF,
  evaluate: ({ sections, requirementNumber, standardVersion }, knowledge): Verdict => ({
    findings: sections.definition.items.controls.flatMap((control): RuleFinding[] => {
      const place = { section: "definition", itemId: control.id, field: "requirementRef" } as const;
      const from = provenanceOf(knowledge, control.requirementRef);
      const found: RuleFinding[] = from.flatMap((one): RuleFinding[] => {
        if (one.kind === "owed_elsewhere") return [];
        const key = `${control.id}:${one.kind}:${one.number}`;
        if (one.kind === "unknown") {
          const message = `${nameOf(control)} names ${one.number}, which PCI DSS ${standardVersion} does not have. Give the number of this version.`;
          return [{ key, message, place, severity: "warning" }];
        }
        const message = `${nameOf(control)} comes from ${one.number}, which ${RELATION_WORDS[one.requirement.relation]}. What is owed for ${requirementNumber} anyway does not count: replace the control, or say what it does beyond that as a new one.`;
        return [{ key, message, place }];
      });
      if (from.length === 0 && control.origin !== "new") {
        const message = `${nameOf(control)} is owed elsewhere, but it does not say where. Give the number of that requirement, so that it can be seen that it is not owed here.`;
        found.push({ key: `${control.id}:unnamed`, message, place, severity: "warning" });
      }
      return found;
    }),
  }),
};

/** Words of a reason at the least: "stricter" alone says nothing. */
const FEWEST_WORDS = 3;

/** L13: each control says why it goes above and beyond. */
export const saysWhyBeyond: Rule = {
  id: "L13",
  severity: "error",
  title: "Each control says why it is above and beyond",
  versions: BOTH,
  source: APPENDIX_B,
  asOf: AS_OF,
  evaluate: ({ sections }) => ({
    findings: sections.definition.items.controls.flatMap((control): RuleFinding[] => {
      const text = bare(control.aboveAndBeyond);
      // Scripts without spaces between words say much in one "word".
      const enough = text.split(/\s+/u).length >= FEWEST_WORDS || /[^\p{Script=Latin}\P{L}]{6,}/u.test(text);
      if (isFilled(text) && enough && saysWhyBeyondOwed(text)) return [];
      const message = `${nameOf(control)} does not say why it is above and beyond. Say how it is more than what PCI DSS asks for here anyway.`;
      const place = { section: "definition", itemId: control.id, field: "aboveAndBeyond" } as const;
      return [{ key: control.id, message, place }];
    }),
  }),
};

/** L18: preventing and noticing together. */
export const mixOfNatures: Rule = {
  id: "L18",
  severity: "warning",
  title: "Controls prevent as well as detect",
  versions: BOTH,
  source: `${PRACTICE}; ${APPENDIX_B}`,
  asOf: AS_OF,
  evaluate: ({ sections }): Verdict => {
    const { controls } = sections.definition.items;
    if (controls.length === 0) return { findings: [], notApplicable: "No control is listed yet." };
    const missing = (["preventive", "detective"] as const).filter(
      (nature) => !controls.some((control) => control.nature === nature),
    );
    const MESSAGES = {
      preventive:
        "No control prevents. Noticing an attack is rarely the same defence as the requirement: add a control that stops it.",
      detective: "No control detects. Add one that tells you when the others are got round or fail.",
    } as const;
    return {
      findings: missing.map((nature) => ({
        key: `${nature}:${substanceOf(
          controls
            .map((control) => control.id)
            .sort()
            .join(" "),
        )}`,
        message: MESSAGES[nature],
        place: { section: "definition" },
      })),
    };
  },
};
