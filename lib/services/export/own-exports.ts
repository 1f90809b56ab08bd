import type { ServiceContext } from "@/lib/auth/context";
import { recordInEngagement } from "@/lib/auth/record";
import { changeScope, type Grant, readScope } from "@/lib/auth/scope";
import type { ExportDto, ExportListDto, ExportListQuery } from "@/lib/contracts/export";
import { Failure, notFound } from "@/lib/contracts/failure";
import { cancelExport, type ExportRow, findExport, giveUpFile, listExports } from "@/lib/data/exports";
import type { ScopedTx } from "@/lib/db/kinds";
import { DOCX_TYPE } from "@/lib/domain/export/file-types";
import { exportDto, fileOfExport } from "@/lib/services/export/export-dto";
import { FINISHED_FILE, folderOf } from "@/lib/services/export/finished-file";
import { readVerified } from "@/lib/storage/verified";

/** Of finished files. */
const TYPES = { pack: "application/zip", workbook: "application/pdf", document: DOCX_TYPE } as const;

const READS_OTHERWISE = "What you may read here has changed since this was made. Ask for the export again.";

/**
 * A page of one's own exports of an engagement, the newest first. Other people's are nobody's business, not the lead's either: what they took out
 * stands in the trail, and the files hold what their askers may see.
 */
export function listOwnExports(
  context: ServiceContext,
  engagementId: string,
  { cursor, limit }: ExportListQuery = { limit: 20 },
): Promise<ExportListDto> {
  return readScope(context, "workbook.export", { engagementId }, async (tx) => {
    const rows = await listExports(tx, limit + 1, cursor ?? null);
    const shown = rows.slice(0, limit);
    return {
      items: shown.map((row) => exportDto(row, tx.now)),
      nextCursor: rows.length > limit ? (shown.at(-1)?.id ?? null) : null,
    };
  });
}

/** One of one's own exports. @throws Failure not_found */
export function readExport(context: ServiceContext, exportId: string): Promise<ExportDto> {
  return readScope(context, "workbook.export", { exportId }, async (tx) =>
    exportDto(await requireExport(tx, exportId), tx.now),
  );
}

/**
 * Cancels an export that is open; of one that is done, removes the file. @throws Failure not_found, wrong_state
 */
export function endExport(context: ServiceContext, exportId: string): Promise<ExportDto> {
  return changeScope(context, "workbook.export", { exportId }, "none", async (tx) => {
    const { kind } = await requireExport(tx, exportId);
    const cancelled = await cancelExport(tx, exportId);
    if (!cancelled && !(await giveUpFile(tx, exportId))) {
      throw new Failure("wrong_state", "This export is over, and nothing of it is left to remove.");
    }
    const action = cancelled ? "export.cancelled" : "export.removed";
    recordInEngagement(context, tx, { action, detail: { exportId, what: kind } });
    return exportDto(await requireExport(tx, exportId), tx.now);
  });
}

/** A finished file on its way out. */
export interface OpenExport {
  readonly name: string;
  readonly size: number;
  readonly type: string;
  readonly bytes: ReadableStream<Uint8Array>;
}

/**
 * Opens the finished file for whoever asked for it, whose right is judged anew. Its bytes are hashed before the first is
 * handed out. Each time is an event.
 * @throws Failure not_found, wrong_state before it is done and after it was removed, file_damaged
 */
export async function openExport(context: ServiceContext, root: string, exportId: string): Promise<OpenExport> {
  const alone = { ...context, idempotency: undefined };
  const { row, file } = await readScope(alone, "workbook.export", { exportId }, (tx, grant) =>
    requireFile(tx, grant, exportId),
  );
  const bytes = await readVerified(folderOf(root, row.id), FINISHED_FILE, file);
  if (!bytes) throw new Failure("file_damaged", "The finished file is damaged or gone. Ask for the export again.");
  try {
    await changeScope(alone, "workbook.export", { exportId }, "none", async (tx, grant) => {
      await requireFile(tx, grant, exportId);
      const { sha256, size } = file;
      const detail = { exportId, what: row.kind, sha256, size };
      recordInEngagement(context, tx, { action: "export.handed_over", detail });
    });
  } catch (error) {
    await bytes.cancel();
    throw error;
  }
  return { name: file.name, size: file.size, type: TYPES[row.kind], bytes };
}

async function requireFile(tx: ScopedTx, grant: Grant, exportId: string) {
  const row = await requireExport(tx, exportId);
  if (row.seen !== grant.permission.view) throw new Failure("forbidden", READS_OTHERWISE);
  const file = fileOfExport(row, tx.now);
  if (file) return { row, file };
  const why = row.state === "done" ? "The file was removed. Ask for the export again." : "There is no file of it yet.";
  throw new Failure("wrong_state", why);
}

async function requireExport(tx: ScopedTx, id: string): Promise<ExportRow> {
  const row = await findExport(tx, id);
  if (!row) throw notFound();
  return row;
}
