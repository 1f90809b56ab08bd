import type { Across, Grant } from "@/lib/auth/scope";
import type { ProgressDto } from "@/lib/contracts/engagement";
import { toDay } from "@/lib/data/days";
import { catalogueOf } from "@/lib/data/requirements";
import {
  type AlikeRows,
  readWorkbookFacts,
  type SignedDocument,
  type WorkbookFacts,
} from "@/lib/data/workbook-figures";
import type { ListedTx } from "@/lib/db/kinds";
import type { EngagementRecord } from "@/lib/domain/engagement/record";
import type { ValidityStatus } from "@/lib/domain/sign-off/validity";
import { kindOf } from "@/lib/domain/workflow/documents";
import { rowState } from "@/lib/domain/workflow/row-state";
import { requirementsOf } from "@/lib/services/scope/scope-facts";
import { deriveStandings, knownStanding } from "@/lib/services/worksheet/standing-of-signed";

/**
 * How far the workbooks of some engagements are, by the engagement's id: the figures that each workbook shows itself. The
 * number of queries grows by one with each twenty engagements, and by some with each in which a signed document differs from
 * what it was the last time.
 * @param across of one instant, so that a signature is derived from the rows that its mark is over
 * @param grants of reading the workbook
 */
export async function progressOfMany(
  across: Across,
  grants: readonly Grant[],
): Promise<ReadonlyMap<string, ProgressDto>> {
  if (grants.length === 0) return new Map();
  const tx = await across.over(grants);
  const day = toDay(tx.now);
  const granted = new Map(grants.map((grant) => [grant.engagement.id, grant]));
  const progress = new Map<string, ProgressDto>();
  const changed: { readonly grant: Grant; readonly facts: WorkbookFacts }[] = [];
  for (const facts of await readWorkbookFacts(tx)) {
    const grant = granted.get(facts.engagementId);
    if (!grant) continue;
    const statuses = new Map(facts.signed.map((document) => [document, knownStanding(document, day)]));
    if ([...statuses.values()].includes(undefined)) changed.push({ grant, facts });
    progress.set(facts.engagementId, {
      ...countsOf(await countedIn(tx, grant.engagement, facts)),
      brokenSignOffs: brokenIn(statuses),
    });
  }
  // Each is gone into, so the others are done with before.
  for (const { grant, facts } of changed) {
    const { engagementId, signed } = facts;
    const unknown = signed.filter((document) => knownStanding(document, day) === undefined);
    const known = signed.map((document) => [document, knownStanding(document, day)] as const);
    const derived = await deriveStandings(await across.inside(grant), unknown, day);
    const counts = progress.get(engagementId);
    if (counts) progress.set(engagementId, { ...counts, brokenSignOffs: brokenIn(new Map([...known, ...derived])) });
  }
  return progress;
}

/** The rows that count: what the scope brought and nobody has touched only while it is triggered. */
async function countedIn(
  tx: ListedTx,
  engagement: EngagementRecord,
  { answers, lines }: WorkbookFacts,
): Promise<readonly AlikeRows[]> {
  if (lines.every(({ loose }) => loose === null)) return lines;
  const catalogue = await catalogueOf(tx, engagement.catalogueVersion);
  const triggered = new Set(requirementsOf(engagement, catalogue, answers).map(({ number }) => number));
  return lines.filter(({ loose }) => loose === null || triggered.has(loose));
}

function countsOf(lines: readonly AlikeRows[]): Omit<ProgressDto, "brokenSignOffs"> {
  const stated = lines.map(({ disposition, documents, count }) => {
    const kind = kindOf(disposition);
    return { disposition, count, ...rowState(disposition, (kind && documents[kind]) ?? null) };
  });
  const sum = (counts: (line: (typeof stated)[number]) => boolean) =>
    stated.filter(counts).reduce((total, { count }) => total + count, 0);
  return {
    total: sum(() => true),
    settled: sum(({ settled }) => settled),
    waitingForEntity: sum(({ turn }) => turn === "entity"),
    waitingForAssessor: sum(({ turn }) => turn === "assessor"),
    undecided: sum(({ disposition }) => disposition === "undecided"),
  };
}

/** How many rows have a document whose signature is to be looked at; a row may have several documents. */
function brokenIn(statuses: ReadonlyMap<SignedDocument, ValidityStatus | null | undefined>): number {
  const broken = [...statuses].filter(([, status]) => status === "broken" || status === "needs_revalidation");
  return new Set(broken.map(([{ rowId }]) => rowId)).size;
}
