import { anyOf } from "@/lib/domain/rigour/words/match";

/**
 * What reads as unwilling and not as unable: cost, time, effort, priorities, convenience and dislike.
 * Source: facts 1.5 and L05 of section 6.
 */
const TOO =
  "(?:far |much |simply |just )?(?:too|very|so|quite|rather|overly|extremely|prohibitively|excessively|unreasonably|disproportionately|unjustifiably)";
const MEANS =
  "(?:budgets?|funds?|funding|money|cash|capex|opex|finances?|head-?count|staff|staffing|personnel|people|resources?|man-?power|capacity|time|bandwidth|hands|engineers?|developers?|administrators?|expertise|know-?how|skills|experience)";
const PEOPLE =
  "(?:users?|staff|employees|colleagues|developers?|engineers?|admins?|administrators?|operators?|customers?|clients?|merchants?|cardholders?|agents?|team|teams|people|management|business|board|everyone|everybody|cashiers?|they|we)";

const COST = [
  `${TOO} (?:expensive|costly|dear|pricey|time-consuming|complex|complicated|difficult|hard|burdensome|disruptive|cumbersome|tedious|slow|inconvenient|laborious|labou?r-intensive|resource-intensive|intrusive|strict|impractical|onerous|big|large|much|many|long)`,
  "expensive|costly|pricey|(?:un)?affordable|cost-prohibitive|prohibitive(?:ly)?|cheaper|cheapest|uneconomic(?:al)?|not economic(?:al)?|cost[- ](?:efficient|effective|benefit|saving|savings|reasons?|grounds|constraints?|considerations?|pressure|cuts?)",
  "(?:high|higher|significant|considerable|substantial|additional|extra|excessive|prohibitive|unjustified|disproportionate|licen[cs](?:e|ing)|subscription|implementation|upgrade|replacement|purchase|procurement|project|development|running|operating|the|its|their|these|such|of) (?:[a-z]+ )?(?:costs?|expenses?|fees?|price)",
  "(?:costs?|expenses?|fees?|price|investment|licen[cs]e|licen[cs]es|quote|quotation)(?: [a-z]+){0,8}? (?:is|are|was|were|would be|will be|seems?|appears?) (?:[a-z]+ )?(?:high|prohibitive|excessive|significant|considerable|unjustified|not justified|not justifiable|out of proportion|disproportionate|beyond|over|above|outside)",
  "(?:would|will|could|can|may|does|did) (?:[a-z]+ )?(?:cost|costing)|costs? (?:us|about|around|more than|over|up to|roughly|approximately|at least|a lot|outweighs?|exceeds?)|costs (?:[€$£¥]|\\d)",
  "(?:cost|financial|commercial|economic|budget(?:ary)?|price) (?:reasons?|grounds|constraints?|considerations?|pressures?|limitations?|limits?|cuts?|freeze|restrictions?|situation|difficulties)|financially|return on investment",
  "(?:cannot|can not|can[’']?t|could not|couldn[’']t|not able to|unable to) (?:[a-z]+ )?(?:afford|fund|finance|pay|spare|justify)|(?:save|saves|saving) (?:[a-z]+ )?(?:money|costs?|time|effort)",
  "(?:beyond|above|over|exceeds?|more than|outside) (?:of )?what (?:[a-z']+ ){0,8}?(?:spend|pay|invest|afford)|(?:want(?:s|ed)?|wish(?:es|ed)?|will(?:ing)?|ready|prepared|like[sd]?) (?:not )?to (?:spend|pay|invest)|(?:stay|live|make do|go on|continue|carry on) with what (?:we|they) have",
  "(?:not|no longer|n[’']t)(?: been| yet| currently)* (?:budgeted|funded|approved|in (?:the |our |this year[’']s )?budget|within (?:the |our )?budget|part of (?:the |our |this year[’']s )?budget|foreseen in (?:the |our )?budget)|unbudgeted|(?:over|outside|beyond|exceeds?) (?:the |our |this year[’']s )?budget",
  "budgets? (?:[a-z]+ ){0,6}?(?:is|are|was|were|has|have|does|do|did|cannot|could|will|would|freeze|frozen|cut|cuts|exhausted|spent|refused|rejected|declined)|(?:next|this|last|current|annual) (?:year[’']s )?(?:budget|financial year|fiscal year)",
  "(?:buy|buying|purchase|purchasing|procure) (?:[a-z]+ ){0,4}(?:licen[cs]es?|subscriptions?|appliances?|tools?|products?|modules?|hardware)|(?:licen[cs]e|licen[cs]ing|subscription) (?:price|fees?|costs?|expenses?)",
];

