import type { StandardVersion } from "@/lib/domain/catalogue/standard-version";
import { MET, type Rule, type RuleFinding, type Verdict } from "@/lib/domain/rigour/finding";
import { textOf } from "@/lib/domain/rigour/reading";
import { APPENDIX_C, AS_OF, BOTH, NOWHERE } from "@/lib/domain/rigour/rules/sources";
import { summariseText } from "@/lib/domain/rigour/section-length";
import { substanceOf } from "@/lib/domain/rigour/words/sentences";
import { SECTION_KEYS, SECTION_LABELS, type SectionKey, sectionOrder } from "@/lib/domain/worksheet/sections";

/** L01: one requirement, at the lowest level, of the worksheet's version. */
export const oneRequirement: Rule = {
  id: "L01",
  severity: "error",
  title: "The header names exactly one requirement, at the lowest level, of the worksheet's version",
  versions: BOTH,
  source: APPENDIX_C,
  asOf: AS_OF,
  evaluate: ({ requirementNumber, standardVersion }, { target, targetNote, leaves, counterparts }) => {
    const key = `${standardVersion}:${requirementNumber}`;
    const found = (message: string, severity?: "warning"): Verdict => ({
      findings: [{ key, message, place: NOWHERE, ...(severity && { severity }) }],
    });
    if (target === "unknown") {
      const other = counterparts.length > 0 ? ` In this version it is ${counterparts.join(", ")}.` : "";
      return found(
        `“${requirementNumber}” is not one requirement of PCI DSS ${standardVersion}. Write a worksheet for each requirement, by its own number.${other}`,
      );
    }
    if (target === "grouping") {
      const some =
        leaves.length > 0
          ? ` Choose the one that is not met: ${leaves.slice(0, 8).join(", ")}${leaves.length > 8 ? " …" : ""}.`
          : "";
      return found(`${requirementNumber} only groups other requirements.${some}`);
    }
    if (target === "ok" && targetNote !== null) return found(targetNote.replace(/^L01: /, ""), "warning");
    return MET;
  },
};

/** L02: all six sections have content. */
export const allFilled: Rule = {
  id: "L02",
  severity: "error",
  title: "All six sections are filled",
  versions: BOTH,
  source: APPENDIX_C,
  asOf: AS_OF,
  evaluate: ({ sections, standardVersion }, _knowledge, { sectionLength }) => ({
    findings: sectionOrder(standardVersion).flatMap((section): RuleFinding[] => {
      const length = summariseText(sections, section).length;
      if (length >= sectionLength) return [];
      const message =
        length === 0
          ? `“${SECTION_LABELS[section]}” is empty. All six sections must have content before a worksheet is submitted.`
          : `“${SECTION_LABELS[section]}” has ${length} characters, which is too little to follow. Write at least ${sectionLength}.`;
      return [{ key: section, message, place: { section } }];
    }),
  }),
};

const LABEL_WORDS: readonly (readonly [SectionKey, RegExp])[] = [
  ["constraints", /^constraints?(?: \(s\))?$/],
  ["definition", /^(?:definition(?: of (?:the )?compensating controls?)?|compensating controls?)$/],
  ["objective", /^objectives?$/],
  ["identifiedRisk", /^identified risks?$/],
  ["validation", /^validation(?: of (?:the )?compensating controls?)?$/],
  ["maintenance", /^maintenance$/],
];
/** A heading is short, and a line may be very long. */
const LONGEST_HEADING = 120;
const HEADING = /^\s*(?:(?:row|section|step|item)\s+)?(?:(\d)\s*[.):–—-]?\s+)?([\p{L} ()]{5,60}?)\s*(?::|–|—|\.|$)/iu;
const REFERENCE =
  /\b(?:row|section)\s+(\d)\s*(?:\(|,\s*|[:–—-]\s*|\s+)(?:the\s+|[“"])?(constraints|definition|objective|identified risk|validation|maintenance)\b/giu;

function rowNamed(words: string): SectionKey | null {
  const text = words.trim().toLowerCase().replace(/\s+/g, " ");
  return LABEL_WORDS.find(([, label]) => label.test(text))?.[0] ?? null;
}

/**
 * L03: the rows stand in the order of the version. The worksheet's shape sees to the order itself; what is left to go
 * wrong are rows that were pasted into another one, and numbers of rows that belong to the other version.
 */
export const orderOfRows: Rule = {
  id: "L03",
  severity: "error",
  title: "Order and labels of the sections follow the worksheet's version",
  versions: BOTH,
  source: APPENDIX_C,
  asOf: AS_OF,
  evaluate: ({ sections, standardVersion }) => ({
    findings: SECTION_KEYS.flatMap((section) => {
      const text = textOf(sections[section].narrative);
      return [...headingsIn(text, section, standardVersion), ...referencesIn(text, standardVersion)].map(
        ({ row, passage, at, message }): RuleFinding => ({
          key: `${section}:${row}:${substanceOf(passage)}`,
          message,
          place: { section, range: { from: at, to: at + passage.length } },
        }),
      );
    }),
  }),
};

interface Misplaced {
  readonly row: SectionKey;
  readonly passage: string;
  readonly at: number;
  readonly message: string;
}

function headingsIn(text: string, section: SectionKey, version: StandardVersion): Misplaced[] {
  let next = 0;
  return text.split("\n").flatMap((line): Misplaced[] => {
    const at = next;
    next += line.length + 1;
    const heading = HEADING.exec(line.slice(0, LONGEST_HEADING));
    const row = heading?.[2] ? rowNamed(heading[2]) : null;
    if (!heading || !row) return [];
    const found = { row, passage: heading[0], at };
    if (row !== section) {
      const message = `The row “${SECTION_LABELS[row]}” begins inside “${SECTION_LABELS[section]}”. Move that text to its own row.`;
      return [{ ...found, message }];
    }
    const right = numberOf(row, version);
    if (heading[1] === undefined || Number(heading[1]) === right) return [];
    const message = `“${SECTION_LABELS[row]}” is row ${right} in PCI DSS ${version}, and not ${heading[1]}. Correct the number.`;
    return [{ ...found, message }];
  });
}

function referencesIn(text: string, version: StandardVersion): Misplaced[] {
  return [...text.matchAll(REFERENCE)].flatMap((match): Misplaced[] => {
    const row = rowNamed(match[2] ?? "");
    if (!row || Number(match[1]) === numberOf(row, version)) return [];
    const message = `“${match[0]}”: in PCI DSS ${version} “${SECTION_LABELS[row]}” is row ${numberOf(row, version)}. Correct the reference.`;
    return [{ row, passage: match[0], at: match.index, message }];
  });
}

function numberOf(section: SectionKey, version: StandardVersion): number {
  return sectionOrder(version).indexOf(section) + 1;
}
