import { instantInWords } from "@/lib/domain/format-date";
import { OUTCOME_LABELS } from "@/lib/domain/workflow/criteria-gate";
import { CRITERION_TITLES } from "@/lib/domain/worksheet/criteria";
import type { Book } from "@/lib/render/pdf/book";
import { factStrips } from "@/lib/render/pdf/item-strips";
import { gap, paragraph, type Strip } from "@/lib/render/pdf/strip";
import { run, STYLES } from "@/lib/render/pdf/styles";
import type { CriterionModel } from "@/lib/render/pdf/view-model";

/** The criteria of Appendix B, each with what the entity answers and what was decided over it. */
export function criteriaStrips(book: Book, criteria: readonly CriterionModel[]): readonly Strip[] {
  return criteria.flatMap((criterion, index) => [
    ...(index === 0 ? [] : [gap(8)]),
    ...criterionStrips(book, criterion),
  ]);
}

function criterionStrips({ frame, fonts }: Book, { id, number, answer, decision }: CriterionModel): readonly Strip[] {
  const facts = [
    { term: "Answer", text: answer?.trim() ? answer : "Not answered." },
    {
      term: "Decision",
      text: decision
        ? `${OUTCOME_LABELS[decision.outcome]} (${decision.by}, ${instantInWords(decision.at)})`
        : "Not decided.",
    },
    { term: "Note", text: decision?.note ?? "" },
  ].filter(({ text }) => text !== "");
  return [
    ...paragraph([run(`${number}. ${CRITERION_TITLES[id]}`, STYLES.strong)], frame.width, fonts, { heading: true }),
    ...factStrips(facts, { width: frame.width, fonts, style: STYLES.small }),
  ];
}
