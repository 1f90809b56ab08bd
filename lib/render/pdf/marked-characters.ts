import type { Book } from "@/lib/render/pdf/book";
import type { PageNotes } from "@/lib/render/pdf/sheet";
import { gap, paragraph } from "@/lib/render/pdf/strip";
import { run, STYLES } from "@/lib/render/pdf/styles";

const TITLE = "Characters shown by their codes";
const MOST = 600;

/** A page that lists the characters which are shown by marks, so that nobody has to look for them; none when there are none. */
export function markedCharactersPage(book: Book, notes: PageNotes): void {
  const { marked } = book.fonts;
  if (marked.length === 0) return;
  const { frame, fonts } = book;
  const codes = marked.slice(0, MOST).map((code) => `U+${code.toString(16).toUpperCase().padStart(4, "0")}`);
  const more = marked.length > MOST ? ` and ${marked.length - MOST} more` : "";
  const flow = book.flow(notes);
  flow.bookmark(TITLE, 0);
  flow.place([
    ...paragraph([run(TITLE, STYLES.title)], frame.width, fonts),
    gap(6),
    ...paragraph(
      [
        run(
          "Where a mark such as [U+1F600] stands in this document, its text has a character that none of the fonts has, or " +
            "that works on other text instead of showing. The number is the character’s code in Unicode.",
        ),
      ],
      frame.width,
      fonts,
    ),
    gap(6),
    ...paragraph([run(`${codes.join(", ")}${more}`, STYLES.code)], frame.width, fonts),
  ]);
}
