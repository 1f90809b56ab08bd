import type { ArticleRowId, FinalCheckId } from "@/lib/domain/catalogue/article";
import type { KeyOptionId } from "@/lib/domain/catalogue/key-option";
import type { AnswerName, BooleanAnswer, NumberAnswer, ScopeAnswers } from "@/lib/domain/scope/answers";

/** One choice of a question. */
export interface Choice {
  readonly value: string;
  readonly label: string;
}

interface QuestionBase {
  readonly text: string;
  /** Why it is asked, in a sentence. */
  readonly why: string;
  /** The rows of the article and the final checks that the answer decides. */
  readonly decides: readonly (ArticleRowId | FinalCheckId)[];
  /** Asked only for these key options; while none is chosen it is asked. Absent: asked for all. */
  readonly onlyFor?: readonly KeyOptionId[];
  /** Asked only once one of these answers is given as said. */
  readonly shownIf?: { readonly anyOf: readonly BooleanAnswer[]; readonly is: boolean };
}

/** A question of the wizard, by the kind of its answer. */
export type Question =
  | (QuestionBase & { readonly kind: "boolean"; readonly id: BooleanAnswer })
  | (QuestionBase & { readonly kind: "number"; readonly id: NumberAnswer; readonly unit: string; readonly max: number })
  | (QuestionBase & {
      readonly kind: "choice";
      readonly id: "dataKeyRequesters" | "importedExpiry" | "encryptDecryptApart";
      readonly choices: readonly Choice[];
    })
  /** Its choices are the catalogue's key options. */
  | (QuestionBase & { readonly kind: "multi"; readonly id: "keyOptions" });

/** A step of the wizard. */
export interface Step {
  readonly id: "keys" | "material" | "life" | "people" | "trail" | "final";
  readonly title: string;
  readonly lead: string;
  readonly questions: readonly Question[];
}

/** True when the question is asked, given the answers so far. */
export function isAsked(question: Question, answers: ScopeAnswers): boolean {
  const chosen = answers.keyOptions ?? [];
  const { onlyFor, shownIf } = question;
  if (onlyFor !== undefined && chosen.length > 0 && !chosen.some((option) => onlyFor.includes(option))) return false;
  return shownIf === undefined || shownIf.anyOf.some((name) => answers[name] === shownIf.is);
}

/** True when the answer has been given; an empty choice of key options is none. */
export function isAnswered(name: AnswerName, answers: ScopeAnswers): boolean {
  const answer = answers[name];
  return Array.isArray(answer) ? answer.length > 0 : answer !== undefined;
}
