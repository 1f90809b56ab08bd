"use client";

import { Text } from "@mantine/core";
import { ConfirmReason } from "@/components/kit/confirm-reason";
import { StepUpFields, type StepUpProof, useStepUpProof } from "@/components/kit/step-up-proof";
import type { StatedMove } from "@/components/review/stated-moves";
import { api } from "@/lib/client/api";
import { answerWithPasskey } from "@/lib/client/passkey";
import type { LaidOutDto, SignOffInput } from "@/lib/contracts/review";
import type { MovePermission, WorksheetDto } from "@/lib/contracts/worksheet";
import { MOVE_LABELS } from "@/lib/domain/workflow/transitions";

/** Asks for the reason and for whoever acts to show again that they are it, by which the statement is signed. */
export function StatementDialog(props: {
  readonly worksheet: WorksheetDto;
  readonly permission: MovePermission;
  readonly move: StatedMove;
  /** What the page calls the text that it shows. */
  readonly shown: string;
  readonly read: { readonly digest: string } | null;
  readonly opened: boolean;
  /** What follows from it. */
  readonly children: React.ReactNode;
  readonly onClose: () => void;
  readonly onMoved: (worksheet: WorksheetDto) => void;
  /** Reads the page anew, after the server said that the worksheet is another. */
  readonly onReload?: () => void;
}) {
  const { worksheet, permission, move } = props;
  const proof = useStepUpProof(props.opened);
  const digest = props.read?.digest ?? worksheet.digest;
  return (
    <ConfirmReason
      opened={props.opened}
      title={`${MOVE_LABELS[move]}: ${worksheet.header.requirementNumber}, ${props.shown}`}
      confirm={MOVE_LABELS[move]}
      required={permission.needsReason}
      danger={move !== "reopen"}
      reasonLabel={permission.needsReason ? "Reason" : "Reason (optional)"}
      beside={{
        ready: proof.ready,
        fields: (error) => <StepUpFields proof={proof} error={error} description={witnessWords(proof)} />,
      }}
      onClose={props.onClose}
      onConfirm={async (reason) => props.onMoved(await state(worksheet.id, bodyOf(move, digest, reason), proof))}
      {...(props.onReload ? { onReload: props.onReload } : {})}
    >
      <Text>{props.children}</Text>
    </ConfirmReason>
  );
}

function witnessWords({ way }: StepUpProof): string {
  return way === "passkey"
    ? "It signs the statement, beside the system."
    : "The system signs the statement alone then, and says so: server-witnessed.";
}

function bodyOf(move: StatedMove, digest: string, reason: string): SignOffInput {
  return move === "refuse" ? { kind: move, digest, reason } : { kind: move, reason };
}

/** Showing the passkey for the statement's own digest is the step-up and the signature in one. */
async function state(id: string, body: SignOffInput, proof: StepUpProof): Promise<WorksheetDto> {
  const path = `/worksheets/${id}/sign-off`;
  if (proof.way !== "passkey") {
    await proof.prove();
    return api.post<WorksheetDto>(path, body);
  }
  const asked = { kind: body.kind, reason: "reason" in body ? body.reason : "", passkey: true };
  const { at, id: statementId, sha256, request } = await api.post<LaidOutDto>(`${path}/statement`, asked);
  const passkey = request ? await answerWithPasskey(request) : undefined;
  await proof.send(passkey);
  return api.post<WorksheetDto>(path, { ...body, statement: { id: statementId, at, sha256 }, passkey });
}
