import { MET, type Rule, type RuleFinding, type TextRange } from "@/lib/domain/rigour/finding";
import { compared, coverage, likeness, sharedPassage } from "@/lib/domain/rigour/likeness";
import { narrativePiece, readEnglish, textOf } from "@/lib/domain/rigour/reading";
import { APPENDIX_B, APPENDIX_C, AS_OF, BOTH } from "@/lib/domain/rigour/rules/sources";
import { isFilled } from "@/lib/domain/rigour/words/filled";
import { anyOf } from "@/lib/domain/rigour/words/match";
import { type Sentence, substanceOf } from "@/lib/domain/rigour/words/sentences";

/** The way standards speak: what must be so. */
const NORM = anyOf(
  "must(?: not)?(?: be)?|shall(?: be)?|(?:is|are) (?:to be|required|mandatory|obliged)|has to be|have to be|needs? to be|ensure(?:s)? that|should be",
);
/** The standard's own voice. */
const QUOTED = anyOf(
  "(?:requires?|demands?|states?|says?|mandates?|prescribes?) (?:that|us|the|all|an?|every|each|locking|encrypt[a-z]+|us to)|as required by",
);
/** The share of the title's weighty words from which on a sentence says no more than the title. */
const RESTATED = 0.8;
/** What one's own controls achieve, against what is only asked for. */
const ACHIEVED = anyOf(
  "our (?:[a-z]+ )?(?:controls?|measures?|solution|design)|compensating controls?|these controls|the controls|C\\d+|K\\d+|here|met|reached|achieved?|achieves|reach(?:es)?|attained?|fulfilled by|satisfied by|so that|because|instead|equals?|equivalent|nobody|cannot|ends after|without",
);

/** L14: the objective states the aim, and not the requirement's text. */
export const statesTheAim: Rule = {
  id: "L14",
  severity: "warning",
  title: "The objective states the aim, and not the requirement's text",
  versions: BOTH,
  source: APPENDIX_C,
  asOf: AS_OF,
  evaluate: (subject, { title, number }, settings) => {
    const text = textOf(subject.sections.objective.narrative);
    const mine = compared(text);
    const theirs = compared(title);
    const found = (range: TextRange, message: string): RuleFinding => ({
      key: substanceOf(text.slice(range.from, range.to)),
      message: `${message} Say what the requirement is there to achieve, and what your controls achieve.`,
      place: { section: "objective", range },
    });
    if (likeness(mine, theirs) >= settings.likeness) {
      const range = sharedPassage(mine, theirs) ?? { from: 0, to: text.length };
      return { findings: [found(range, `This repeats what ${number} asks for.`)] };
    }
    const { sentences, unread } = readEnglish(subject, [narrativePiece(subject.sections, "objective")]);
    const restates = ({ text: one }: Sentence) => {
      const words = compared(one);
      const isLike = words.words.length >= 4 && likeness(words, theirs) >= settings.likeness;
      return isLike || coverage(words, theirs) >= RESTATED || one.match(QUOTED) !== null;
    };
    const says = sentences.some((one) => one.text.match(ACHIEVED) && !restates(one));
    const [first] = sentences.filter(restates);
    if (first && !says) {
      const range = { from: first.at, to: first.at + first.text.length };
      return { findings: [found(range, `This repeats what ${number} asks for, and not why.`)], unread };
    }
    const [norm] = sentences;
    if (norm && !says && sentences.every(({ text: one }) => one.match(NORM))) {
      const range = { from: norm.at, to: norm.at + norm.text.length };
      return { findings: [found(range, "This reads like the requirement itself.")], unread };
    }
    return unread.length === 0 ? MET : { findings: [], unread };
  },
};

/** L15: the objective is tied to the standard's own yardstick. */
export const tiedToYardstick: Rule = {
  id: "L15",
  severity: "info",
  title: "The objective is tied to the customized approach objective, or to the requirement's purpose",
  versions: BOTH,
  source: APPENDIX_B,
  asOf: AS_OF,
  evaluate: ({ sections, standardVersion }, { customizedApproachEligible }) => {
    const { objectiveRef } = sections.objective.items;
    const place = { section: "objective", field: "objectiveRef" } as const;
    if (isFilled(objectiveRef)) {
      if (standardVersion === "4.0.1" || !/customi[sz]ed/i.test(objectiveRef)) return MET;
      const message =
        "PCI DSS 3.2.1 knows no customized approach objective. Name the intent in the guidance beside the requirement instead.";
      return { findings: [{ key: "version", message, place }] };
    }
    const yardstick =
      standardVersion === "3.2.1"
        ? "the intent in the guidance beside the requirement"
        : customizedApproachEligible === false
          ? "the requirement's purpose"
          : "the requirement's customized approach objective, or its purpose where it has none";
    const message = `An assessor measures the controls by ${yardstick}. Name it as what the objective is taken from.`;
    return { findings: [{ key: "empty", message, place }] };
  },
};
