import type { ServiceContext } from "@/lib/auth/context";
import { changeScope } from "@/lib/auth/scope";
import type { ThreadDto } from "@/lib/contracts/review";
import { insertComment, storeResolution } from "@/lib/data/threads";
import { threadDetail } from "@/lib/domain/audit/thread-details";
import { readThreadDto, recordThreadEvent, requireThread } from "@/lib/services/review/thread-dto";

/** Adds a comment to a thread. */
export function addComment(context: ServiceContext, threadId: string, body: string): Promise<ThreadDto> {
  return changeScope(context, "thread.reply", { threadId }, "share", async (tx, grant) => {
    const { worksheet, thread } = await requireThread(tx, grant, threadId);
    const commentId = await insertComment(tx, threadId, body);
    recordThreadEvent(context, tx, thread.visibility, {
      action: "comment.added",
      worksheetId: worksheet.id,
      detail: { ...threadDetail(threadId, thread), commentId },
      changes: [{ table: "comment", id: commentId }],
    });
    return readThreadDto(tx, grant, worksheet, threadId);
  });
}

/** Resolves a thread or opens it again; asking for what is already so changes nothing but is still told. */
export function setThreadState(context: ServiceContext, threadId: string, resolved: boolean): Promise<ThreadDto> {
  return changeScope(context, "thread.resolve", { threadId }, "share", async (tx, grant) => {
    const { worksheet, thread } = await requireThread(tx, grant, threadId);
    const changed = await storeResolution(tx, threadId, resolved);
    recordThreadEvent(context, tx, thread.visibility, {
      action: resolved ? "thread.resolved" : "thread.reopened",
      worksheetId: worksheet.id,
      detail: { ...threadDetail(threadId, thread), changed },
      changes: changed ? [{ table: "thread", id: threadId }] : [],
    });
    return readThreadDto(tx, grant, worksheet, threadId);
  });
}
