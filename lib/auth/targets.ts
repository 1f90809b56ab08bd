import { engagementOfExport } from "@/lib/data/exports";
import {
  engagementOfControl,
  type Hold,
  loadRow,
  loadThread,
  loadWorksheet,
  type WorksheetTarget,
  worksheetOfEvidence,
} from "@/lib/data/facts";
import type { IdentityTx } from "@/lib/db/kinds";
import { ACTIONS, type Action } from "@/lib/domain/access/actions";
import type { AnyTarget } from "@/lib/domain/access/facts";

/** How a use case names what it acts on, by the kind of target that the action asks for. */
export interface References {
  readonly engagement:
    | { readonly engagementId: string }
    | { readonly exportId: string }
    | { readonly controlRecordId: string };
  readonly member: { readonly engagementId: string; readonly personId: string | null };
  readonly row: { readonly dispositionId: string };
  readonly worksheet: { readonly worksheetId: string } | { readonly evidenceId: string };
  readonly thread: { readonly threadId: string };
}

/** The actions whose target lies in an engagement. */
export type ScopedAction = { [A in Action]: (typeof ACTIONS)[A] extends keyof References ? A : never }[Action];

/** The reference that an action asks for. */
export type ReferenceOf<A extends ScopedAction> = References[(typeof ACTIONS)[A] & keyof References];

/** A target that was found. */
export interface FoundTarget {
  readonly engagementId: string;
  readonly target: AnyTarget;
  readonly worksheet: WorksheetTarget | null;
}

/** Finds what a reference names, holding a worksheet's row as asked; null when there is nothing. */
export async function findTarget(
  tx: IdentityTx,
  action: ScopedAction,
  reference: References[keyof References],
  hold: Hold,
): Promise<FoundTarget | null> {
  if ("dispositionId" in reference) {
    const row = await loadRow(tx, reference.dispositionId);
    return (
      row && {
        engagementId: row.engagementId,
        worksheet: null,
        target: { kind: "row", facts: { ownerId: row.ownerId } },
      }
    );
  }
  if ("threadId" in reference) {
    const thread = await loadThread(tx, reference.threadId);
    if (!thread) return null;
    const { worksheet, facts } = thread;
    return { engagementId: worksheet.engagementId, worksheet, target: { kind: "thread", facts } };
  }
  if ("worksheetId" in reference || "evidenceId" in reference) return ofWorksheet(tx, reference, hold);
  if ("exportId" in reference) return ofFound(await engagementOfExport(tx, reference.exportId));
  if ("controlRecordId" in reference) return ofFound(await engagementOfControl(tx, reference.controlRecordId));
  const { engagementId } = reference;
  if (ACTIONS[action] === "member") {
    const personId = "personId" in reference ? reference.personId : null;
    return { engagementId, worksheet: null, target: { kind: "member", facts: { personId } } };
  }
  return ofEngagement(engagementId);
}

async function ofWorksheet(
  tx: IdentityTx,
  reference: References["worksheet"],
  hold: Hold,
): Promise<FoundTarget | null> {
  const id = "worksheetId" in reference ? reference.worksheetId : await worksheetOfEvidence(tx, reference.evidenceId);
  const worksheet = id === null ? null : await loadWorksheet(tx, id, hold);
  return (
    worksheet && {
      engagementId: worksheet.engagementId,
      worksheet,
      target: { kind: "worksheet", facts: worksheet.facts },
    }
  );
}

function ofFound(engagementId: string | null): FoundTarget | null {
  return engagementId === null ? null : ofEngagement(engagementId);
}

function ofEngagement(engagementId: string): FoundTarget {
  return { engagementId, worksheet: null, target: { kind: "engagement", facts: null } };
}
