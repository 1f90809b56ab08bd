import { bare, isFilled } from "@/lib/domain/rigour/words/filled";

/** What is said of a test that nobody could repeat or tell apart. Source: facts 1.5, "validation = reviewed by IT". */
const SAYS_NOTHING =
  /^(?:(?:it |they |this |all |the |control |controls |was |were |has been |have been |is |are |everything )*)(?:manual(?:ly)?|review(?:s|ed)?|check(?:s|ed)?|test(?:s|ed|ing)?|inspect(?:ed|ion)?|verif(?:y|ied|ication)|validat(?:ed|ion)|confirm(?:ed|ation)?|approved|observ(?:ed|ation)|interview(?:s|ed)?|audit(?:ed)?|look(?:ed)? (?:at|over)|sign(?:ed)?[- ]?off|walk-?through|spot[- ]check(?:s|ed)?|random(?: sample| check)?|sample|sampling|samples|standard|usual|visual(?:ly)?|desk(?:top)?|all|some|any|various|several|a few|many|most|ok(?:ay)?|good|fine|pass(?:ed|es)?|success(?:ful(?:ly)?)?|positive|effective|works?|working|worked|satisfactory|satisfied|compliant|in place|no (?:issues?|problems?|errors?|deviations?)(?: (?:were )?(?:found|noted|identified|seen))?|as (?:expected|intended|designed|planned|required)|correct(?:ly)?|done|complete(?:d)?|representative|sufficient|adequate|appropriate)(?:[ ,]+(?:(?:and|by|with|the|our|us|it|i\.t\.|team|dep(?:t|artment)|staff|internal(?:ly)?|works?|worked|working|functions?|functioning|operat(?:es|ed|ing)|as|expected|intended|designed|planned|required|fine|ok(?:ay)?|well|good|correct(?:ly)?|systems?|controls?|proper(?:ly)?|was|were|is|are|to be|be|found|effective|satisfactory|reviewed|checked|tested|verified|successful(?:ly)?|no|issues?|problems?|found|noted|manual(?:ly)?|of|a|an|all|random|sample|configuration|settings?|documentation|documents?|in place|it has been|done|passed|security)))*$/iu;

/** True when a field of a test says enough to repeat it: filled, and more than "reviewed by IT" or "works as intended". */
export function saysWhat(text: string): boolean {
  return isFilled(text) && (isLong(text) || !SAYS_NOTHING.test(bare(text)));
}

/** "No risk", "low risk" and their like in the place of a threat or of what is at stake. */
const NO_RISK =
  /^(?:there (?:is|are) |we see |the |a |an |this |overall |generally )*(?:(?:no|none|low|minimal|negligible|little|small|minor|very low|acceptable|medium|high|moderate|hardly any|not any|some|any|additional|added|new|significant|relevant|known|further|identified|residual|other|real|extra|increased|security|general|i\.?t\.?|usual|standard|various|several|remaining)\s*)*(?:risks?|threats?|dangers?|impact|likelihood|exposure|it|systems?|data|assets?|all|everything|company|business|reputation|none|nothing|low|minimal|negligible|acceptable)?(?: (?:is|are|was|were|seems?|remains?|considered|rated|deemed|assessed|to be|as|very|low|minimal|negligible|acceptable|small|none|exists?|identified|known|because of|due to|thanks to|given|our|the|these|controls?|compensating|in place|present|arises?|left|remaining|any more|at all|mitigated|covered|been|has|have|fully|completely))*$/iu;

/** True when the text names a threat, or something at stake: not "none", not "low risk", not "the risk is low". */
export function namesRisk(text: string): boolean {
  return isFilled(text) && (isLong(text) || !NO_RISK.test(bare(text)));
}

/** The risk of being found out is not the risk that the requirement was there against. */
const ONLY_COMPLIANCE =
  /^(?:the )?(?:risk (?:of|that) )?(?:(?:we|the company|the entity|the organi[sz]ation) )?(?:(?:is|are|would|might|may|could|will|to|be) )*(?:not )?(?:non[- ]?complian(?:ce|t)|(?:being )?complian(?:t|ce)|(?:not )?(?:being )?complian(?:t|ce)|fail(?:ing|ed|ure of|s|ure)?(?: (?:of|in))? (?:the |an |our |a )?(?:audit|assessment|pci(?: dss)?(?: audit| assessment)?)|audit (?:findings?|failure)|(?:pci )?(?:dss )?fines?|penalt(?:y|ies)|fines? (?:and|or) penalt(?:y|ies)|loss of (?:compliance|certification)|the requirement is not met|not meeting (?:the |this )?requirement|requirement not met)(?: (?:with|of|by|from|to|in|the|pci|dss|requirement|requirements|standard|card|brands?|acquirer|schemes?|[\d.]+))*$/iu;

/** True when the text gives no more than the lack of compliance as a threat. */
export function isOnlyCompliance(text: string): boolean {
  return !isLong(text) && ONLY_COMPLIANCE.test(bare(text));
}

/** Empty phrases are short; a longer text says something, and is not worth the search. */
function isLong(text: string): boolean {
  return text.length > 160;
}
