import type { ServiceContext } from "@/lib/auth/context";
import { readScope } from "@/lib/auth/scope";
import { Failure } from "@/lib/contracts/failure";
import {
  MOST_DOCUMENTS,
  MOST_SAVES,
  type PlanPreviewDto,
  type RowImportDto,
  type WorksheetImportDto,
} from "@/lib/contracts/oscal-import";
import { namesOf } from "@/lib/data/people";
import type { ScopedTx } from "@/lib/db/kinds";
import type { OscalBook } from "@/lib/domain/oscal/book";
import { boundedPreview } from "@/lib/services/oscal/bounded-preview";
import { judgeFix } from "@/lib/services/oscal/judge-fix";
import { judgeWorksheet } from "@/lib/services/oscal/judge-worksheet";
import { type JudgedPart, refusedBecause } from "@/lib/services/oscal/judged";
import { readBook } from "@/lib/services/oscal/read-book";
import { loadStanding, type StandingEngagement } from "@/lib/services/oscal/standing";

/**
 * Says what a plan of action and milestones that Countervail wrote would bring into an engagement, and what of it cannot be
 * taken in, to those who may take in something at all: of a row or worksheet that is not theirs to change, it tells nothing.
 * Nothing is changed. @throws Failure not_found, forbidden; invalid for a file that is no such plan, or of another
 * version of PCI DSS; unavailable
 */
export async function previewPlan(
  context: ServiceContext,
  engagementId: string,
  bytes: Buffer,
  signal?: AbortSignal,
): Promise<PlanPreviewDto> {
  const alone = { ...context, idempotency: undefined };
  // A file is read for nobody without the right, and while no transaction is open: it may take its time.
  await readScope(alone, "workbook.import", { engagementId }, async () => undefined);
  const book = await readBook(bytes, signal);
  return readScope(alone, "workbook.import", { engagementId }, async (tx, grant) => {
    requireFitting(tx, book);
    const numbers = book.worksheets.map(({ content }) => content.header.requirementNumber);
    const here = await loadStanding(tx, grant, [
      ...numbers,
      ...book.rows.map(({ requirementNumber }) => requirementNumber),
    ]);
    return previewOf(here, book);
  });
}

function requireFitting({ engagement }: ScopedTx, { engagement: from, worksheets, rows }: OscalBook): void {
  if (from.standardVersion !== engagement.standardVersion) {
    throw refusal(
      `The plan is of PCI DSS ${from.standardVersion}, and this engagement of ${engagement.standardVersion}. Nothing of it fits here.`,
    );
  }
  if (worksheets.length > MOST_DOCUMENTS || rows.length > MOST_DOCUMENTS) {
    throw refusal(`The plan holds more than ${MOST_DOCUMENTS} worksheets or planned fixes.`);
  }
}

function refusal(message: string): Failure {
  return new Failure("invalid", message, { errors: [{ path: "file", message }] });
}

/** What of a plan changes something, stands here already, or cannot be taken in. */
class Outcomes {
  readonly same: string[] = [];
  readonly refused: PlanPreviewDto["refused"][number][] = [];
  readonly #seen = new Set<string>();

  /** Puts what was judged where it belongs; what changes something goes into the list. */
  async put<T>(requirementNumber: string, changes: T[], judge: () => Promise<JudgedPart<T>>): Promise<void> {
    const isFirst = !this.#seen.has(requirementNumber);
    this.#seen.add(requirementNumber);
    const judged = isFirst ? await judge() : refusedBecause("It is in the plan more than once; the first is shown.");
    if (judged.kind === "changes") changes.push(judged.dto);
    else if (judged.kind === "same") this.same.push(requirementNumber);
    else this.refused.push({ requirementNumber, reason: judged.reason });
  }
}

async function previewOf(here: StandingEngagement, { engagement, at, ...book }: OscalBook): Promise<PlanPreviewDto> {
  const { entityName, name: engagementName, standardVersion } = engagement;
  const worksheets: WorksheetImportDto[] = [];
  const rows: RowImportDto[] = [];
  const outcomes = new Outcomes();
  for (const brought of book.worksheets) {
    const { header } = brought.content;
    const isOfPlan = header.standardVersion === standardVersion;
    await outcomes.put(header.requirementNumber, worksheets, async () =>
      isOfPlan ? judgeWorksheet(here, brought) : refusedBecause(`It is of PCI DSS ${header.standardVersion}.`),
    );
  }
  const owners = await namesOf(
    here.tx,
    [...here.rows.values()].map(({ ownerId }) => ownerId),
  );
  for (const brought of book.rows) {
    const nameOf = (id: string) => owners.get(id)?.name ?? "";
    await outcomes.put(brought.requirementNumber, rows, () => judgeFix(here, brought, nameOf));
  }
  const { same, refused } = outcomes;
  const bounded = boundedPreview(worksheets);
  return { from: { entityName, engagementName, at }, worksheets: bounded, rows, same, refused, mostSaves: MOST_SAVES };
}
