import { bare } from "@/lib/domain/rigour/words/filled";

const WHAT = "(?:this|the|it|that|our|such a)(?: [a-z]+)?(?: control| measure| list| record| process| solution)?";
/** Says that a control goes beyond what is owed, without how. */
const CLAIMED =
  "(?:(?:does |really |clearly |certainly |definitely )*(?:goes?|is|are|exceeds?|surpass(?:es)?|reaches)(?: (?:well|far|clearly|certainly|much|even))*(?: (?:above|beyond|and|over|additional|extra|more|stricter|stronger|better|than|new))*)(?: (?:the|what|pci|dss|standard|is|required|requires|demands|requirement|requirements|owed|necessary|needed|asked|asks|for|here|minimum|normal|usual|other|controls?))*";
/** Says that a control is as it ought to be anyway. */
const AS_IT_OUGHT =
  "(?:is|are)(?: (?:always|very|fully|and|in|up to date|complete|current|effective|place|good|strong|secure|best|state of the art|reliable|proven|documented|approved|practice|implemented|active|working|sufficient|adequate|important|useful))+";
const BARE_CLAIM = new RegExp(`^(?:${WHAT} )?(?:${CLAIMED}|${AS_IT_OUGHT})$`, "i");
const ELSEWHERE =
  /^(?:please )?(?:see|refer to|cf\.?|as in|as described in) (?:the )?[a-z]+(?: (?:above|below|column|field|section))?$/i;

/**
 * False when a reason only claims: "goes above and beyond", "is complete and up to date", "see description".
 * Source: facts 1.5, "existing controls relabelled".
 */
export function saysWhyBeyondOwed(text: string): boolean {
  const value = bare(text);
  return value.length > 120 || !(BARE_CLAIM.test(value) || ELSEWHERE.test(value));
}
