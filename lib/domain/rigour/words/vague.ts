import { anyOf } from "@/lib/domain/rigour/words/match";

const THINGS =
  "(?:systems?|servers?|accounts?|keys?|users?|components?|devices?|regions?|principals?|roles?|networks?|applications?|apps?|databases?|environments?|hosts?|machines?|services?|resources?|assets?|locations?|sites?|areas?|parties|people|persons?|staff|teams?|things?|data|places|endpoints?|instances?|terminals?|infrastructure|equipment|platforms?)";

/** Words that leave open what is meant, wherever they stand. Source: facts, L25. */
const ANYWHERE = [
  `(?:all|any) (?:the |our |its |other )?(?:relevant |in-scope |applicable |affected |critical |production |it |company |internal )*(?:systems|servers|infrastructure|environments|devices|machines|platforms|equipment)`,
  `(?:various|relevant|applicable|appropriate|several|certain|miscellaneous|sundry|numerous|diverse|unspecified|suitable|some|(?:and|or|as well as) other|similar|affected) (?:[a-z]+ )?${THINGS}`,
  `${THINGS} (?:in question|concerned|as applicable|where applicable|as appropriate|where appropriate)`,
  `the usual (?:[a-z]+ )?(?:${THINGS}|lines?|connections?|traffic)|more or less(?: all)?|(?:most|the bulk|the majority) of (?:the |our )?${THINGS}`,
  "everything (?:runs|is|on|in|we|that we|they)|the (?:entire|whole) (?:company|organi[sz]ation|environment|infrastructure|estate|network|it)|company-?wide|organi[sz]ation-?wide|enterprise-?wide|across the board",
  "and so (?:on|forth)|and others?(?! than)|and the like|and similar|and more|and many more|among others|amongst others|or similar|or the like|to name a few|(?<!\\b(?:long|soon) )as (?:needed|necessary|required|appropriate|applicable)|where(?:ver)? (?:needed|necessary|appropriate|applicable|possible)|if (?:needed|necessary|applicable|possible)|tbd|to be (?:defined|determined|confirmed)",
];

/** `etc.` as a word, and not the folder `/etc/ssh`. */
const ETC = "(?<![/\\\\.~\\w-])etc(?:etera)?(?![\\w/\\\\-])|et cetera|…(?=\\s*$)|\\.\\.\\.(?=\\s*$)";

/** A phrase in prose that leaves the scope open. */
export const VAGUE_IN_PROSE = new RegExp(`${anyOf(...ANYWHERE).source}|${ETC}`, "gi");

/** In the name of a scope item the words alone are enough. */
export const VAGUE_IN_NAME = new RegExp(
  `${anyOf(...ANYWHERE, "various|relevant|several|miscellaneous|all|everything|many|some|unknown|tbd|applicable|different|n/a").source}|${ETC}`,
  "gi",
);

/** "All" with a count or a name beside it is exact: "all 12 gateways", "all CDE keys listed in A8". */
export function isExact(sentence: string, match: RegExpMatchArray): boolean {
  const at = match.index ?? 0;
  const after = sentence.slice(at + match[0].length);
  if (!/^(?:all|any|other|some|several|certain|affected)\b/i.test(match[0])) return false;
  return (
    /\d/.test(match[0]) ||
    /^\s*(?:\(|:|\d|,? (?:listed|named|tagged|that|which|in (?:the )?(?:account|ou|region|vpc|list|inventory)|of (?:the )?(?:account|ou|organi[sz]ation)|in eu-|in us-|are denied|bar|but)\b)/i.test(
      after,
    )
  );
}
