import { sizeWords } from "@/lib/domain/evidence/file-rules";
import { dayInWords, instantInWords } from "@/lib/domain/format-date";
import { kindNoun, type WorksheetKind } from "@/lib/domain/records/kinds";
import { MOVE_DONE_LABELS, STATE_LABELS } from "@/lib/domain/workflow/transitions";
import { itemLabels } from "@/lib/domain/worksheet/item-labels";
import { safeLink } from "@/lib/domain/worksheet/safe-link";
import { PART_LABELS, textPartsOf } from "@/lib/domain/worksheet/sections";
import type { Book, Flow } from "@/lib/render/pdf/book";
import { criteriaStrips } from "@/lib/render/pdf/criteria-annex";
import { factStrips } from "@/lib/render/pdf/item-strips";
import { annexesTitle, undecidedWords, worksheetNotes } from "@/lib/render/pdf/kind-words";
import { plainStrips } from "@/lib/render/pdf/rich-text";
import { rigourStrips } from "@/lib/render/pdf/rigour-annex";
import { barred, gap, indented, paragraph, type Strip } from "@/lib/render/pdf/strip";
import { run, STYLES } from "@/lib/render/pdf/styles";
import { type Cell, innerWidth, tableStrips } from "@/lib/render/pdf/table";
import { COLOURS } from "@/lib/render/pdf/theme";
import type { SignOffModel, ThreadModel, WorksheetPdfModel } from "@/lib/render/pdf/view-model";
import { DECISION_WORDS, ELSEWHERE } from "@/lib/render/pdf/words";
import type { WorksheetPlace } from "@/lib/render/pdf/worksheet-pages";

/** The name of a worksheet's annexes as an anchor. */
export function annexAnchor(anchor: string): string {
  return `${anchor}-annexes`;
}

/** What stands behind a worksheet and is no part of its six rows: evidence, comments, sign-off, people and history, criteria, rigour. */
export function annexPages(book: Book, model: WorksheetPdfModel, place: WorksheetPlace): void {
  const flow = book.flow(worksheetNotes(model));
  flow.anchor(annexAnchor(place.anchor));
  flow.bookmark(annexesTitle(model), place.level);
  const { frame, fonts } = book;
  flow.place([
    ...paragraph([run(annexesTitle(model), STYLES.title)], frame.width, fonts),
    gap(2),
    ...paragraph([run(model.header.requirementTitle, STYLES.muted)], frame.width, fonts),
    gap(4),
  ]);
  const annexes: readonly (readonly [string, () => readonly Strip[]])[] = [
    ["A. Evidence", () => evidence(book, model)],
    ["B. Comments", () => comments(book, model)],
    ["C. Sign-off", () => signOffs(book, model)],
    ["D. People and history", () => history(book, model)],
    // Both judge compensating controls alone.
    ...(model.kind === "ccw" ? ccwAnnexes(book, model) : []),
  ];
  for (const [title, strips] of annexes) annex(flow, `Annex ${title}`, strips(), place.level + 1);
}

function ccwAnnexes(book: Book, model: WorksheetPdfModel): readonly (readonly [string, () => readonly Strip[]])[] {
  return [
    ["E. Criteria of Appendix B", () => criteriaStrips(book, model.criteria)],
    ["F. Rigour report", () => rigourStrips(book, model.rigour)],
  ];
}

function annex(flow: Flow, title: string, strips: readonly Strip[], level: number): void {
  flow.place([gap(14)]);
  flow.need(70);
  flow.bookmark(title, level);
  const heading = paragraph([run(title, STYLES.heading)], flow.book.frame.width, flow.book.fonts, { heading: true });
  flow.place([...heading, { height: 5, keepWithNext: true }, ...strips]);
}

function nothing(book: Book, text: string): readonly Strip[] {
  return paragraph([run(text, STYLES.empty)], book.frame.width, book.fonts);
}

/** A table with a head, of columns given as shares of the page's width; cells are text or laid out already. */
function listTable(
  book: Book,
  columns: readonly (readonly [string, number])[],
  rows: readonly (readonly (string | ((width: number) => readonly Strip[]))[])[],
): readonly Strip[] {
  const widths = columns.map(([, share]) => share * book.frame.width);
  const width = (index: number) => innerWidth(widths[index] ?? 1);
  return tableStrips({
    widths,
    rules: "rows",
    head: columns.map(([name], index) => ({
      strips: paragraph([run(name, STYLES.tableHead)], width(index), book.fonts),
    })),
    rows: rows.map((row) =>
      row.map(
        (cell, index): Cell => ({
          strips:
            typeof cell === "string"
              ? paragraph([run(cell, STYLES.small)], width(index), book.fonts)
              : cell(width(index)),
        }),
      ),
    ),
  });
}

/** The evidence, in the order of the sections that it belongs to, with the digests of its files. */
export function evidence(book: Book, model: WorksheetPdfModel): readonly Strip[] {
  if (model.evidence.length === 0) return nothing(book, "No evidence has been attached.");
  const order = textPartsOf(model.kind, model.header.standardVersion);
  const names = itemLabels(model.sections);
  const sorted = order.flatMap((key) => model.evidence.filter((link) => link.section === key));
  return listTable(
    book,
    [
      ["Evidence", 0.4],
      ["Shows", 0.23],
      ["Belongs to", 0.15],
      ["Collected, valid until", 0.22],
    ],
    sorted.map((link) => [
      (width) => {
        const url = safeLink(link.url);
        const style = url ? { ...STYLES.small, colour: COLOURS.link, target: { url } } : STYLES.small;
        const files = (link.files ?? []).map(({ name, size, sha256 }) =>
          run(`\n${name}, ${sizeWords(size)}, SHA-256 ${sha256}`, STYLES.small),
        );
        return paragraph(
          [run(`${link.title}\n`, STYLES.smallStrong), run(link.url, style), ...files],
          width,
          book.fonts,
        );
      },
      link.shows,
      [PART_LABELS[link.section], link.itemId ? (names.get(link.itemId) ?? "an item no longer listed") : ""]
        .filter(Boolean)
        .join(", "),
      [dayInWords(link.collectedOn), link.validUntil ? `until ${dayInWords(link.validUntil)}` : "no end set"].join(
        "\n",
      ),
    ]),
  );
}