const LACK = [
  `(?:no|not enough|insufficient|limited|lack of|lacks?|lacking|lacked|without|too little|too few|little|scarce|shortage of|short of|short on|few|missing) (?:[a-z]+ ){0,3}?${MEANS}`,
  `(?:do not|does not|did not|don[’']t|doesn[’']t|didn[’']t|have not|haven[’']t|has not|had not|hadn[’']t) (?:currently |yet |really )?(?:have|had|got|find|found) (?:the |enough |any |sufficient |spare )*${MEANS}`,
  "(?:under|short)-?(?:staffed|resourced|funded)|(?:staff|resource|skills?|labou?r|personnel) (?:shortages?|constraints?|bottlenecks?|limitations?|availability)|resourc(?:e|ing) (?:reasons|problems|issues)",
  `${PEOPLE} (?:is|are|was|were) (?:[a-z]+ )?(?:small|busy|overloaded|overstretched|stretched|occupied|tied up|at capacity|understaffed|fully booked|fully loaded)|(?:busy|occupied|tied up) with|(?:nobody|no one|no-one) (?:[a-z]+ )?(?:has|had|is|was) (?:the |any )?(?:time|available|free)`,
  "(?:ran|run|running) out of (?:time|budget|money)|time[- ]consuming|time (?:constraints?|pressure|reasons)|(?:tight|short) (?:deadlines?|schedules?|timelines?|timeframes?)|(?:takes?|took|needs?|would take|would need) (?:[a-z]+ )?(?:too (?:long|much|many)|(?:about |around |some )?(?:several|many|a lot of|weeks|months|years|\\d+|two|three|four|five|six|eight|nine|ten|twelve) ?(?:weeks|months|years|days|person|man|time)?)|(?:person|man)-?(?:days|months|hours|years)",
  "(?:a lot of|lots of|plenty of|more|extra|too much|considerable|significant|large|major|high|huge|enormous|great|additional|extra|the|much|disproportionate|unreasonable) (?:[a-z]+ )?(?:effort|work|workload|overhead|burden|hassle)|because of (?:the )?(?:effort|work|complexity)|labou?r-intensive|onerous",
];

