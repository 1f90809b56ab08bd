import { Failure } from "@/lib/contracts/failure";
import type { OscalBook } from "@/lib/domain/oscal/book";
import { poamOf } from "@/lib/domain/oscal/poam";
import { sspOf } from "@/lib/domain/oscal/ssp";
import type { EngagementModel } from "@/lib/domain/oscal/vocabulary";
import { identify } from "@/lib/render/oscal/identify";
import { type OscalFile, oscalFile } from "@/lib/render/oscal/oscal-file";

const WRITERS = { poam: poamOf, ssp: sspOf } as const satisfies Record<EngagementModel, unknown>;

/** A book that is to be written as a document. Plain data, which can be sent to a thread. */
export interface OscalJob {
  readonly model: EngagementModel;
  readonly book: OscalBook;
  /** The name of the file, without its ending. */
  readonly name: string;
}

/** What comes of a job in a thread: the file, or why there is none. */
export type OscalOutcome = { readonly file: OscalFile } | { readonly refused: string };

/** Writes a book as a document. @throws Failure as `oscalFile` */
export function writeOscal({ model, book, name }: OscalJob): OscalFile {
  return oscalFile(model, WRITERS[model](book, identify), name);
}

/** As {@link writeOscal}, with the refusal as data: errors lose what they are on their way between threads. */
export function oscalOutcome(job: OscalJob): OscalOutcome {
  try {
    return { file: writeOscal(job) };
  } catch (error) {
    if (error instanceof Failure) return { refused: error.message };
    const culprit = job.book.worksheets.find((one) => !canBeWritten(job, one));
    if (!culprit) throw error;
    const { requirementNumber, requirementTitle } = culprit.content.header;
    const reason = error instanceof Error ? error.message : String(error);
    return { refused: `Worksheet ${requirementNumber}, “${requirementTitle}”, cannot be written as OSCAL: ${reason}.` };
  }
}

/** Whether a worksheet can be written by itself. */
function canBeWritten({ model, book }: OscalJob, worksheet: OscalBook["worksheets"][number]): boolean {
  try {
    WRITERS[model]({ ...book, worksheets: [worksheet], rows: [] }, identify);
    return true;
  } catch {
    return false;
  }
}
