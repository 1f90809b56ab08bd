import { MET, type Rule, type RuleFinding, type Verdict } from "@/lib/domain/rigour/finding";
import { customizedStop, missedStop, settingStop, storedSadStop } from "@/lib/domain/rigour/gate";
import { GATE_WORDS } from "@/lib/domain/rigour/gate-words";
import { narrativePiece, readEnglish } from "@/lib/domain/rigour/reading";
import { APPENDIX_B, APPENDIX_D, AS_OF, BOTH, MISSED_FAQ, NOWHERE, SAD_FAQ } from "@/lib/domain/rigour/rules/sources";
import { matchesIn } from "@/lib/domain/rigour/words/match";
import { isNoConfession, MISSED } from "@/lib/domain/rigour/words/missed";
import { KEPT_SAD, saysNotKept } from "@/lib/domain/rigour/words/sensitive-data";
import { substanceOf } from "@/lib/domain/rigour/words/sentences";

/** L07: not a setting that can simply be switched on. */
export const noPlainGap: Rule = {
  id: "L07",
  severity: "error",
  title: "It is no plain configuration gap, or says why the setting cannot be switched on",
  versions: BOTH,
  source: APPENDIX_B,
  asOf: AS_OF,
  evaluate: ({ requirementNumber, facts: { eligibility } }, { configurationGap }): Verdict => {
    const stop = settingStop(eligibility, { configurationGap });
    if (stop) {
      const key = `${requirementNumber}:${substanceOf(eligibility.whyNotSwitchedOn)}`;
      return { findings: [{ key, message: stop.message, place: NOWHERE }] };
    }
    if (configurationGap || eligibility.switchable !== null) return MET;
    return { findings: [], unanswered: GATE_WORDS.switchable.ask };
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
    const stop = storedSadStop(subject.facts.eligibility);
    if (target === "refused") {
      const message = targetNote ?? "No compensating control is accepted for this requirement.";
      return { findings: [{ key: `number:${subject.requirementNumber}`, message, place: NOWHERE }] };
    }
    if (stop) return { findings: [{ key: "answer", message: stop.message, place: NOWHERE }] };
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
    return subject.facts.eligibility.storedSad === null ? { findings: [], unanswered: GATE_WORDS.storedSad.ask } : MET;
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
    const stop = missedStop(subject.facts.eligibility);
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
    if (stop) {
      const place = findings[0]?.place ?? { section: "constraints" };
      findings.unshift({ key: "answer", message: stop.message, place });
    }
    if (findings.length > 0 || reading.unread.length > 0) return { findings, unread: reading.unread };
    return subject.facts.eligibility.missedActivity === null
      ? { findings, unanswered: GATE_WORDS.missedActivity.ask }
      : MET;
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
    const stop = customizedStop({ requirementNumber, ...facts });
    return stop ? { findings: [{ key: requirementNumber, message: stop.message, place: NOWHERE }] } : MET;
  },
};