function comments(book: Book, model: WorksheetPdfModel): readonly Strip[] {
  if (model.threads.length === 0) return nothing(book, "There are no comments.");
  return model.threads.flatMap((thread, index) => [
    ...(index === 0 ? [] : [gap(9)]),
    ...threadStrips(book, thread, model.kind),
  ]);
}

function threadStrips(book: Book, thread: ThreadModel, kind: WorksheetKind): readonly Strip[] {
  const { fonts, frame } = book;
  const subject = thread.section
    ? [PART_LABELS[thread.section], thread.itemLabel].filter(Boolean).join(", ")
    : `Whole ${kindNoun(kind)}`;
  const status = `   revision ${thread.revision} · ${thread.resolved ? "resolved" : "open"}`;
  const width = frame.width - 11;
  const said = thread.comments.flatMap((comment) => [
    gap(3),
    ...paragraph(
      [
        run(comment.author, STYLES.smallStrong),
        run(`   ${comment.side === "entity" ? "entity" : "assessor"} · ${instantInWords(comment.at)}`, STYLES.muted),
      ],
      width,
      fonts,
      { heading: true },
    ),
    ...plainStrips(comment.body, { width, fonts, style: STYLES.small }),
  ]);
  const head = (more: string) =>
    paragraph([run(subject, STYLES.strong), run(`${status}${more}`, STYLES.muted)], frame.width, fonts, {
      heading: true,
    });
  const again = head(" · continued");
  return [...head(""), ...barred(indented(said, 11), 2, COLOURS.rule).map((strip) => ({ ...strip, repeat: again }))];
}

/** Decisions word for word as they were given, with the digest of what was decided upon. */
export function signOffs(book: Book, model: Pick<WorksheetPdfModel, "kind" | "signOffs">): readonly Strip[] {
  if (model.signOffs.length === 0) return nothing(book, undecidedWords(model.kind));
  return model.signOffs.flatMap((signOff, index) => [
    ...(index === 0 ? [] : [gap(10)]),
    ...signOffStrips(book, signOff),
  ]);
}

function signOffStrips(book: Book, signOff: SignOffModel): readonly Strip[] {
  const { fonts, frame } = book;
  const facts = [
    { term: "By", text: [signOff.signerName, signOff.signerRole, signOff.firmName].filter(Boolean).join(", ") },
    { term: "When", text: instantInWords(signOff.at) },
    { term: "Where", text: signOff.elsewhere ? ELSEWHERE : "" },
    { term: "Statement", text: `${signOff.statementText}\n(statement version ${signOff.statementVersion})` },
    { term: "Reason", text: signOff.reason },
  ].filter(({ text }) => text.trim() !== "");
  const digest = tableStrips({
    widths: [84, frame.width - 84],
    rules: "none",
    padding: { x: 0, y: 1 },
    meaning: "terms",
    rows: [
      [
        { strips: paragraph([run("SHA-256", STYLES.muted)], 78, fonts) },
        { strips: paragraph([run(signOff.digest, STYLES.digest)], frame.width - 84, fonts) },
      ],
    ],
  });
  return [
    ...paragraph(
      [run(`${DECISION_WORDS[signOff.kind]}: revision ${signOff.revision}`, STYLES.strong)],
      frame.width,
      fonts,
      { heading: true },
    ),
    ...factStrips(facts, { width: frame.width, fonts, style: STYLES.small }),
    ...digest,
  ];
}

function history(book: Book, model: WorksheetPdfModel): readonly Strip[] {
  const people = model.people.map((person) => [person.name, person.role, person.firm]);
  const moves = model.transitions.map((move) => [
    instantInWords(move.at),
    `${MOVE_DONE_LABELS[move.move]}\n${STATE_LABELS[move.from]} → ${STATE_LABELS[move.to]}`,
    move.by,
    String(move.revision),
    move.reason,
  ]);
  const revisions = model.revisions.map((revision) => [
    String(revision.number),
    `${revision.submittedBy}\n${instantInWords(revision.submittedAt)}`,
    (width: number) => paragraph([run(revision.digest, STYLES.digest)], width, book.fonts),
  ]);
  const parts = [
    people.length > 0
      ? listTable(
          book,
          [
            ["Person", 0.34],
            ["Part", 0.33],
            ["Firm", 0.33],
          ],
          people,
        )
      : [],
    revisions.length > 0
      ? listTable(
          book,
          [
            ["Revision", 0.12],
            ["Submitted", 0.34],
            ["SHA-256 of its content", 0.54],
          ],
          revisions,
        )
      : [],
    moves.length > 0
      ? listTable(
          book,
          [
            ["When", 0.25],
            ["What", 0.24],
            ["By", 0.17],
            ["Rev.", 0.07],
            ["Reason", 0.27],
          ],
          moves,
        )
      : [],
  ].filter((part) => part.length > 0);
  if (parts.length === 0) return nothing(book, "Nothing has happened yet.");
  return parts.flatMap((part, index) => (index === 0 ? part : [gap(10), ...part]));
}
