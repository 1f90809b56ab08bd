"use client";

import { ConfirmReason } from "@/components/kit/confirm-reason";
import { SignDialog } from "@/components/review/sign-dialog";
import { api } from "@/lib/client/api";
import type { PLAIN_MOVES, SignOffInput } from "@/lib/contracts/review";
import type { MovePermission, WorksheetDto } from "@/lib/contracts/worksheet";
import type { WorksheetMove } from "@/lib/domain/workflow/states";
import { MOVE_LABELS } from "@/lib/domain/workflow/transitions";

/** What a dialog says before a move is made: what follows from it. */
const CONSEQUENCES: Readonly<Record<Exclude<WorksheetMove, "sign">, string>> = {
  submit: "The worksheet leaves for review, and its text is frozen.",
  approve_internally: "The revision is frozen and goes to the decider.",
  send_back: "The worksheet goes back to its writers. Your reason is shown to them.",
  request_changes:
    "The worksheet goes back to its writers, who begin the next revision. Your reason and the open threads tell them what to do.",
  refuse:
    "The requirement counts as not in place. The refusal stays on this revision with your reason; the worksheet can be reopened.",
  withdraw: "The worksheet is taken out of review. Its text and history stay readable, and it can be reopened.",
  revoke: "Your signature is taken back, with your reason, as a statement of its own. What you signed stays on record.",
  reopen: "The next revision begins as a draft. What was signed or refused stays on its revision.",
};
const DANGER: readonly WorksheetMove[] = ["refuse", "revoke", "withdraw"];

/** The dialog for the move that was chosen: the signature, or a reason and a consequence. */
export function MoveDialogs(props: {
  readonly worksheet: WorksheetDto;
  /** The frozen text on the page; decisions are made on it. Null while only a draft is shown. */
  readonly read: { readonly revision: number; readonly digest: string } | null;
  readonly chosen: MovePermission | null;
  readonly openThreads: number;
  readonly onClose: () => void;
  readonly onMoved: (worksheet: WorksheetDto) => void;
  readonly onReload: () => void;
}) {
  const { worksheet, read, chosen } = props;
  if (!chosen) return null;
  const { move } = chosen;
  if (move === "sign") {
    if (!read) return null;
    return (
      <SignDialog
        opened
        worksheet={worksheet}
        read={read}
        openThreads={props.openThreads}
        onClose={props.onClose}
        onSigned={props.onMoved}
        onReload={props.onReload}
      />
    );
  }
  const confirm = async (reason: string) => {
    props.onMoved(await makeMove(worksheet.id, move, reason, read?.digest ?? worksheet.digest));
  };
  return (
    <ConfirmReason
      opened
      title={MOVE_LABELS[move]}
      confirm={MOVE_LABELS[move]}
      required={chosen.needsReason}
      danger={DANGER.includes(move)}
      reasonLabel={chosen.needsReason ? "Reason" : "Reason (optional)"}
      onClose={props.onClose}
      onConfirm={confirm}
    >
      {CONSEQUENCES[move]}
      {chosen.needsStepUp ? " Your password is asked for once more." : ""}
    </ConfirmReason>
  );
}

function makeMove(
  id: string,
  move: Exclude<WorksheetMove, "sign">,
  reason: string,
  digest: string,
): Promise<WorksheetDto> {
  if (move === "refuse" || move === "revoke") {
    const statement: SignOffInput = move === "refuse" ? { kind: "refuse", digest, reason } : { kind: "revoke", reason };
    return api.post<WorksheetDto>(`/worksheets/${id}/sign-off`, statement);
  }
  const plain: (typeof PLAIN_MOVES)[number] = move;
  return api.post<WorksheetDto>(`/worksheets/${id}/moves`, { move: plain, reason });
}
