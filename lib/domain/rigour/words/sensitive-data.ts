import { anyOf } from "@/lib/domain/rigour/words/match";

const SAD =
  "(?:sensitive authentication data|full track|track (?:1|2|one|two|data)|track-?[12]|magnetic[- ]stripe(?: data)?|(?:the )?(?:cvv2?|cvc2?|cid|cav2|card (?:verification|security) (?:codes?|values?|numbers?))s?|pin blocks?|pins)";
const KEEP =
  "(?:stored?|stores|storing|retains?|retained|retaining|keeps?|kept|keeping|saves?|saved|saving|archives?|archived|persists?|persisted|held|holds?|logs?|logged|recorded|written)";

/** A sentence that reads as if sensitive authentication data stayed after authorisation. Source: PCI DSS 3.2 (3.2.1), 3.3.1 (4.0.1). */
export const KEPT_SAD = anyOf(
  `${KEEP}(?: [^\\s.;]+){0,5}? ${SAD}(?: [^\\s.;]+){0,10}? (?:after|post|following|beyond|for (?:\\d+|[a-z]+) (?:days|weeks|months|years|hours)|in case|for (?:later|refunds?|recurring|chargebacks?|re-?use|disputes?|retries))`,
  `${SAD}(?: [^\\s.;]+){0,5}? ${KEEP}(?: [^\\s.;]+){0,10}? (?:after|post|following|beyond|for (?:\\d+|[a-z]+) (?:days|weeks|months|years|hours)|in case|for (?:later|refunds?|recurring|chargebacks?|re-?use|disputes?|retries))`,
);

const NOT_KEPT =
  /\b(?:no|not|never|nor|neither|none|without|n[’']t|cannot|forbids?|forbidden|prevents?|denies|denied|deleted|erased|purged|wiped|removed|discarded|would|could|might|if|may)\b/i;

/** True when the sentence denies it or speaks of what might be. */
export function saysNotKept(sentence: string): boolean {
  return NOT_KEPT.test(sentence);
}
