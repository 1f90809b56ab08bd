"use client";

import { useRouter } from "next/navigation";
import { useCallback } from "react";
import { api } from "@/lib/client/api";
import { isProblem } from "@/lib/client/errors";
import type { DispositionDto } from "@/lib/contracts/disposition";
import type { OpenWorksheetInput } from "@/lib/contracts/rigour";
import type { WorksheetDto } from "@/lib/contracts/worksheet";

/** Opens a row's worksheet and goes to it; one that is there already is gone to as well. Errors are the caller's to show. */
export function useOpenWorksheet() {
  const router = useRouter();
  const open = useCallback(
    async (dispositionId: string, input: OpenWorksheetInput) => {
      const id = await openedWorksheet(dispositionId, input);
      router.push(`/worksheets/${id}`);
    },
    [router],
  );
  /** Sees to it that a requirement below a grouping has a row; null where it has a worksheet, which is gone to. */
  const rowForLeaf = useCallback(
    async (engagementId: string, number: string): Promise<DispositionDto | null> => {
      const reply = await api.post<{ readonly items: readonly DispositionDto[] }>(
        `/engagements/${engagementId}/dispositions`,
        { requirementNumbers: [number] },
      );
      const row = reply.items.find(({ requirementNumber }) => requirementNumber === number);
      if (!row?.worksheet) return row ?? null;
      router.push(`/worksheets/${row.worksheet.id}`);
      return null;
    },
    [router],
  );
  return { open, rowForLeaf };
}

async function openedWorksheet(dispositionId: string, input: OpenWorksheetInput): Promise<string> {
  try {
    return (await api.post<WorksheetDto>(`/dispositions/${dispositionId}/worksheet`, input)).id;
  } catch (error) {
    const current = isProblem(error, "already_exists")
      ? (error.problem.current as { id?: string } | undefined)
      : undefined;
    if (current?.id) return current.id;
    throw error;
  }
}
