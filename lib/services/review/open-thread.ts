import type { ServiceContext } from "@/lib/auth/context";
import { changeScope } from "@/lib/auth/scope";
import { notFound } from "@/lib/contracts/failure";
import type { OpenThreadInput, ThreadDto } from "@/lib/contracts/review";
import { listRevisions } from "@/lib/data/revisions";
import { insertComment, insertThread } from "@/lib/data/threads";
import { threadDetail } from "@/lib/domain/audit/thread-details";
import { readThreadDto, recordThreadEvent } from "@/lib/services/review/thread-dto";
import { requireNamedPart } from "@/lib/services/worksheet/require-part";

/** Opens a discussion, shared with the other side or private to the own company, with its first comment. */
export function openThread(context: ServiceContext, worksheetId: string, input: OpenThreadInput): Promise<ThreadDto> {
  const { body, ...anchor } = input;
  const action = anchor.visibility === "private" ? "comment.private" : "comment.shared";
  return changeScope(context, action, { worksheetId }, "share", async (tx, grant) => {
    const { worksheet } = grant;
    if (!worksheet) throw notFound();
    requireNamedPart(grant, anchor.section);
    // Who sees only what was submitted talks about the newest of that, not about the draft.
    const latest = (await listRevisions(tx, [worksheetId])).at(-1)?.number ?? worksheet.revisionNumber;
    const revisionNumber = grant.permission.view === "all" ? worksheet.revisionNumber : latest;
    const threadId = await insertThread(tx, { worksheetId, revisionNumber, ...anchor });
    const commentId = await insertComment(tx, threadId, body);
    recordThreadEvent(context, tx, anchor.visibility, {
      action: "thread.opened",
      worksheetId,
      detail: {
        ...threadDetail(threadId, anchor),
        ...{ commentId, visibility: anchor.visibility, revision: revisionNumber },
      },
      changes: [
        { table: "thread", id: threadId },
        { table: "comment", id: commentId },
      ],
    });
    return readThreadDto(tx, grant, worksheet, threadId);
  });
}
