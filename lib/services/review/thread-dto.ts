import type { ServiceContext } from "@/lib/auth/context";
import { couldDo, type Grant } from "@/lib/auth/scope";
import { notFound } from "@/lib/contracts/failure";
import type { ThreadDto } from "@/lib/contracts/review";
import type { PersonRef } from "@/lib/contracts/section";
import type { WorksheetTarget } from "@/lib/data/facts";
import { namesOf, personRef } from "@/lib/data/people";
import { findThread, type ThreadRow } from "@/lib/data/threads";
import type { ScopedTx } from "@/lib/db/kinds";
import type { ThreadFacts } from "@/lib/domain/access/facts";
import {
  recordPrivateEvent,
  recordWorksheetEvent,
  type WorksheetEvent,
} from "@/lib/services/worksheet/worksheet-event";

/** What the policy asks about a stored thread. */
export function threadFacts(thread: ThreadRow, worksheet: WorksheetTarget): ThreadFacts {
  const { visibility, authorOrganisationId } = thread;
  return { visibility, openerOrganisationId: authorOrganisationId, worksheet: worksheet.facts };
}

/** Whose side an organisation is on in the engagement. */
export function sideOf(tx: ScopedTx, organisationId: string): "entity" | "assessor" {
  return organisationId === tx.engagement.organisationId ? "entity" : "assessor";
}

/** The thread that an action is about, with its worksheet. @throws Failure not_found */
export async function requireThread(
  tx: ScopedTx,
  grant: Grant,
  threadId: string,
): Promise<{ readonly worksheet: WorksheetTarget; readonly thread: ThreadRow }> {
  const thread = await findThread(tx, threadId);
  if (!thread || !grant.worksheet) throw notFound();
  return { worksheet: grant.worksheet, thread };
}

/** Records an event of a thread where those may read it who may read the thread. */
export function recordThreadEvent(
  context: ServiceContext,
  tx: ScopedTx,
  visibility: ThreadRow["visibility"],
  event: WorksheetEvent,
): void {
  if (visibility === "private") recordPrivateEvent(context, tx, event);
  else recordWorksheetEvent(context, tx, event);
}

/** Threads for the page, with what the grant's owner may do to each. */
export async function threadDtos(
  tx: ScopedTx,
  grant: Grant,
  worksheet: WorksheetTarget,
  threads: readonly ThreadRow[],
): Promise<ThreadDto[]> {
  const names = await namesOf(
    tx,
    threads.flatMap((one) => [one.openedById, one.resolvedById, ...one.comments.map((comment) => comment.authorId)]),
  );
  return threads.map((thread) => threadDto(tx, grant, worksheet, thread, names));
}

/** A thread read anew, as the reply after a change of it. */
export async function readThreadDto(
  tx: ScopedTx,
  grant: Grant,
  worksheet: WorksheetTarget,
  threadId: string,
): Promise<ThreadDto> {
  const thread = await findThread(tx, threadId);
  const [dto] = thread ? await threadDtos(tx, grant, worksheet, [thread]) : [];
  if (!dto) throw new Error("A thread is gone within its own transaction.");
  return dto;
}

function threadDto(
  tx: ScopedTx,
  grant: Grant,
  worksheet: WorksheetTarget,
  thread: ThreadRow,
  names: ReadonlyMap<string, PersonRef>,
): ThreadDto {
  const facts = threadFacts(thread, worksheet);
  return {
    id: thread.id,
    revision: thread.revisionNumber,
    section: thread.section,
    itemId: thread.itemId,
    visibility: thread.visibility,
    openedBy: personRef(names, thread.openedById),
    openedAt: thread.openedAt.toISOString(),
    resolvedBy: thread.resolvedById === null ? null : personRef(names, thread.resolvedById),
    resolvedAt: thread.resolvedAt?.toISOString() ?? null,
    comments: thread.comments.map((comment) => ({
      id: comment.id,
      author: personRef(names, comment.authorId),
      side: sideOf(tx, comment.authorOrganisationId),
      at: comment.at.toISOString(),
      body: comment.body,
    })),
    mayResolve: couldDo(grant, "thread.resolve", facts),
    mayComment: couldDo(grant, "thread.reply", facts),
  };
}
