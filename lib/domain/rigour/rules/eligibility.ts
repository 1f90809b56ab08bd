import { MET, type Rule, type RuleFinding, type Verdict } from "@/lib/domain/rigour/finding";
import { narrativePiece, readEnglish } from "@/lib/domain/rigour/reading";
import { APPENDIX_B, APPENDIX_D, AS_OF, BOTH, MISSED_FAQ, NOWHERE, SAD_FAQ } from "@/lib/domain/rigour/rules/sources";
import { isFilled } from "@/lib/domain/rigour/words/filled";
import { matchesIn } from "@/lib/domain/rigour/words/match";
import { isNoConfession, MISSED } from "@/lib/domain/rigour/words/missed";
import { KEPT_SAD, saysNotKept } from "@/lib/domain/rigour/words/sensitive-data";
import { substanceOf } from "@/lib/domain/rigour/words/sentences";
import { UNABLE, UNWILLING } from "@/lib/domain/rigour/words/unwilling";

/** What is too short to be a reason. */
const SHORTEST_REASON = 20;

/** L07: not a setting that can simply be switched on. */
export const noPlainGap: Rule = {
  id: "L07",
  severity: "error",
  title: "It is no plain configuration gap, or says why the setting cannot be switched on",
  versions: BOTH,
  source: APPENDIX_B,
  asOf: AS_OF,
  evaluate: ({ requirementNumber, facts: { eligibility } }, { configurationGap }): Verdict => {
    const { switchable, whyNotSwitchedOn } = eligibility;
    const asked = configurationGap || switchable === true;
    if (!asked)
      return switchable === null ? { findings: [], unanswered: "Could a setting that exists be switched on?" } : MET;
    const key = `${requirementNumber}:${substanceOf(whyNotSwitchedOn)}`;
    const found = (message: string): Verdict => ({ findings: [{ key, message, place: NOWHERE }] });
    if (!isFilled(whyNotSwitchedOn) || whyNotSwitchedOn.trim().length < SHORTEST_REASON) {
      return found(
        "A setting that meets this requirement exists. Switch it on, or say why that cannot be done: a setting that can be switched on is fixed, not compensated.",
      );
    }
    if (whyNotSwitchedOn.match(UNWILLING) && !whyNotSwitchedOn.match(UNABLE)) {
      return found(
        "The reason why the setting is not switched on speaks of cost, time or convenience. Say what makes it impossible, or switch it on.",
      );
    }
    return MET;
  },
};

/** L08: not for sensitive authentication data kept after authorisation. */
export const noStoredSad: Rule = {
  id: "L08",
  severity: "error",
  title: "It is not about sensitive authentication data kept after authorisation",
  versions: BOTH,
  source: SAD_FAQ,
  asOf: AS_OF,
  evaluate: (subject, { target, targetNote }) => {
    const { storedSad } = subject.facts.eligibility;
    if (target === "refused") {
      const message = targetNote ?? "No compensating control is accepted for this requirement.";
      return { findings: [{ key: `number:${subject.requirementNumber}`, message, place: NOWHERE }] };
    }
    if (storedSad === true) {
      const message =
        "Sensitive authentication data that is kept after authorisation cannot be compensated, encrypted or not. Remove the data and withdraw this worksheet.";
      return { findings: [{ key: "answer", message, place: NOWHERE }] };
    }
    const reading = readEnglish(subject, [
      narrativePiece(subject.sections, "constraints"),
      narrativePiece(subject.sections, "definition"),
      narrativePiece(subject.sections, "identifiedRisk"),
    ]);
    const findings = matchesIn(reading.sentences, KEPT_SAD, saysNotKept).map(
      ({ place, phrase, sentence }): RuleFinding => ({
        key: `text:${place.section}:${substanceOf(sentence)}`,
        message: `“${phrase}” reads as if sensitive authentication data were kept. That cannot be compensated: remove the data, or say plainly that none is kept.`,
        place,
      }),
    );
    if (findings.length > 0 || reading.unread.length > 0) return { findings, unread: reading.unread };
    if (storedSad === null)
      return { findings: [], unanswered: "Is sensitive authentication data kept after authorisation?" };
    return MET;
  },
};

/** L09: not to make up for a periodic task that was missed. */
export const noMissedTask: Rule = {
  id: "L09",
  severity: "error",
  title: "It does not try to make up for a task that was missed in the past",
  versions: BOTH,
  source: MISSED_FAQ,
  asOf: AS_OF,
  evaluate: (subject) => {
    const { missedActivity } = subject.facts.eligibility;
    const advice =
      "No compensating control mends the past: report the requirement as not in place, or show that it was corrected, why it was an exception, and what keeps it from happening again.";
    const reading = readEnglish(subject, [
      narrativePiece(subject.sections, "constraints"),
      narrativePiece(subject.sections, "definition"),
      narrativePiece(subject.sections, "objective"),
      narrativePiece(subject.sections, "identifiedRisk"),
    ]);
    const findings = matchesIn(reading.sentences, MISSED, isNoConfession).map(
      ({ place, phrase, sentence }): RuleFinding => ({
        key: `${place.section}:${substanceOf(sentence)}`,
        message: `“${phrase}” tells of a task that was not done in its time. ${advice}`,
        place,
      }),
    );
    if (missedActivity === true) {
      findings.unshift({
        key: "answer",
        message: `You answered that a periodic task was missed. ${advice}`,
        place: findings[0]?.place ?? { section: "constraints" },
      });
    }
    if (findings.length > 0 || reading.unread.length > 0) return { findings, unread: reading.unread };
    if (missedActivity === null)
      return { findings, unanswered: "Is it to make up for a periodic task that was not done?" };
    return MET;
  },
};

/** L10: not together with the customized approach. */
export const noCustomizedApproach: Rule = {
  id: "L10",
  severity: "error",
  title: "The same requirement is not met by the customized approach",
  versions: ["4.0.1"],
  source: APPENDIX_D,
  asOf: AS_OF,
  evaluate: ({ requirementNumber, facts }) => {
    if (!facts.customizedApproach) return MET;
    const message = `${requirementNumber} is met by the customized approach in this engagement. A requirement has one or the other: withdraw the worksheet, or give up the customized approach.`;
    return { findings: [{ key: requirementNumber, message, place: NOWHERE }] };
  },
};
