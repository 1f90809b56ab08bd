"use client";

import { ActionIcon, Button, Menu } from "@mantine/core";
import { IconDots, IconUsers } from "@tabler/icons-react";
import { useState } from "react";
import { lazyDialog } from "@/components/kit/lazy-dialog";
import { Link } from "@/components/kit/link";
import { ExportMenu } from "@/components/review/export-menu";
import { isStated } from "@/components/review/stated-moves";
import { MOVE_CONSEQUENCES } from "@/components/worksheet/actions/move-consequences";
import type { MakeMove } from "@/components/worksheet/actions/use-moves";
import type { Blocker } from "@/lib/contracts/problem";
import type { MoveInput } from "@/lib/contracts/review";
import type { MovePermission, WorksheetDto } from "@/lib/contracts/worksheet";
import { PLAIN_MOVES } from "@/lib/domain/workflow/plain-moves";
import { MOVE_LABELS } from "@/lib/domain/workflow/transitions";

type PlainMove = MovePermission & { readonly move: MoveInput["move"] };

const AssignDialog = lazyDialog(
  () => import("@/components/worksheet/actions/assign-dialog").then((module) => module.AssignDialog),
  "The choice of contributors",
);
const SubmitDialog = lazyDialog(
  () => import("@/components/worksheet/actions/submit-dialog").then((module) => module.SubmitDialog),
  "The question before a submission",
);
const MoveDialog = lazyDialog(
  () => import("@/components/worksheet/actions/move-dialog").then((module) => module.MoveDialog),
  "The question",
);
const StatementDialog = lazyDialog(
  () => import("@/components/review/statement-dialog").then((module) => module.StatementDialog),
  "The statement",
);

/** The moves that get a button of their own; the rest stand in the menu. */
const FOREMOST: readonly string[] = ["submit", "approve_internally", "reopen"];

/** Everything that can be done with the worksheet as a whole, by the person's rights in its present state. */
export function WorksheetActions(props: {
  readonly worksheet: WorksheetDto;
  readonly blockers: readonly Blocker[];
  readonly onMove: MakeMove;
  readonly put: (worksheet: WorksheetDto) => void;
  /** Shows what the gate and the rules ask for. */
  readonly onChecks: () => void;
}) {
  const { worksheet } = props;
  const { permissions } = worksheet;
  const [dialog, setDialog] = useState<MoveInput["move"] | "assign" | null>(null);
  const close = () => setDialog(null);
  const moves = permissions.moves.filter((one): one is PlainMove =>
    (PLAIN_MOVES as readonly string[]).includes(one.move),
  );
  const decides = permissions.moves.some(({ move }) => move === "sign" || move === "refuse" || move === "revoke");
  return (
    <>
      {decides && (
        <Button component={Link} href={`/worksheets/${worksheet.id}/review`} variant="default">
          Review and decide
        </Button>
      )}
      {moves
        .filter(({ move }) => FOREMOST.includes(move))
        .map(({ move }) => (
          <Button key={move} onClick={() => setDialog(move)} variant={move === "reopen" ? "default" : "filled"}>
            {MOVE_LABELS[move]}
          </Button>
        ))}
      {permissions.export && <ExportMenu worksheetId={worksheet.id} kind={worksheet.kind} revision={null} />}
      <Menu position="bottom-end" shadow="md" withinPortal>
        <Menu.Target>
          <ActionIcon variant="default" aria-label="More actions">
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {!decides && (
            <Menu.Item component={Link} href={`/worksheets/${worksheet.id}/review`}>
              Open the review page
            </Menu.Item>
          )}
          {permissions.assign && (
            <Menu.Item leftSection={<IconUsers size={16} aria-hidden />} onClick={() => setDialog("assign")}>
              Assign contributors
            </Menu.Item>
          )}
          {moves
            .filter(({ move }) => !FOREMOST.includes(move))
            .map(({ move }) => (
              <Menu.Item key={move} color={move === "withdraw" ? "red" : undefined} onClick={() => setDialog(move)}>
                {MOVE_LABELS[move]}
              </Menu.Item>
            ))}
        </Menu.Dropdown>
      </Menu>
      <AssignDialog opened={dialog === "assign"} worksheet={worksheet} onClose={close} onAssigned={props.put} />
      <SubmitDialog
        opened={dialog === "submit"}
        onClose={close}
        blockers={props.blockers}
        onSubmit={() => props.onMove("submit")}
        onChecks={props.onChecks}
      />
      {moves
        .filter(({ move }) => move !== "submit")
        .map((permission) =>
          isStated(permission.move, worksheet.state) ? (
            <StatementDialog
              key={permission.move}
              worksheet={worksheet}
              permission={permission}
              move={permission.move}
              shown={`revision r${worksheet.revision}`}
              read={null}
              opened={dialog === permission.move}
              onClose={close}
              onMoved={props.put}
            >
              {MOVE_CONSEQUENCES[permission.move]}
            </StatementDialog>
          ) : (
            <MoveDialog
              key={permission.move}
              permission={permission}
              opened={dialog === permission.move}
              onClose={close}
              onMove={props.onMove}
            />
          ),
        )}
    </>
  );
}
