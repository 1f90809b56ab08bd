"use client";

import { Alert, Anchor, Button, Divider, Drawer, Group, Stack, Text } from "@mantine/core";
import { IconUsers } from "@tabler/icons-react";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { ReadOnlyNote } from "@/components/kit/read-only-note";
import { DispositionBadge } from "@/components/kit/status-badge";
import { DispositionChoices } from "@/components/workbook/disposition-choices";
import { DispositionDetails } from "@/components/workbook/disposition-details";
import { choiceBarrier } from "@/components/workbook/disposition-words";
import { LeafChooser } from "@/components/workbook/leaf-chooser";
import { RowStateCell } from "@/components/workbook/row-state-cell";
import { TriggerDetails } from "@/components/workbook/trigger-details";
import { useDispositionForm } from "@/components/workbook/use-disposition-form";
import { useRequirement } from "@/components/workbook/use-requirement";
import type { DispositionDto } from "@/lib/contracts/disposition";
import type { EngagementDto } from "@/lib/contracts/engagement";
import type { PersonRef } from "@/lib/contracts/section";

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
  return (
    <Drawer opened onClose={props.onClose} size="lg" title={`${row.requirementNumber} ${row.requirementTitle}`}>
      <DrawerContent key={row.id} {...props} />
    </Drawer>
  );
}

function DrawerContent({ row, engagement, people, accept, onClose }: DrawerProps) {
  const form = useDispositionForm(row, accept);
  const detail = useRequirement(row.standardVersion, row.requirementNumber);
  const readOnly = !row.mayDecide;
  const grouping = detail?.worksheet.kind === "grouping" ? detail.worksheet.leaves : null;
  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    if ((await form.save()) && !form.opensWorksheet) onClose();
  };
  return (
    <Stack gap="md">
      {readOnly ? (
        <ReadOnlyNote>The engagement’s lead decides on this row, and a contributor on the rows they own.</ReadOnlyNote>
      ) : null}
      {row.warning ? <Alert color="orange">{row.warning}</Alert> : null}
      {row.worksheet ? (
        <Group gap="xs">
          <RowStateCell row={{ ...row, disposition: "compensating_control" }} />
          <Anchor href={`/worksheets/${row.worksheet.id}`}>Go to the worksheet</Anchor>
        </Group>
      ) : null}
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <DispositionChoices
            value={form.fields.disposition}
            onChange={(disposition) => form.set({ disposition })}
            barrierOf={(choice) => choiceBarrier(choice, row, engagement.assessmentType, detail)}
            error={form.errorOf("disposition")}
            disabled={readOnly}
          />
          {grouping && form.opensWorksheet && !readOnly ? (
            <LeafChooser number={row.requirementNumber} leaves={grouping} busy={form.busy} onChoose={form.openLeaf} />
          ) : null}
          <DispositionDetails
            fields={form.fields}
            set={form.set}
            errorOf={form.errorOf}
            people={people}
            readOnly={readOnly}
            mayAssign={engagement.permissions.decideDispositions}
          />
          {form.overtaken ? <Overtaken row={row} onTake={form.takeTheirs} /> : null}
          <ProblemAlert error={form.error} />
          {readOnly ? null : (
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={onClose}>
                Cancel
              </Button>
              <Button
                type="submit"
                loading={form.busy}
                disabled={!form.changed || (form.opensWorksheet && grouping !== null)}
              >
                {form.opensWorksheet ? "Save and open the worksheet" : "Save"}
              </Button>
            </Group>
          )}
        </Stack>
      </form>
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

function Overtaken({ row, onTake }: { readonly row: DispositionDto; readonly onTake: () => void }) {
  return (
    <Alert
      color="orange"
      icon={<IconUsers size={18} aria-hidden="true" />}
      title="Somebody else saved this row meanwhile"
      role="alert"
    >
      <Stack gap={6}>
        <Group gap={6}>
          <Text size="sm">It now says</Text> <DispositionBadge disposition={row.disposition} />
        </Group>
        {row.note ? (
          <Text size="sm" style={{ whiteSpace: "pre-wrap" }}>
            {row.note}
          </Text>
        ) : null}
        <Text size="sm">What you typed is still above. Save again to put it in place of theirs, or take theirs.</Text>
        <div>
          <Button size="xs" variant="default" onClick={onTake}>
            Take theirs
          </Button>
        </div>
      </Stack>
    </Alert>
  );
}
