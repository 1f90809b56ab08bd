/** What people write into a field in order not to leave it empty, in several languages. */
const EMPTY =
  /^(?:n\/?\.?a\.?|not applicable|not available|none|nil|no|yes|nothing|tb[acds]|to be (?:done|assigned|named|found|nominated|appointed|chosen|announced|hired|defined|decided|determined|confirmed|added|completed|filled in|agreed)|to ?do|pending|open|unknown|not known|not yet|later|see above|see below|as above|as below|ditto|same|same as above|idem|dito|s\.? ?o\.?|keine?r?|entfällt|k\. ?a\.?|nicht zutreffend|siehe oben|aucune?|néant|sans objet|s\/o|ninguno|ninguna|no aplica|nessuno|geen|brak|x+|test|lorem ipsum|[-–—_.?/*…\s]+)$/iu;

/** Characters of a field that are looked at in order to tell whether it says anything. */
const LONGEST_READ = 1000;

/** Trims a field to what it says: without marks at its ends, its white space single. */
export function bare(text: string): string {
  return text
    .replace(/\s+/gu, " ")
    .trim()
    .slice(0, LONGEST_READ)
    .replace(/^[("'“‘[]+|[)"'”’\].!,;:]+$/gu, "")
    .trim();
}

/** True when a field says something: not blank, and no filling such as "n/a" or "tbd". */
export function isFilled(text: string): boolean {
  const value = bare(text);
  return value !== "" && !EMPTY.test(value) && /[\p{L}\p{N}]/u.test(value);
}

/** Names that name nobody. A team with a name of its own is somebody. */
const NOBODY =
  /^(?:the |our |all )?(?:i\.?t\.?|ict|it[ -](?:team|dep(?:t|artment)|staff|people|guys|ops|operations|support)|information technology|team|teams|dep(?:t|artment)|staff|admins?|administrators?|users?|us|we|ourselves|someone|somebody|everyone|everybody|anyone|nobody|no one|various|several|management|the business|company|organi[sz]ation|internal(?:ly)?|in-?house|external|the vendor|vendor|responsible (?:person|team|party)|relevant (?:person|team|staff|people)|person in charge|team in charge)(?: team| staff| people)?$/iu;

/** True when the text names somebody: a person, a role or a team that has a name. */
export function namesSomebody(text: string): boolean {
  return isFilled(text) && !NOBODY.test(bare(text));
}

const VAGUE_FREQUENCY =
  /^(?:(?:on an? )?(?:ad[ -]?hoc)(?: basis)?|(?:as|when|whenever|if|where|as and when) (?:it is |they are )?(?:needed|required|necessary|appropriate|possible|applicable|time (?:permits|allows)|we can|convenient|we have time)|on (?:demand|request)|regular(?:ly)?|at regular intervals|periodic(?:al|ally)?|from time to time|(?:every )?(?:now and then|so often|once in a while)|occasional(?:ly)?|sometimes|often|frequent(?:ly)?|sporadic(?:ally)?|routine(?:ly)?|in due course|eventually|any ?time|irregular(?:ly)?|variable|varies|depends|event[ -]driven|one[ -]?off|once)(?: basis)?(?:,? (?:as|when|if) (?:needed|required|necessary))?$/iu;

/** True when the text says how often: not "regularly", "when needed" or "ad hoc". */
export function saysHowOften(text: string): boolean {
  return isFilled(text) && !VAGUE_FREQUENCY.test(bare(text));
}
