import { anyOf } from "@/lib/domain/rigour/words/match";

/** Tasks that come round, and that somebody may have left out. Source: facts 1.2, criterion 6 and its FAQ. */
const TASK =
  "(?:scans?|scanning|reviews?|tests?|testing|penetration tests?|pen[- ]?tests?|rotations?|key (?:changes?|rotations?)|checks?|audits?|inspections?|assessments?|exercises?|drills?|trainings?|training|patch(?:es|ing)?|updates?|walk-?throughs?|re-?certifications?|attestations?|reconciliations?|recertification|back-?ups?|activit(?:y|ies)|tasks?|analys[ei]s|evaluations?|validations?|verifications?|comparisons?|sweeps?|rounds?|re-?keying|re-?views?|counts?|inventor(?:y|ies)|log review|cycle|cycles|deadline|quarter|runs?)";
const BE = "(?:was|were|has been|have been|had been|got|had|has|have|being)";
const NOT_DONE =
  "(?:performed|done|carried out|conducted|completed|executed|run|made|undertaken|held|finished|rotated|changed|reviewed|tested|scanned|renewed|taken place|signed off|documented|started|repeated|kept up|met|followed|observed)";
const OMITTED =
  "(?:missed|skipped|omitted|forgotten|overlooked|left out|left undone|neglected|not kept|dropped|let slip|suspended|cancelled)";
const TIME =
  "(?:on time|in time|as (?:due|planned|scheduled|required)|within|when due|by the due date|at all|last|in 20\\d\\d|since|for|during|between|until|in (?:january|february|march|april|may|june|july|august|september|october|november|december|q[1-4]|the (?:first|second|third|fourth|last|past|previous)))";

/** A sentence that tells that a task was left out or came too late. */
export const MISSED = anyOf(
  `${TASK}(?: [^\\s.;]+){0,9}? ${BE}(?: [a-z]+)?(?: therefore| unfortunately| also| both| then)? ${OMITTED}`,
  `${TASK}(?: [^\\s.;]+){0,9}? (?:(?:was|were|has|have|had) (?:[a-z]+ )?(?:not|never)|(?:was|were|has|have|had)n[’']t)(?: yet| actually)?(?: been)?(?: [a-z]+ly)? ${NOT_DONE}`,
  `${TASK}(?: [^\\s.;]+){0,9}? (?:did not|didn[’']t|never|failed to|could not) (?:[a-z]+ )?(?:take place|happen|occur|run|go ahead|get done|complete|start|be (?:performed|done|carried out|completed|conducted|run|held))`,
  `(?:we|it|they|team|staff|operator|administrators?|engineers?|custodians?|department|entity|company|supplier|vendor|provider|nobody|no one)(?: [a-z]+){0,2}? (?:have |has |had )?(?:inadvertently |accidentally |unfortunately |simply |also )?(?:missed|skipped|omitted|forgot(?:ten)?(?: to)?|overlooked|neglected(?: to)?|failed to (?:perform|do|carry out|run|conduct|complete|rotate|change|review|scan|test)|did not (?:perform|do|carry out|run|conduct|complete|rotate|change|review|scan|test|hold|make)|didn[’']t (?:perform|do|carry out|run|conduct|complete|rotate|change|review|scan|test))(?: [^\\s.;]+){0,7}? ${TASK}`,
  `${TASK}(?: [^\\s.;]+){0,9}? (?:was|were|came|has been|had been|is|are|took place|ran|happened|got)(?: [a-z]+)? (?:(?:[a-z]+|\\d+) (?:days?|weeks?|months?|quarters?) )?(?:late|overdue|delayed|behind schedule|past due|out of cycle|too late)`,
  `${TASK}(?: [^\\s.;]+){0,9}? (?:lapsed|fell behind|fell through|slipped|has slipped|had lapsed|had slipped)`,
  `(?:missed|skipped|omitted|forgotten|overlooked|overdue|late|lapsed|outstanding|unperformed) (?:[\\w’'-]+ ){0,4}?${TASK} (?:of|in|for|from|during|last|this|between|due)`,
  `no (?:[\\w’'-]+ ){0,4}?${TASK} (?:was|were|has been|have been|had been|took place|happened) (?:[a-z]+ )?(?:performed|done|carried out|conducted|completed|run|made|held|between|in|during|for|last|since)`,
  `(?:make up for|makes up for|making up for|compensates? for|compensating for|catch(?:ing)? up on|cover(?:s|ing)? for|remed(?:y|ies|ying)|repair(?:s|ing)?) (?:the |a |our |this |these |that )?(?:[\\w’'-]+ ){0,4}?(?:missed|skipped|omitted|forgotten|overlooked|lapsed|late|overdue|missing|gap in|unperformed)`,
  `(?:nobody|no one|no-one|none of (?:us|them))(?: [a-z]+){0,2}? (?:has |had )?(?:${NOT_DONE}|did|ran|looked at|scanned|checked)(?: [^\\s.;]+){0,5}? ${TASK}`,
  `(?:${NOT_DONE}|rotated|changed|scanned|reviewed)(?: [^\\s.;]+){0,4}? (?:[a-z]+|\\d+) (?:days|weeks|months|quarters) (?:too )?late`,
  `(?:keys?|passwords?|systems?|logs?|rules?|accounts?|secrets?|certificates?)(?: [^\\s.;]+){0,6}? (?:(?:was|were|has|have|had) not|(?:was|were|has|have|had)n[’']t|(?:was|were) never)(?: been)? (?:rotated|reviewed|scanned|tested|checked|audited|re-?keyed|patched) ${TIME}`,
);

