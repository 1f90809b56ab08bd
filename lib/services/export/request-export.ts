import type { ServiceContext } from "@/lib/auth/context";
import { recordInEngagement } from "@/lib/auth/record";
import { changeScope } from "@/lib/auth/scope";
import type { ExportDto, ExportRequest } from "@/lib/contracts/export";
import { Failure } from "@/lib/contracts/failure";
import { countOwnExports, findOpenExport, holdOwnExports, insertExport } from "@/lib/data/exports";
import { hasStatements } from "@/lib/data/sign-offs";
import type { ScopedTx } from "@/lib/db/kinds";
import type { View } from "@/lib/domain/access/policy";
import { MOST_KEPT, MOST_OPEN } from "@/lib/domain/export/states";
import { enqueueExport } from "@/lib/queue/enqueue-export";
import { exportDto } from "@/lib/services/export/export-dto";
import { NOTHING_IN_IT, SIGNED_PAGES_ONLY } from "@/lib/services/export/plan-pack";
import { requireNoGap } from "@/lib/services/gap/gap-state";

/** What each kind of export is a file of, as events name it. */
const FORMATS = { pack: "zip", workbook: "pdf", document: "docx" } as const;

/** Thrown so that nothing is recorded where the same export is open already: it is the answer. */
class AlreadyOpen extends Error {
  constructor(readonly dto: ExportDto) {
    super("already open");
  }
}

/**
 * Asks for an export of an engagement, which a worker makes. Whoever asks for the same while it is open gets the one that
 * is. @throws Failure forbidden, blocked when there is nothing to export, too_many_requests; unavailable for a pack of data that
 * may be missing something
 */
export async function requestExport(
  context: ServiceContext,
  engagementId: string,
  { kind, paper = "A4", conformance = "PDF/UA-1" }: ExportRequest,
): Promise<ExportDto> {
  if (kind === "pack") await requireNoGap(context);
  const wanted = { kind, paper, conformance: kind === "document" ? "" : conformance };
  try {
    return await changeScope(context, "workbook.export", { engagementId }, "none", async (tx, grant) => {
      if (kind === "pack") await requirePackable(tx, grant.permission.view);
      await holdOwnExports(tx);
      const open = await findOpenExport(tx, wanted);
      if (open) throw new AlreadyOpen(exportDto(open, tx.now));
      await requireRoom(tx);
      const row = await insertExport(tx, wanted, grant.permission.view);
      await enqueueExport(tx, row.id);
      const of = kind === "document" ? { paper } : { paper, conformance };
      recordInEngagement(context, tx, {
        action: "export.requested",
        detail: { exportId: row.id, what: kind, format: FORMATS[kind], ...of },
      });
      return exportDto(row, tx.now);
    });
  } catch (error) {
    if (error instanceof AlreadyOpen) return error.dto;
    throw error;
  }
}

/** A pack holds histories, which not everybody reads who may export. */
async function requirePackable(tx: ScopedTx, view: View): Promise<void> {
  if (view === "signed") throw new Failure("forbidden", SIGNED_PAGES_ONLY);
  if (!(await hasStatements(tx))) throw new Failure("blocked", NOTHING_IN_IT);
}

async function requireRoom(tx: ScopedTx): Promise<void> {
  const { open, kept } = await countOwnExports(tx);
  if (open >= MOST_OPEN) {
    throw new Failure("too_many_requests", `You have ${open} exports under way. Wait for one, or cancel one.`, {
      retryAfter: 30,
    });
  }
  if (kept >= MOST_KEPT) {
    throw new Failure("too_many_requests", `You have ${kept} finished exports. Remove some, then ask again.`, {
      retryAfter: 3_600,
    });
  }
}
