"use client";

import { Alert, Anchor, Divider, Drawer, Group, Stack, Text } from "@mantine/core";
import Link from "next/link";
import { useState } from "react";
import { ReadOnlyNote } from "@/components/kit/read-only-note";
import { useLeaveGuard } from "@/components/kit/use-leave-guard";
import { useReturnFocus } from "@/components/kit/use-return-focus";
import { DispositionForm } from "@/components/workbook/disposition-form";
import { WORKSHEET_STANDS } from "@/components/workbook/disposition-words";
import { RowReadiness } from "@/components/workbook/row-readiness";
import { RowStateCell } from "@/components/workbook/row-state-cell";
import { TriggerDetails } from "@/components/workbook/trigger-details";
import type { DispositionDto } from "@/lib/contracts/disposition";
import type { EngagementDto } from "@/lib/contracts/engagement";
import type { PersonRef } from "@/lib/contracts/section";
import { ENTITY_READER_ROLES } from "@/lib/domain/access/roles";

interface DrawerProps {
  readonly row: DispositionDto;
  readonly engagement: EngagementDto;
  readonly people: readonly PersonRef[];
  readonly accept: (rows: readonly DispositionDto[]) => void;
  readonly onClose: () => void;
}

/** One row of the workbook at full length: why it is there, what is done about it, by whom and until when. */
export function DispositionDrawer(props: DrawerProps) {
  const { row } = props;
  const [changed, setChanged] = useState(false);
  const guard = useLeaveGuard(changed, props.onClose);
  useReturnFocus();
  return (
    <Drawer
      opened
      onClose={guard.close}
      closeOnEscape={!guard.asking}
      size="lg"
      title={`${row.requirementNumber} ${row.requirementTitle}`}
    >
      <DrawerContent key={row.id} {...props} onCancel={guard.close} onChanged={setChanged} />
      {guard.question}
    </Drawer>
  );
}

interface ContentProps extends DrawerProps {
  readonly onCancel: () => void;
  /** Told whether the fields differ from what is stored. */
  readonly onChanged: (changed: boolean) => void;
}

function DrawerContent({ row, engagement, people, ...form }: ContentProps) {
  const readsDrafts = engagement.myRoles.some((role) => ENTITY_READER_ROLES.includes(role));
  return (
    <Stack gap="md">
      <RowNotes row={row} />
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