const NOT_TOLD =
  /\b(?:if|when|whenever|unless|should|would|might|could be|can be|in case|in the event|where a|each time|every time|any|so that|until|once|to be|must|will|never (?:been )?(?:missed|skipped|late|overdue)|(?:is|are) (?:missed|skipped|omitted|overlooked))\b/i;
/** The verb. The month is told by its capital, and where it is written small by what stands around it. */
const MONTHS = "january|february|march|april|june|july|august|september|october|november|december";
const MAY = new RegExp(
  `(?<!\\b(?:in|of|since|until|till|from|to|during|through|by|early|late|mid|last|this|before|after|${MONTHS}|(?:${MONTHS})(?:,| and| or)|\\d(?:st|nd|rd|th)?)[ -])\\bmay\\b(?! (?:20)?\\d\\d\\b| (?:was|were|had|has|did)\\b)`,
);
const DENIED =
  /(?:\b(?:no|none|not one|neither|never)\b[^,.;]{0,200}\b(?:missed|skipped|omitted|late|overdue|overlooked|forgotten|lapsed)|\b(?:not|never|n[’']t) (?:been )?(?:missed|skipped|omitted|late|overdue|overlooked|forgotten|lapsed)|\bwithout (?:missing|skipping|a missed)|\bnothing (?:was|has been))/i;
/** Tests report what was tried, and people describe what an alarm is for: neither tells that a duty was left out. */
const INNOCENT =
  /\b(?:heartbeats?|alarms?|packets?|pings?|alerts?|calls?|rings?|probes?|beats?|binding|late[- ]bound|skip lists?|skipped lists?|page (?:came|was)|events? were missed)\b/i;

/** True when the sentence speaks of what may happen, denies it, or means something else. */
export function isNoConfession(sentence: string, match: RegExpMatchArray): boolean {
  const at = match.index ?? 0;
  const clause = clauseAround(sentence, at, at + match[0].length);
  return NOT_TOLD.test(clause) || MAY.test(clause) || DENIED.test(clause) || INNOCENT.test(match[0]);
}

/** The part of a sentence between the marks that cut it, with what introduces it. */
function clauseAround(sentence: string, from: number, to: number): string {
  const before = Math.max(...[";", ":", "("].map((mark) => sentence.lastIndexOf(mark, from - 1))) + 1;
  const rest = sentence.slice(to).search(/[,;:)]/);
  return sentence.slice(before, rest === -1 ? undefined : to + rest);
}
