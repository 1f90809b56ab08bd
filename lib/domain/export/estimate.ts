import type { ExportKind } from "@/lib/domain/export/states";

/** What an export's pages, size and time are estimated from: counts and lengths of what goes in. */
export interface ExportFacts {
  /** Rows of the workbook. */
  readonly rows: number;
  /** Worksheets and records; in a pack, revisions that were decided on. */
  readonly worksheets: number;
  /** Characters of all their parts, as they are stored (JSON). */
  readonly characters: number;
  readonly evidence: number;
  readonly comments: number;
  /** Characters of all comments. */
  readonly commentCharacters: number;
  readonly decisions: number;
  readonly moves: number;
  /** Files of evidence that go into a pack, and their bytes; 0 otherwise. */
  readonly packedFiles: number;
  readonly fileBytes: number;
  /** Bytes of the logo; 0 without one. */
  readonly logoBytes: number;
}

/** How an export is asked for. */
export interface EstimatedExport {
  readonly kind: ExportKind;
  readonly paper: "A4" | "Letter";
  /** Whether PDFs carry the content of their worksheets (PDF/A-3a). */
  readonly carries: boolean;
}

/** About how large an export becomes, and how long it takes on a machine with nothing else to do. */
export interface ExportEstimate {
  /** Null where there are no pages of its own: a Word document has its pages from the program that shows it. */
  readonly pages: number | null;
  /** Files of a pack; null for others. */
  readonly files: number | null;
  readonly bytes: number;
  readonly seconds: number;
}

/**
 * What was measured on the demo and on generated workbooks of 20 to 1,000 worksheets, in shares of an A4 page: a worksheet takes about
 * a page for its frame, an annex a little more, and text, rows, comments and decisions what they are high.
 */
const PAGES = {
  worksheet: 1.1,
  annex: 1.7,
  perCharacter: 1 / 5_200,
  evidence: 0.045,
  comment: 0.035,
  commentCharacter: 1 / 4_200,
  decision: 0.22,
  move: 0.02,
  row: 1 / 15,
  contentsLine: 1 / 46,
  /** Cover, and what is left blank at the ends. */
  front: 2.5,
} as const;

/** Letter is shorter and a little wider. */
const LETTER = 1.05;

/** In bytes. Fonts are in each PDF, as far as they are used. */
const BYTES = { fonts: 14_000, page: 5_000, docx: 16_000, docxSheet: 5_500, proofs: 9_000, verifier: 130_000 } as const;
/** What is left of the content when it is compressed. */
const CARRIED = 0.3;

/** Of a pack: keys and the like, text and PDF of a revision, and of a decision the statement, the discussion, event and proof. */
const FILES = { single: 6, revision: 2, decision: 4 } as const;

/** In seconds, on a core of its own: to begin, and for each worksheet to be gathered, drawn, and sealed for a pack. */
const SECONDS = { begin: 2.5, gather: 0.012, page: 0.004, document: 0.02, sealed: 0.35, megabyte: 0.05 } as const;

/** Estimates an export. Within a factor of two in pages and bytes on the demo and on generated engagements. */
export function estimateExport(facts: ExportFacts, wanted: EstimatedExport): ExportEstimate {
  const pages = pagesOf(facts) * (wanted.paper === "Letter" ? LETTER : 1);
  const carried = wanted.carries ? facts.characters * CARRIED : 0;
  switch (wanted.kind) {
    case "document":
      return {
        pages: null,
        files: null,
        bytes: Math.round(BYTES.docx + facts.worksheets * BYTES.docxSheet),
        seconds: seconds(facts.worksheets * (SECONDS.gather + SECONDS.document)),
      };
    case "workbook": {
      const own = PAGES.front + facts.rows * PAGES.row + 2 * facts.worksheets * PAGES.contentsLine;
      const all = Math.max(3, Math.round(pages + own));
      const bytes = BYTES.fonts + all * BYTES.page + carried + facts.logoBytes;
      return {
        pages: all,
        files: null,
        bytes: Math.round(bytes),
        seconds: seconds(facts.worksheets * SECONDS.gather + all * SECONDS.page),
      };
    }
    case "pack": {
      const each = BYTES.fonts + BYTES.proofs + facts.logoBytes;
      const bytes = BYTES.verifier + facts.worksheets * each + pages * BYTES.page + carried + facts.fileBytes;
      const work = facts.worksheets * SECONDS.sealed + (facts.fileBytes / 1e6) * SECONDS.megabyte;
      const files =
        FILES.single + facts.worksheets * FILES.revision + facts.decisions * FILES.decision + facts.packedFiles;
      return { pages: Math.round(pages), files, bytes: Math.round(bytes), seconds: seconds(work) };
    }
  }
}

function pagesOf(facts: ExportFacts): number {
  const text = facts.characters * PAGES.perCharacter + facts.commentCharacters * PAGES.commentCharacter;
  const lists =
    facts.evidence * PAGES.evidence +
    facts.comments * PAGES.comment +
    facts.decisions * PAGES.decision +
    facts.moves * PAGES.move;
  return facts.worksheets * (PAGES.worksheet + PAGES.annex) + text + lists;
}

function seconds(work: number): number {
  return Math.max(1, Math.round(SECONDS.begin + work));
}

/** An estimate in words: "about 120 pages, 1.4 MB, 12 seconds". */
export function estimateWords({ pages, bytes, seconds: time }: Omit<ExportEstimate, "files">): string {
  const size = aboutBytes(bytes);
  const count = pages === null ? "" : `${rounded(pages).toLocaleString("en")} page${pages === 1 ? "" : "s"}, `;
  const minutes = Math.round(time / 60);
  const duration = time < 90 ? `${time} second${time === 1 ? "" : "s"}` : `${minutes} minutes`;
  return `about ${count}${size}, ${duration}`;
}

function aboutBytes(bytes: number): string {
  if (bytes < 950_000) return `${Math.max(10, Math.round(bytes / 10_000) * 10)} kB`;
  return bytes < 950_000_000 ? `${rounded(bytes / 1e6)} MB` : `${rounded(bytes / 1e9)} GB`;
}

/** Two digits say what an estimate knows. */
function rounded(value: number): number {
  if (value < 10) return Math.round(value * 10) / 10;
  const scale = 10 ** (Math.floor(Math.log10(value)) - 1);
  return Math.round(value / scale) * scale;
}
