"use client";

import { Alert, Anchor, Divider, Drawer, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { Link } from "@/components/kit/link";
import { ReadOnlyNote } from "@/components/kit/read-only-note";
import { useLeaveGuard } from "@/components/kit/use-leave-guard";
import { useReturnFocus } from "@/components/kit/use-return-focus";
import { RowRecords } from "@/components/records/row-records";
import { DispositionForm } from "@/components/workbook/disposition-form";
import { WORKSHEET_STANDS } from "@/components/workbook/disposition-words";
import { RowReadiness } from "@/components/workbook/row-readiness";
import { RowStateCell } from "@/components/workbook/row-state-cell";
import { TriggerDetails } from "@/components/workbook/trigger-details";
import type { Rows } from "@/components/workbook/use-rows";
import type { DispositionDto } from "@/lib/contracts/disposition";
import type { EngagementDto } from "@/lib/contracts/engagement";
import type { PersonRef } from "@/lib/contracts/section";
import { ENTITY_READER_ROLES } from "@/lib/domain/access/roles";
import type { Disposition } from "@/lib/domain/workflow/dispositions";

interface DrawerProps {
  readonly row: DispositionDto;
  readonly engagement: EngagementDto;
  readonly people: readonly PersonRef[];
  /** Whether worksheets of 3.2.1 may be carried over into this engagement. */
  readonly carriesOver: boolean;
  readonly accept: Rows["accept"];
  /** Shows another row instead. */
  readonly onTurn: (rowId: string) => void;
  readonly onClose: () => void;
}

/** One row of the workbook at full length: why it is there, what is done about it, by whom and until when. */
export function DispositionDrawer(props: DrawerProps) {
  const { row } = props;
  const [changed, setChanged] = useState(false);
  /** The row whose gate is asked; null while none is. */
  const [gate, setGate] = useState<string | null>(null);
  /** The row that was turned to in order to open its worksheet. */
  const [leaf, setLeaf] = useState<string | null>(null);
  // One Escape reaches both dialogs: what it changes in one has to wait until the other has heard it too.
  const askGate = (open: boolean) => requestAnimationFrame(() => setGate(open ? row.id : null));
  const guard = useLeaveGuard(changed, props.onClose);
  useReturnFocus();
  return (
    <Drawer
      opened
      onClose={guard.close}
      closeOnEscape={!guard.asking && gate === null}
      size="lg"
      title={`${row.requirementNumber} ${row.requirementTitle}`}
    >
      <DrawerContent
        key={row.id}
        {...props}
        onCancel={guard.close}
        onChanged={setChanged}
        chosen={leaf === row.id ? "compensating_control" : null}
        gate={gate === row.id}
        onGate={askGate}
        onLeaf={(rowId) => {
          setLeaf(rowId);
          setGate(rowId);
          props.onTurn(rowId);
        }}
      />
      {guard.question}
    </Drawer>
  );
}

interface ContentProps extends DrawerProps {
  readonly chosen: Disposition | null;
  readonly gate: boolean;
  readonly onGate: (open: boolean) => void;
  readonly onLeaf: (rowId: string) => void;
  readonly onCancel: () => void;
  /** Told whether the fields differ from what is stored. */
  readonly onChanged: (changed: boolean) => void;
}

function DrawerContent({ row, engagement, people, carriesOver, ...form }: ContentProps) {
  const readsDrafts = engagement.myRoles.some((role) => ENTITY_READER_ROLES.includes(role));
  return (
    <Stack gap="md">
      <RowNotes row={row} />
      <RowRecords row={row} />
      {carriesOver && !row.worksheet ? (
        <Anchor
          component={Link}
          href={`/engagements/${engagement.id}/carry-over?number=${encodeURIComponent(row.requirementNumber)}`}
          size="sm"
        >
          Carry over a worksheet of 3.2.1 to {row.requirementNumber}
        </Anchor>
      ) : null}
      <DispositionForm row={row} engagement={engagement} people={people} {...form} />
      {row.worksheet && readsDrafts ? (
        <>
          <Divider label="How ready its worksheet is" labelPosition="left" />
          <RowReadiness engagementId={row.engagementId} worksheetId={row.worksheet.id} />
        </>
      ) : null}
      <Divider label="Why it is here" labelPosition="left" />
      {row.trigger ? (
        <TriggerDetails trigger={row.trigger} version={row.standardVersion} number={row.requirementNumber} />
      ) : (
        <Text size="sm" c="dimmed">
          {row.source === "added"
            ? "It was added by hand."
            : "The scope brought it; by today’s answers nothing triggers it any more."}
        </Text>
      )}
    </Stack>
  );
}

/** What stands before the choice: who may decide, a warning, the worksheet that exists. */
function RowNotes({ row }: { readonly row: DispositionDto }) {
  const { worksheet, warning, mayDecide } = row;
  return (
    <>
      {mayDecide ? null : (
        <ReadOnlyNote>The engagement’s lead decides on this row, and a contributor on the rows they own.</ReadOnlyNote>
      )}
      {warning ? <Alert color="orange">{warning}</Alert> : null}
      {worksheet ? (
        <Group gap="xs">
          <RowStateCell row={{ ...row, disposition: "compensating_control" }} />
          <Anchor component={Link} href={`/worksheets/${worksheet.id}`}>
            Go to the worksheet
          </Anchor>
          {mayDecide && worksheet.state !== "withdrawn" ? (
            <Text size="sm" c="dimmed" w="100%">
              {WORKSHEET_STANDS}
            </Text>
          ) : null}
        </Group>
      ) : null}
    </>
  );
}