const LATER = [
  "(?:we|us|team|company|business|organi[sz]ation|department|project|it) (?:have|has|had|did|are|is)(?: not|n[’']t)(?: yet)? (?:been |got round to |gotten round to |got around to |managed to |had a chance to |started|begun)?(?:yet )?(?:implement|implemented|done|completed|finished|rolled|deployed|installed|configured|enabled|migrated|started|begun|scheduled|prioriti[sz]ed|addressed|bought|switched|set up|got (?:a)?round)",
  "not yet (?:been )?(?:[a-z]+ )?(?:implemented|done|completed|finished|rolled out|deployed|installed|configured|enabled|migrated|started|begun|scheduled|prioriti[sz]ed|addressed|ready|available in our|in place)|(?:has|have|had|is|are|was|were) not (?:been )?(?:implemented|done|completed|rolled out|prioriti[sz]ed)(?: yet| so far| to date)?",
  "(?:other|higher|competing|more urgent|more important|different|business|changing|current|conflicting) priorit(?:y|ies)|(?:low|lower|lowest|not a|no|not high) priority|(?:not (?:been )?)?(?:de|re)?-?prioriti[sz]ed|priorities (?:have|has|had|changed|shifted|are|were|lie|lay)|takes priority|took priority",
  "(?:on|in|for|part of|from|into) (?:the |our |next year[’']s |this year[’']s )?(?:[a-z]+ )?(?:road-?map|backlog|pipeline)|road-?map|backlog",
  "(?:planned|scheduled|foreseen|intended|postponed|deferred|delayed|pushed|moved|left|put off|shelved) (?:[a-z]+ ){0,2}?(?:for|to|until|till|in|into) (?:the )?(?:next|later|a later|the following|coming|Q[1-4]|20\\d\\d|phase|future|release|another)|next (?:year|quarter|release|sprint|phase|budget|financial year)|on hold|put off|shelved|postponed|work in progress|(?:before|in time for|ahead of) the (?:audit|assessment|deadline)",
];

const DISLIKE = [
  "(?:in)?convenien(?:t|ce|ced|tly)|(?:annoy|frustrat|bother|irritat|upset|hassl|hinder|hamper|inconvenienc|burden)(?:s|es|ed|e|ing)?|nuisance|hassle|unpopular|(?:bad|poor|worse|degrade[sd]?|hurts?|harms?|reduces?|lower(?:s)?) (?:[a-z]+ )?(?:user experience|usability|productivity|experience|morale)|user[- ](?:experience|friendl(?:y|iness)|acceptance)|usability|productivity",
  "(?:nobody|no one|no-one|few|hardly anybody|hardly anyone)(?: here| of us| in the team)? (?:likes?|wants?|wishes|dares?|cares?|is keen|is eager|volunteers?) to",
  `${PEOPLE} (?:would |will |do |does |did |have |has |had |may |might |could )?(?:(?:not|n[’']t) )?(?:[a-z]+ )?(?:complain|complained|complains|dislike|dislikes|disliked|object|objected|resist|resisted|refuse|refused|hate|prefer|prefers|preferred|grumble|find it|found it|be unhappy|were unhappy|are unhappy|are used to|were used to|like|liked|want|wanted|wish|wished|see the (?:need|point|value|benefit)|accept|accepted|welcome|consider it necessary|think it)`,
  "easier|simpler|more comfortable|(?:not|hardly|scarcely) (?:worth|practical|practicable|reasonable|justified|justifiable|proportionate|sensible|necessary|needed|desirable|wanted|attractive)|impractical|impracticable|unnecessary|overkill|unreasonable|disproportionate|not feasible|infeasible|unfeasible|(?:little|no) (?:[a-z]+ )?(?:added value|benefit|business case|business value|need|point|appetite)|slow(?:s|ed|ing)? (?:down )?(?:our |the |my |all )?(?:us|people|users|staff|colleagues|agents|work|business|customers|developers|cashiers|team|teams|everybody|everyone)|slow(?:s|ed|ing)? (?:our |the |all )?[a-z]+ down(?! to)|disrupt(?:s|ed|ing|ion|ive)?(?: to)?|historic(?:al|ally)? reasons|(?:always|never) done it|has always been",
];

/** A phrase about money alone. */
export const MONEY = anyOf(...COST);

/** A phrase that gives cost, time, effort, priorities, convenience or dislike as the reason. */
export const UNWILLING = anyOf(...COST, ...LACK, ...LATER, ...DISLIKE);

const NEGATED =
  /(?<!(?:could|can|did|do|does|would|will|have|has|had) )\b(?:not|never|nor|neither|regardless of|irrespective of|independent(?:ly)? of|rather than|apart from|aside from|other than|instead of|without regard to)(?: (?:merely|simply|only|just|primarily|chiefly|mainly|a|an|the|its|their|about|because of|due to|driven by|based on|decided by|chosen for|for|sake of|matter of|question of|reasons? of|of|any|on|on grounds of|to do with|one of))*\s+$/i;
