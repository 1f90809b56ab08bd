import type { ServiceContext } from "@/lib/auth/context";
import { couldDo, readScope } from "@/lib/auth/scope";
import { notFound } from "@/lib/contracts/failure";
import type { Collection } from "@/lib/contracts/paging";
import type { ThreadDto } from "@/lib/contracts/review";
import { listThreads as loadThreads } from "@/lib/data/threads";
import { threadDtos, threadFacts } from "@/lib/services/review/thread-dto";

/** The discussions of a worksheet: the shared ones, and the private ones of the person's own company. */
export function listThreads(context: ServiceContext, worksheetId: string): Promise<Collection<ThreadDto>> {
  return readScope(context, "worksheet.read", { worksheetId }, async (tx, grant) => {
    const { worksheet } = grant;
    if (!worksheet) throw notFound();
    const threads = (await loadThreads(tx, [worksheetId])).filter((one) =>
      couldDo(grant, "thread.read", threadFacts(one, worksheet)),
    );
    const items = await threadDtos(tx, grant, worksheet, threads);
    return { total: items.length, items };
  });
}
