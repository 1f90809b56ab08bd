"use client";

import { ConfirmReason } from "@/components/kit/confirm-reason";
import { SignDialog } from "@/components/review/sign-dialog";
import { isStated } from "@/components/review/stated-moves";
import { StatementDialog } from "@/components/review/statement-dialog";
import { api } from "@/lib/client/api";
import type { MoveInput } from "@/lib/contracts/review";
import type { MovePermission, WorksheetDto } from "@/lib/contracts/worksheet";
import type { WorksheetMove } from "@/lib/domain/workflow/states";
import { MOVE_LABELS } from "@/lib/domain/workflow/transitions";
import type { EvidenceLink } from "@/lib/domain/worksheet/model";

/** What a dialog says before a move is made: what follows from it. */
const CONSEQUENCES: Readonly<Record<Exclude<WorksheetMove, "sign">, string>> = {
  submit: "It leaves for review, and its text is frozen.",
  approve_internally: "The revision is frozen and goes to the decider.",
  send_back: "It goes back to its writers. Your reason is shown to them.",
  request_changes:
    "It goes back to its writers, who begin the next revision. Your reason and the open threads tell them what to do.",
  refuse:
    "The requirement counts as not in place. The refusal stays on this revision with your reason; the worksheet can be reopened.",
  withdraw: "It is taken out of review. Its text and history stay readable, and it can be reopened.",
  revoke: "Your signature is taken back, with your reason, as a statement of its own. What you signed stays on record.",
  reopen: "The next revision begins as a draft. What was signed or refused stays on its revision.",
};
/** A record does not say by itself whether the requirement is in place. */
const RECORD_REFUSED = "The refusal stays on this revision with your reason; the record can be reopened.";
/** Moves that judge the text, and so are made on no other than the one that was read. */
const JUDGING: readonly WorksheetMove[] = ["approve_internally", "send_back", "request_changes"];

/**
 * The dialogs for the moves that may be made: the signature, and for each other one its consequence and a reason. They
 * stay on the page while closed, so that the focus goes back to their buttons and begun reasons are not lost.
 */
export function MoveDialogs(props: {
  readonly worksheet: WorksheetDto;
  readonly moves: readonly MovePermission[];
  /** What the page calls the text that it shows. */
  readonly shown: string;
  /** The frozen text on the page; decisions are made on it. Null while only a draft is shown. */
  readonly read: { readonly revision: number; readonly digest: string } | null;
  /** The evidence that the shown text names. */
  readonly evidence: readonly EvidenceLink[];
  /** The day that evidence is judged by, `YYYY-MM-DD`. */
  readonly today: string;
  readonly chosen: MovePermission | null;
  readonly openThreads: number;
  /** The comments of both companies that the page shows, by their ids. */
  readonly commentIds: readonly string[];
  readonly onClose: () => void;
  readonly onMoved: (worksheet: WorksheetDto) => void;
  readonly onReload: () => void;
}) {
  const { worksheet, read, chosen } = props;
  return props.moves.map((permission) =>
    permission.move === "sign" ? (
      read ? (
        <SignDialog
          key="sign"
          opened={chosen?.move === "sign"}
          worksheet={worksheet}
          evidence={props.evidence}
          today={props.today}
          read={read}
          openThreads={props.openThreads}
          commentIds={props.commentIds}
          onClose={props.onClose}
          onSigned={props.onMoved}
          onReload={props.onReload}
        />
      ) : null
    ) : isStated(permission.move, worksheet.state) ? (
      <StatementDialog
        key={permission.move}
        {...props}
        opened={chosen?.move === permission.move}
        permission={permission}
        move={permission.move}
      >
        {worksheet.kind !== "ccw" && permission.move === "refuse" ? RECORD_REFUSED : CONSEQUENCES[permission.move]}
      </StatementDialog>
    ) : (
      <PlainDialog key={permission.move} {...props} permission={permission} move={permission.move} />
    ),
  );
}

function PlainDialog(
  props: Parameters<typeof MoveDialogs>[0] & {
    readonly permission: MovePermission;
    readonly move: MoveInput["move"];
  },
) {
  const { worksheet, permission, move } = props;
  const digest = props.read?.digest ?? worksheet.digest;
  const body: Omit<MoveInput, "reason"> = { move, ...(JUDGING.includes(move) ? { digest } : {}) };
  return (
    <ConfirmReason
      opened={props.chosen?.move === move}
      title={`${MOVE_LABELS[move]}: ${worksheet.header.requirementNumber}, ${props.shown}`}
      confirm={MOVE_LABELS[move]}
      required={permission.needsReason}
      danger={move === "withdraw"}
      reasonLabel={permission.needsReason ? "Reason" : "Reason (optional)"}
      onClose={props.onClose}
      onConfirm={async (reason) =>
        props.onMoved(await api.post<WorksheetDto>(`/worksheets/${worksheet.id}/moves`, { ...body, reason }))
      }
      onReload={props.onReload}
    >
      {CONSEQUENCES[move]}
      {permission.needsStepUp ? " You are asked to show again that it is you." : ""}
    </ConfirmReason>
  );
}
