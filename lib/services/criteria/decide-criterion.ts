import type { ServiceContext } from "@/lib/auth/context";
import { changeScope, type Grant } from "@/lib/auth/scope";
import type { CriteriaDto, DecideCriterionInput } from "@/lib/contracts/criteria";
import { Failure, fieldProblem, notFound } from "@/lib/contracts/failure";
import {
  type CriterionDecisionRow,
  type CriterionPlace,
  listCriterionDecisions,
  storeCriterionDecision,
} from "@/lib/data/criterion-decisions";
import type { WorksheetTarget } from "@/lib/data/facts";
import { type FrozenRevision, findRevision } from "@/lib/data/revisions";
import { insertComment, insertThread, storeResolution } from "@/lib/data/threads";
import type { ScopedTx } from "@/lib/db/kinds";
import type { ChangedRow } from "@/lib/db/transactions";
import { needsNote } from "@/lib/domain/workflow/criteria-gate";
import { type CriterionId, criteriaOf } from "@/lib/domain/worksheet/criteria";
import { CRITERIA_PART } from "@/lib/domain/worksheet/sections";
import { describeCriteria } from "@/lib/services/criteria/criteria-dto";
import { askAboutCardNumbers } from "@/lib/services/worksheet/card-numbers";
import { requireCcw } from "@/lib/services/worksheet/material";
import { readSealed } from "@/lib/services/worksheet/seal";
import { recordPrivateEvent, recordWorksheetEvent } from "@/lib/services/worksheet/worksheet-event";

/**
 * Decides over a criterion of the revision in review, or proposes to. A question or "not met" opens a thread that both
 * companies read, in which the entity answers; a later decision keeps it. A proposal stays with the company that makes it.
 * @throws Failure digest_differs for another revision, stale with the criteria as they stand when somebody decided
 * meanwhile, wrong_state outside of the review, not_found for a criterion that the version does not ask,
 * card_number_suspected, text_damaged
 */
export function decideCriterion(
  context: ServiceContext,
  worksheetId: string,
  criterion: CriterionId,
  input: DecideCriterionInput,
): Promise<CriteriaDto> {
  const action = input.kind === "decision" ? "criteria.decide" : "criteria.propose";
  return changeScope(context, action, { worksheetId }, "share", async (tx, grant) => {
    const { worksheet } = grant;
    requireCcw(worksheet);
    if (!worksheet) throw notFound();
    const found = await findRevision(tx, worksheetId, worksheet.revisionNumber);
    const revision = requireRead(worksheet, found, criterion, input);
    const place: CriterionPlace = { worksheetId, revisionId: revision.id, criterion, kind: input.kind };
    const before = await findStored(tx, place);
    const acknowledged = await askAboutCardNumbers(
      [{ path: "note", text: input.note }],
      async () => [{ path: "note", text: before?.note ?? "" }],
      input.acknowledgeCardNumber === true,
    );
    const talk = input.kind === "decision" ? await talkAbout(tx, place, revision.number, before, input) : NO_TALK;
    const finding = { outcome: input.outcome, note: input.note, threadId: talk.threadId };
    const id = await storeCriterionDecision(tx, place, finding, input.baseVersion);
    if (id === null) throw await stale(tx, grant);
    const detail = {
      ...{ criterion, outcome: input.outcome, revision: revision.number, before: outcomeOf(before) },
      ...(acknowledged ? { cardNumberAcknowledged: true as const } : {}),
    };
    const row = { table: "criterion_decision", id };
    if (input.kind === "proposal") {
      recordPrivateEvent(context, tx, { action: "criterion.proposed", worksheetId, detail, changes: [row] });
    } else {
      recordWorksheetEvent(context, tx, {
        action: "criterion.decided",
        worksheetId,
        detail: { ...detail, threadId: talk.threadId, ...(talk.commentId ? { commentId: talk.commentId } : {}) },
        changes: [row, ...talk.changes],
      });
    }
    return describeCriteria(tx, grant, undefined);
  });
}

/** The revision in review, as it was read, with a criterion that its version asks. */
function requireRead(
  worksheet: WorksheetTarget,
  revision: FrozenRevision | null,
  criterion: CriterionId,
  { digest, outcome, note }: DecideCriterionInput,
): FrozenRevision {
  if (!revision) throw new Failure("wrong_state", "There is no frozen revision to decide on.");
  if (digest !== revision.digest) {
    throw new Failure("digest_differs", "The worksheet is not the one that you read. Read it again first.", {
      current: { digest: revision.digest, revision: revision.number },
    });
  }
  const { standardVersion } = readSealed(revision, worksheet).header;
  if (!criteriaOf(standardVersion).some(({ id }) => id === criterion)) throw notFound();
  if (needsNote(outcome) && note.trim() === "") {
    throw fieldProblem("note", "Say what is missing or asked, so that the entity can answer.");
  }
  return revision;
}

async function findStored(tx: ScopedTx, place: CriterionPlace): Promise<CriterionDecisionRow | null> {
  const rows = await listCriterionDecisions(tx, [place.worksheetId]);
  const { revisionId, criterion, kind } = place;
  return rows.find((row) => row.revisionId === revisionId && row.criterion === criterion && row.kind === kind) ?? null;
}

function outcomeOf(row: CriterionDecisionRow | null): { readonly outcome?: CriterionDecisionRow["outcome"] } {
  return row ? { outcome: row.outcome } : {};
}

/** The thread of a decision, and what was written for it. */
interface Talk {
  readonly threadId: string | null;
  readonly commentId?: string;
  readonly changes: readonly ChangedRow[];
}

const NO_TALK: Talk = { threadId: null, changes: [] };

/** The entity hears of a question or "not met" where it can answer; a note that is another one is said there too. */
async function talkAbout(
  tx: ScopedTx,
  { worksheetId, criterion }: CriterionPlace,
  revisionNumber: number,
  before: CriterionDecisionRow | null,
  { outcome, note }: DecideCriterionInput,
): Promise<Talk> {
  const kept = before?.threadId ?? null;
  if (!needsNote(outcome) || (kept !== null && note === before?.note)) return { threadId: kept, changes: [] };
  const anchor = { section: CRITERIA_PART, itemId: criterion, visibility: "shared" } as const;
  const threadId = kept ?? (await insertThread(tx, { worksheetId, revisionNumber, ...anchor }));
  const commentId = await insertComment(tx, threadId, note);
  // What is asked anew is open again, whatever became of it before.
  const reopened = kept !== null && (await storeResolution(tx, kept, false));
  const opened = kept === null || reopened ? [{ table: "thread", id: threadId }] : [];
  return { threadId, commentId, changes: [...opened, { table: "comment", id: commentId }] };
}

async function stale(tx: ScopedTx, grant: Grant): Promise<Failure> {
  const current = await describeCriteria(tx, grant, undefined);
  return new Failure("stale", "Somebody else decided over this criterion while you did.", { current });
}
