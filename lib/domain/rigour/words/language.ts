/** Whether a text is English. `unclear` is too short, or says too little, to tell. */
export type LanguageVerdict = "english" | "other" | "unclear";

const list = (words: string): ReadonlySet<string> => new Set(words.split(" "));

/** Words that carry a language's grammar, less those that another of these languages shares in writing. */
const ENGLISH = list(
  "the and of is are that with by this from be not which has have it its when only any each can cannot would were been or for our we they their than there these those if who what how because could should does did will into after before other but nor such",
);
const OTHERS: readonly ReadonlySet<string>[] = [
  list(
    "der das und ist nicht mit für ein eine einen einer einem den dem des wird werden wurde wurden von zu zum zur im auf sich auch als bei nach oder wir unser unsere kann keine kein keinen über durch sind haben hat dass es sie ihr nur noch aus vom beim weil wenn uns um jeder",
  ),
  list(
    "le la les des et est une un dans pour que qui sur pas avec du au aux nous par ne se cette ce ces sont être ou plus il elle leur notre nos été cela mais donc car sans trop",
  ),
  list(
    "el la los las y que en una un por para con se del es al como más su sus está este esta son pero muy nuestro nuestra demasiado ha sido porque hay",
  ),
  list(
    "il lo gli di che è una un per con non del della dei delle sono si nel alla questo questa nostro anche più troppo da dal stato ma è",
  ),
  list(
    "os que não uma um para com do da dos das por em são se na ao ou mais foi nosso nossa muito pelo pela porque é está",
  ),
  list(
    "het een en van niet dat met voor op zijn wordt worden aan door ook er te om bij naar wij onze maar geen deze dit zodat omdat",
  ),
  list(
    "i w na z nie jest się że przez dla oraz są od po za ale jako tego nasz nasza zbyt być został tylko ponieważ każdy",
  ),
  list("och att det som ett är på för inte av från vi vår och är har kan om eller men mycket utan"),
  list("og det som er ikke til af på vi vores har kan om eller men meget uden blev fra"),
  list("je na se že pro není jsou nebo který která jako při byl bylo naše tento"),
  list("ja ei että joka ovat tai mutta kun myös hyvin koska meidän"),
  list("az és nem hogy egy van ez meg csak mert ha kell nagyon minden"),
  list("ve bir bu için ile değil olarak çok ama daha olan"),
  list("și în nu este care cu sau pentru din sunt mai foarte"),
  list("dan yang di untuk dengan tidak ini adalah dari atau karena kami oleh"),
];

/** From this many words on, a text without any of its language's grammar is no English prose. */
const LONG = 12;

/**
 * Tells English from other languages by scripts and by the words that carry grammar. It is cautious: what it cannot
 * place is `unclear`, and for the whole of a worksheet `unclear` counts as English only when it is short and Latin.
 */
export function languageOf(text: string): LanguageVerdict {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  if (letters === 0) return "unclear";
  const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0;
  if (latin / letters < 0.6) return "other";
  const words = wordsIn(text);
  const english = count(words, ENGLISH);
  const foreign = Math.max(...OTHERS.map((other) => count(words, other)));
  if (english >= 2 && english > foreign) return "english";
  if (foreign >= 2 && foreign > english) return "other";
  if (foreign === 1 && english === 0 && words.length <= 4 && /[^\p{ASCII}]/u.test(text)) return "other";
  const accented = words.filter((word) => /[^a-z’']/.test(word)).length;
  if (words.length >= 4 && english <= words.length / 10 && accented / words.length > 0.2) return "other";
  return "unclear";
}

/** Whether the rules may read a whole worksheet's text as English. */
export function readsAsEnglish(text: string): boolean {
  const verdict = languageOf(text);
  return verdict === "english" || (verdict === "unclear" && wordsIn(text).length < LONG);
}

function wordsIn(text: string): readonly string[] {
  return text.toLowerCase().match(/\p{Script=Latin}[\p{Script=Latin}\p{M}’']*/gu) ?? [];
}

function count(words: readonly string[], known: ReadonlySet<string>): number {
  return words.reduce((sum, word) => sum + (known.has(word) ? 1 : 0), 0);
}
