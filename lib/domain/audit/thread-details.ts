import { CRITERION_IDS, type CriterionId } from "@/lib/domain/worksheet/criteria";
import type { PartKey } from "@/lib/domain/worksheet/sections";

/** A thread, and what it is about: null for the worksheet as a whole. Events of earlier versions name the thread alone. */
export interface ThreadDetail {
  readonly threadId: string;
  readonly section?: PartKey | null;
  readonly criterion?: CriterionId;
}

/** What the trail tells of discussions. */
export interface ThreadDetails {
  readonly "thread.opened": ThreadDetail & {
    readonly section: PartKey | null;
    readonly visibility: "shared" | "private";
    readonly revision: number;
  };
  readonly "comment.added": ThreadDetail & { readonly commentId: string };
  readonly "thread.resolved": ThreadDetail;
  readonly "thread.reopened": ThreadDetail;
}

/** How events name a thread and what it is about, in the same way whatever happens to it. */
export function threadDetail(
  threadId: string,
  { section, itemId }: { readonly section: PartKey | null; readonly itemId: string | null },
): ThreadDetail & { readonly section: PartKey | null } {
  const criterion = CRITERION_IDS.find((id) => id === itemId);
  return { threadId, section, ...(criterion ? { criterion } : {}) };
}
