"use client";

import { useRouter } from "next/navigation";
import { useCallback } from "react";
import { api } from "@/lib/client/api";
import { isProblem } from "@/lib/client/errors";
import type { DispositionDto } from "@/lib/contracts/disposition";
import type { WorksheetDto } from "@/lib/contracts/worksheet";

/** Opens a row's worksheet and goes to it; one that is there already is gone to as well. Errors are the caller's to show. */
export function useOpenWorksheet() {
  const router = useRouter();
  const open = useCallback(
    async (dispositionId: string) => {
      const id = await openedWorksheet(dispositionId);
      router.push(`/worksheets/${id}`);
    },
    [router],
  );
  const openForLeaf = useCallback(
    async (engagementId: string, number: string) => {
      const reply = await api.post<{ readonly items: readonly DispositionDto[] }>(
        `/engagements/${engagementId}/dispositions`,
        { requirementNumbers: [number] },
      );
      const row = reply.items.find(({ requirementNumber }) => requirementNumber === number);
      if (row?.worksheet) router.push(`/worksheets/${row.worksheet.id}`);
      else if (row) await open(row.id);
    },
    [open, router],
  );
  return { open, openForLeaf };
}

async function openedWorksheet(dispositionId: string): Promise<string> {
  try {
    return (await api.post<WorksheetDto>(`/dispositions/${dispositionId}/worksheet`, {})).id;
  } catch (error) {
    const current = isProblem(error, "already_exists")
      ? (error.problem.current as { id?: string } | undefined)
      : undefined;
    if (current?.id) return current.id;
    throw error;
  }
}