const PLAYS_NO_PART =
  /^(?:\s+(?:and|or|nor)\s+[a-z]+)?\s+(?:is|was|are|were|has|had|plays?|played|did|does|do)\s+(?:not|no|never|nothing|without)\b(?!\s+(?:approved|granted|available|allocated|released|enough|sufficient|cover|allow|permit|include|provide|suffice|budgeted|funded|budget))|^(?:\s+[a-z]+){0,2}\s+(?:is|was) (?:available|approved|granted|secured|no (?:obstacle|issue|factor|argument|reason))\b/i;

/** Money named only to say that it is not the reason. */
const NOT_THE_MONEY =
  /\b(?:(?:that|this|it|price|cost|costs|money|expense|budget) (?:is|was|are|were) not (?:our|the|a) (?:reason|obstacle|point|constraint)|not (?:a matter|a question) of (?:money|cost|costs|price|budget)|not the (?:price|cost|costs|money|budget|expense) (?:that|which|but))\b/i;

/** True when a text says outright that money is not the reason; what it says of prices is then context. */
export function deniesMoney(sentences: readonly string[]): boolean {
  return sentences.some((sentence) => NOT_THE_MONEY.test(sentence));
}

/** True when a sentence says that the phrase is not the reason: "cost is not the reason", "regardless of budget". */
export function isDenied(sentence: string, match: RegExpMatchArray): boolean {
  const at = match.index ?? 0;
  return NEGATED.test(sentence.slice(0, at)) || PLAYS_NO_PART.test(sentence.slice(at + match[0].length));
}

/** A reason of technology or contract: something that cannot be changed, named as such. */
export const UNABLE = anyOf(
  "(?:no|without|lacks?|lacking|neither|nor) (?:[a-z]+[ -]){0,4}?(?:settings?|options?|parameters?|fields?|api|apis|interfaces?|features?|functions?|facility|mechanisms?|switch|support|hooks?|drivers?|capabilit(?:y|ies)|commands?|patch(?:es)?|update|firmware|successor)",
  "(?:cannot|can not|can[’']t|could not|unable to|not able to|does not|do not|doesn[’']t|don[’']t|did not|will not|never) (?:[a-z]+ ){0,3}?(?:support|offer|allow|permit|provide|expose|accept|understand|know|run|handle|load|store|hold|wrap|verify|validate|negotiate|enforce|be (?:[a-z]+ )?(?:changed|patched|upgraded|updated|installed|configured|modified|altered|replaced|disabled|reconfigured|enforced|set|restarted|rebooted|moved|touched))",
  "no (?:[a-z]+[ -]){0,3}(?:exists?|is (?:offered|available|foreseen))|(?:is|are) (?:neither |nor |not )(?:offered|provided|available|sold|foreseen)|lacks? the (?:[a-z]+ )?(?:extension|function|feature|instruction|memory|interface|hardware)s?|refuses? (?:anything|everything|any|all) (?:else|other)",
  "unsupported|not supported|no longer (?:supported|patched|maintained|sold)|end[- ]of[- ](?:life|support|sale)|hard-?(?:coded|wired)|burnt in|read-only memory|firmware (?:[a-z]+ ){0,3}(?:fixed|frozen|sealed|signed|certified)|incompatib(?:le|ility)|type[- ]approv(?:al|ed)|re-?certif(?:y|ied|ication)|contract(?:s|ual|ually)?|clause|scheme rules|warranty|belongs? to (?:[a-z]+ )?(?:aws|amazon|the provider|provider|the vendor|the bank|the acquirer|the scheme)|(?:operated|owned|controlled|run|managed) by (?:[a-z]+ )?(?:aws|amazon|provider|vendor|bank|acquirer|scheme|manufacturer)",
);
