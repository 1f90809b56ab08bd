import type { Rule, RuleFinding, Verdict } from "@/lib/domain/rigour/finding";
import { narrativePiece, readEnglish } from "@/lib/domain/rigour/reading";
import { APPENDIX_B, APPENDIX_C, AS_OF, BOTH } from "@/lib/domain/rigour/rules/sources";
import { unsaid } from "@/lib/domain/rigour/unsaid";
import { bare, isFilled } from "@/lib/domain/rigour/words/filled";
import { anyOf, matchesIn } from "@/lib/domain/rigour/words/match";
import { nameOf } from "@/lib/domain/rigour/words/names";
import { substanceOf } from "@/lib/domain/rigour/words/sentences";
import { isOnlyCompliance, namesRisk } from "@/lib/domain/rigour/words/thin";
import type { Risk } from "@/lib/domain/worksheet/model";

/** A text that says away the risk it is asked for. */
const NO_RISK_SAID = anyOf(
  "(?:no|not any|zero|hardly any|without) (?:additional |added |further |extra |real |new |residual |relevant |significant |increased |remaining )*(?:risks?|threats?|exposure)(?! (?:is|are) (?:left )?(?:without|unanswered))",
  "risks? (?:is|are|was|were|has been|have been) (?:therefore |thus |fully |completely |totally )?(?:eliminated|removed|excluded|none|zero|gone|not (?:present|given|applicable|increased|relevant)|impossible|negligible)",
);
const ABOUT_LEFT = /\b(?:accept|other than|beyond|but|except|unless|if|which no|that no|without a control)\b/i;

const ASKS = {
  threat: "a threat: who or what could do harm because the requirement is not met",
  asset: "what is at stake: the asset that the threat is aimed at",
  likelihood: "how likely it is",
  impact: "how bad it would be",
  residual: "what is left once the controls work, and who accepted it",
} as const;

/** "Same" in the column of assets points at the row above it, if that says something. */
const SAME_AS_ABOVE = /^(?:the )?(?:same(?: as (?:above|before|for R\d+))?|as above|ditto|idem|dito)$/i;

function namesAsset(risk: Risk, risks: readonly Risk[]): boolean {
  if (namesRisk(risk.asset)) return true;
  const above = risks[risks.indexOf(risk) - 1];
  return SAME_AS_ABOVE.test(bare(risk.asset)) && above !== undefined && namesAsset(above, risks);
}

function missingIn(risk: Risk, risks: readonly Risk[]): readonly (keyof typeof ASKS)[] {
  const said = {
    threat: namesRisk(risk.threat) && !isOnlyCompliance(risk.threat),
    asset: namesAsset(risk, risks),
    likelihood: risk.likelihood !== "",
    impact: risk.impact !== "",
    residual: isFilled(risk.residual),
  };
  return unsaid(said);
}

/** L16: each risk is a risk. */
export const wholeRisks: Rule = {
  id: "L16",
  severity: "error",
  title: "The identified risk names threat, asset, likelihood, impact and what is left",
  versions: BOTH,
  source: APPENDIX_C,
  asOf: AS_OF,
  evaluate: (subject): Verdict => {
    const { risks } = subject.sections.identifiedRisk.items;
    const findings = risks.flatMap((risk) =>
      missingIn(risk, risks).map(
        (field): RuleFinding => ({
          key: `${risk.id}:${field}`,
          message:
            field === "threat" && isOnlyCompliance(risk.threat)
              ? `${nameOf(risk, "A risk")} names only the lack of compliance. Say what could happen to the data or the system because the requirement is not met.`
              : `${nameOf(risk, "A risk")} does not name ${ASKS[field]}.`,
          place: { section: "identifiedRisk", itemId: risk.id, field },
        }),
      ),
    );
    if (risks.length === 0) {
      findings.push({
        key: "none",
        message:
          "No risk is listed. Not meeting the requirement leaves one: name its threat, what is at stake, how likely and how bad it is, and what is left.",
        place: { section: "identifiedRisk" },
      });
    }
    const { sentences, unread } = readEnglish(subject, [narrativePiece(subject.sections, "identifiedRisk")]);
    for (const { place, phrase, sentence } of matchesIn(sentences, NO_RISK_SAID, (one) => ABOUT_LEFT.test(one))) {
      findings.push({
        key: `text:${substanceOf(sentence)}`,
        message: `“${phrase}” says the risk away. An assessor looks for the risk that is there because the requirement is not met, and for what answers it.`,
        place,
        severity: "warning",
      });
    }
    return { findings, unread };
  },
};

/** L17: each risk is answered. */
export const answeredRisks: Rule = {
  id: "L17",
  severity: "error",
  title: "Every risk is answered by at least one control",
  versions: BOTH,
  source: APPENDIX_B,
  asOf: AS_OF,
  evaluate: ({ sections }): Verdict => {
    const { risks } = sections.identifiedRisk.items;
    if (risks.length === 0) return { findings: [], notApplicable: "No risk is listed yet." };
    const known = new Set(sections.definition.items.controls.map((control) => control.id));
    return {
      findings: risks.flatMap((risk): RuleFinding[] => {
        if (risk.controlIds.some((id) => known.has(id))) return [];
        const gone = risk.controlIds.length > 0 ? " The ones it names are no longer listed." : "";
        const message = `No control answers ${nameOf(risk, "a risk")}.${gone} Name the controls that do, or add one.`;
        return [{ key: risk.id, message, place: { section: "identifiedRisk", itemId: risk.id, field: "controlIds" } }];
      }),
    };
  },
};
