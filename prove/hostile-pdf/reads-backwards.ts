/** What is drawn from right to left: a program that reads the line finds its words in another order. */
export const BACKWARDS = /[\u0590-\u05ff\ufb1d-\ufb4f]/u;

/** A word of Hebrew, with the marks on its letters. */
const WORD = /[\u05d0-\u05ea](?:[\u05d0-\u05ea]|\p{M})*/gu;
/** What poppler puts around what it has turned into the order of reading. */
const TURNED = /\u202b([^\u202c]*)\u202c/gu;
const DIRECTIONS = /[\u202a-\u202e\u2066-\u2069\u200e\u200f]/gu;
/** Blanks, and marks: those stand beside their letters or before them, as the font draws them. */
const BETWEEN = /[\s\p{M}]/gu;

/**
 * Whether the words of Hebrew in a text stand on the page as somebody reads them: their letters from right to left, without
 * anything between, and of two that follow each other on a line the first one to the right. What pdftotext does not
 * tell is where the parts of a mixed line belong; they are not compared.
 * @param text between two marks by which it is found @param lines as pdftotext extracts them, in the order of the page
 */
export function readsBackwards(text: string, lines: string): boolean {
  const composed = text.normalize("NFC");
  const from = lines.indexOf(composed.slice(0, composed.indexOf(" ")));
  const end = composed.slice(composed.lastIndexOf(" ") + 1);
  const to = lines.indexOf(end, from);
  if (from < 0 || to < 0) return false;
  const drawn = lines.slice(from, to);
  return lettersInOrder(composed, drawn) && wordsInOrder(composed, drawn.split("\n"));
}

function lettersInOrder(text: string, drawn: string): boolean {
  let left = fromTheLeft(drawn).replace(BETWEEN, "");
  // The longest first, so that a short one is not looked for in the midst of another.
  const words = [...text.matchAll(WORD)].map(([word]) => lettersOf(word)).sort((a, b) => b.length - a.length);
  for (const word of words) {
    const sought = turned(word);
    if (!left.includes(sought)) return false;
    left = left.replace(sought, "|");
  }
  return true;
}

/** Pairs with nothing but a blank between. Where a word has marks, or stands twice, its place is not sure. */
function wordsInOrder(text: string, lines: readonly string[]): boolean {
  const drawn = lines.map(fromTheLeft);
  const words = [...text.matchAll(WORD)].map(([word], place, all) => ({ word, at: all[place]?.index ?? 0 }));
  const once = (word: string) => !/\p{M}/u.test(word) && words.filter((one) => one.word.includes(word)).length === 1;
  return words.every((first, place) => {
    const second = words[place + 1];
    if (!second || !once(first.word) || !once(second.word)) return true;
    if (text.slice(first.at + first.word.length, second.at) !== " ") return true;
    return drawn.every((line) => {
      const [one, other] = [line.indexOf(turned(first.word)), line.indexOf(turned(second.word))];
      return one < 0 || other < 0 || one > other;
    });
  });
}

/** Everything from left to right as it stands on the page. */
function fromTheLeft(line: string): string {
  return line.replace(TURNED, (_, part: string) => turned(part)).replace(DIRECTIONS, "");
}

function turned(text: string): string {
  return [...text].reverse().join("");
}

function lettersOf(word: string): string {
  return word.replace(/\p{M}/gu, "");
}
