import type { ServiceContext } from "@/lib/auth/context";
import { type Grant, readScope } from "@/lib/auth/scope";
import type { DispositionDto } from "@/lib/contracts/disposition";
import type { ProgressDto } from "@/lib/contracts/engagement";
import type { ScopedTx } from "@/lib/db/kinds";
import { progressOfRows, readRows } from "@/lib/services/disposition/workbook-rows";

/** The workbook: its rows in the requirements' order, and how far it is. */
export interface WorkbookDto {
  readonly total: number;
  readonly items: readonly DispositionDto[];
  readonly progress: ProgressDto;
}

/** The workbook of an engagement. @throws Failure not_found, forbidden */
export function readWorkbook(context: ServiceContext, engagementId: string): Promise<WorkbookDto> {
  return readScope(context, "disposition.read", { engagementId }, workbookDto);
}

/** The workbook inside a transaction that is open already. */
export async function workbookDto(tx: ScopedTx, grant: Grant): Promise<WorkbookDto> {
  const items = await readRows(tx, grant);
  return { total: items.length, items, progress: progressOfRows(items) };
}
