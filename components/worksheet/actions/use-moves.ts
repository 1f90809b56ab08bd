"use client";

import { useCallback } from "react";
import { localProblem } from "@/components/worksheet/actions/local-problem";
import { api } from "@/lib/client/api";
import type { MoveInput } from "@/lib/contracts/review";
import type { WorksheetDto } from "@/lib/contracts/worksheet";

/** Makes a move of a worksheet: resolves when it is made and shown, throws what the API throws. */
export type MakeMove = (move: MoveInput["move"], reason?: string) => Promise<void>;

/**
 * Text of the page is saved first (`ready`), because a move freezes or closes it; `put` shows the reply. Whoever approves
 * names the digest of what the page shows, so that exactly this is frozen.
 */
export function useMoves(
  { id, digest }: Pick<WorksheetDto, "id" | "digest">,
  ready: () => Promise<boolean>,
  put: (worksheet: WorksheetDto) => void,
): MakeMove {
  return useCallback(
    async (move, reason = "") => {
      if (!(await ready()))
        throw localProblem(
          "Not everything is saved",
          "Some text on this page is not on the server yet. Settle that first.",
        );
      const read = move === "approve_internally" ? { digest } : {};
      put(await api.post<WorksheetDto>(`/worksheets/${id}/moves`, { move, reason, ...read }));
    },
    [id, digest, ready, put],
  );
}
