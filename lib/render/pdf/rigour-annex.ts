import { GATE_TITLE } from "@/lib/domain/rigour/gate-words";
import { OUTCOME_WORDS, type RuleReport, SEVERITY_WORDS, tallyOfRules } from "@/lib/domain/rigour/report";
import { SECTION_LABELS } from "@/lib/domain/worksheet/sections";
import type { Book } from "@/lib/render/pdf/book";
import { factStrips } from "@/lib/render/pdf/item-strips";
import { gap, paragraph, type Strip } from "@/lib/render/pdf/strip";
import { run, STYLES } from "@/lib/render/pdf/styles";
import type { RigourModel } from "@/lib/render/pdf/view-model";

/** The column in which the gate's questions stand, in points: they are sentences. */
const QUESTION = 190;

/** The answers of the gate, and what came of the rules: in full where one has something to say, else by its title. */
export function rigourStrips(book: Book, { gate, thresholds, rules, recorded }: RigourModel): readonly Strip[] {
  const { frame, fonts } = book;
  const small = { width: frame.width, fonts, style: STYLES.small };
  const line = (text: string) => paragraph([run(text, STYLES.small)], frame.width, fonts);
  const spoken = rules.filter(
    ({ kind, findings }) => kind === "findings" || kind === "not_evaluated" || findings.length > 0,
  );
  const quiet = rules.filter((one) => !spoken.includes(one));
  return [
    ...heading(book, GATE_TITLE),
    ...(gate ? factStrips(gate, small, QUESTION) : line("The questions were not asked of this text.")),
    gap(8),
    ...heading(book, "Rules"),
    ...line(recorded ? tallyOfRules(rules) : UNRECORDED),
    ...thresholds.flatMap(line),
    ...spoken.flatMap((rule) => [gap(6), ...ruleStrips(book, rule)]),
    ...(quiet.length > 0 ? [gap(6)] : []),
    ...quiet.flatMap(({ rule, title, kind }) => line(`${rule}  ${title}: ${OUTCOME_WORDS[kind].toLowerCase()}.`)),
  ];
}

/** Of revisions from before it was recorded what came of the rules. */
const UNRECORDED =
  "What came of the rules was not recorded when this text was frozen. Here stand the warnings for which a reason was given.";

function heading({ frame, fonts }: Book, words: string): readonly Strip[] {
  return [...paragraph([run(words, STYLES.strong)], frame.width, fonts, { heading: true }), gap(2)];
}

function ruleStrips(book: Book, { rule, title, kind, detail, findings }: RuleReport): readonly Strip[] {
  const { frame, fonts } = book;
  const facts = [
    ...(detail === "" ? [] : [{ term: OUTCOME_WORDS[kind], text: detail }]),
    ...findings.flatMap(({ severity, section, message, reason }) => [
      {
        term: SEVERITY_WORDS[severity],
        text: section ? `${SECTION_LABELS[section]}: ${message}` : message,
      },
      ...(reason === null ? [] : [{ term: "Reason", text: reason }]),
    ]),
  ];
  return [
    ...paragraph([run(`${rule}  ${title}`, STYLES.smallStrong)], frame.width, fonts, { heading: true }),
    ...factStrips(facts, { width: frame.width, fonts, style: STYLES.small }),
  ];
}
