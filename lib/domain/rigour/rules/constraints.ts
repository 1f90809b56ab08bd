import { MET, type Rule, type RuleFinding } from "@/lib/domain/rigour/finding";
import { legalStop } from "@/lib/domain/rigour/gate";
import { narrativePiece, readEnglish } from "@/lib/domain/rigour/reading";
import { APPENDIX_C, AS_OF, BOTH, CRITICISM } from "@/lib/domain/rigour/rules/sources";
import type { RigourSubject } from "@/lib/domain/rigour/subject";
import { matchesIn } from "@/lib/domain/rigour/words/match";
import { outdatedClaims } from "@/lib/domain/rigour/words/outdated";
import { substanceOf } from "@/lib/domain/rigour/words/sentences";
import { deniesMoney, isDenied, MONEY, UNABLE, UNWILLING } from "@/lib/domain/rigour/words/unwilling";

/** Evidence that shows the constraint: attached to its section, with a link or a file. */
function showsConstraint({ evidence }: RigourSubject): boolean {
  return evidence.some(({ section, url, files = [] }) => section === "constraints" && (url !== "" || files.length > 0));
}

/** L04: a technical or business constraint that is documented. */
export const documentedConstraint: Rule = {
  id: "L04",
  severity: "error",
  title: "The constraint is technical or a matter of business, and documented; a law takes another route",
  versions: BOTH,
  source: APPENDIX_C,
  asOf: AS_OF,
  evaluate: (subject) => {
    const { constraintType } = subject.sections.constraints.items;
    const findings: RuleFinding[] = [];
    const { legalBar } = subject.facts.eligibility;
    const stop = legalStop({ ...subject.facts.eligibility, legalBar: legalBar || constraintType === "legal" });
    if (stop) {
      findings.push({
        key: "legal",
        message: stop.message,
        place: { section: "constraints", field: "constraintType" },
      });
    } else if (constraintType === "") {
      findings.push({
        key: "type",
        message: "Say whether the constraint is technical or a matter of business.",
        place: { section: "constraints", field: "constraintType" },
      });
    }
    if (!showsConstraint(subject)) {
      findings.push({
        key: "evidence",
        message:
          "Nothing shows the constraint. Attach what documents it to this section: the output of a policy, a vendor's reply, the clause of a contract.",
        place: { section: "constraints" },
      });
    }
    return { findings };
  },
};

/** L05: not merely cost, time, convenience or dislike. */
export const notMerelyCost: Rule = {
  id: "L05",
  severity: "warning",
  title: "The constraint is not merely cost, time, convenience or dislike",
  versions: BOTH,
  source: CRITICISM,
  asOf: AS_OF,
  evaluate: (subject) => {
    const { sentences, unread } = readEnglish(subject, [narrativePiece(subject.sections, "constraints")]);
    const isContext = deniesMoney(sentences.map(({ text }) => text));
    const matches = matchesIn(
      sentences,
      UNWILLING,
      (sentence, match) => isDenied(sentence, match) || (isContext && match[0].match(MONEY) !== null),
    );
    const reasons = new Set(matches.map((match) => match.sentence));
    const unable = sentences.some(({ text }) => !reasons.has(text) && text.match(UNABLE));
    // A cost beside a documented reason of another kind is context, and not the constraint.
    if (unable && showsConstraint(subject)) return { findings: [], unread };
    const findings = matches.map(
      ({ place, phrase, sentence }): RuleFinding => ({
        key: substanceOf(sentence),
        message: `“${phrase}” gives cost, time, effort, priority or convenience as the reason. Say what in your technology or contracts makes it impossible, and attach what shows that.`,
        place,
      }),
    );
    return { findings, unread };
  },
};

/** L06: the requirement can really not be met today. */
export const reallyUnmeetable: Rule = {
  id: "L06",
  severity: "warning",
  title: "The requirement can really not be met: nothing native does it today",
  versions: BOTH,
  source: "The catalogue's article rows and claims, with their sources",
  asOf: AS_OF,
  evaluate: (subject, { rows }) => {
    const [first] = rows;
    const findings: RuleFinding[] = [];
    if (first?.statusToday === "no longer") {
      findings.push({
        key: `row:${first.id}:${first.statusToday}`,
        message: `The reason that the article gave for this requirement no longer holds: ${first.statusNote} Meet the requirement as it is written, or say why that is not open to you.`,
        place: { section: "constraints" },
      });
    }
    const { sentences, unread } = readEnglish(subject, [narrativePiece(subject.sections, "constraints")]);
    for (const { claim, match } of outdatedClaims(sentences)) {
      findings.push({
        key: `claim:${claim.id}:${substanceOf(match.sentence)}`,
        message: `“${match.phrase}” was so once. Today: ${claim.today} Check the constraint anew, or say why it still holds for you.`,
        place: match.place,
      });
    }
    return findings.length === 0 && unread.length === 0 ? MET : { findings, unread };
  },
};
