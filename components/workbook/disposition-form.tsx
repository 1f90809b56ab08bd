"use client";

import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { IconUsers } from "@tabler/icons-react";
import { useEffect } from "react";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { DispositionBadge } from "@/components/kit/status-badge";
import { DispositionChoices } from "@/components/workbook/disposition-choices";
import { DispositionDetails } from "@/components/workbook/disposition-details";
import { choiceBarrier } from "@/components/workbook/disposition-words";
import { LeafChooser } from "@/components/workbook/leaf-chooser";
import { useDispositionForm } from "@/components/workbook/use-disposition-form";
import { useRequirement } from "@/components/workbook/use-requirement";
import type { DispositionDto } from "@/lib/contracts/disposition";
import type { EngagementDto } from "@/lib/contracts/engagement";
import type { PersonRef } from "@/lib/contracts/section";

/** The choice for a row with the details it needs; for a grouping, the question which requirement below it is meant. */
export function DispositionForm(props: {
  readonly row: DispositionDto;
  readonly engagement: EngagementDto;
  readonly people: readonly PersonRef[];
  readonly accept: (rows: readonly DispositionDto[]) => void;
  readonly onClose: () => void;
  readonly onCancel: () => void;
  /** Told whether the fields differ from what is stored. */
  readonly onChanged: (changed: boolean) => void;
}) {
  const { row, engagement, onClose, onChanged } = props;
  const form = useDispositionForm(row, props.accept);
  const detail = useRequirement(row.standardVersion, row.requirementNumber);
  const readOnly = !row.mayDecide;
  const grouping = form.opensWorksheet && detail?.worksheet.kind === "grouping" ? detail.worksheet.leaves : null;
  useEffect(() => onChanged(form.changed), [onChanged, form.changed]);
  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    if ((await form.save()) && !form.opensWorksheet) onClose();
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <DispositionChoices
          value={form.fields.disposition}
          onChange={(disposition) => form.set({ disposition })}
          barrierOf={(choice) => choiceBarrier(choice, row, engagement.assessmentType, detail)}
          error={form.errorOf("disposition")}
          disabled={readOnly}
        />
        {grouping && !readOnly ? (
          <LeafChooser number={row.requirementNumber} leaves={grouping} busy={form.busy} onChoose={form.openLeaf} />
        ) : null}
        <DispositionDetails
          fields={form.fields}
          set={form.set}
          errorOf={form.errorOf}
          people={props.people}
          readOnly={readOnly}
          mayAssign={engagement.permissions.decideDispositions}
        />
        {form.overtaken ? <Overtaken row={row} onTake={form.takeTheirs} /> : null}
        <ProblemAlert error={form.error} />
        {readOnly ? null : (
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={props.onCancel}>
              Cancel
            </Button>
            <Button type="submit" loading={form.busy} disabled={!form.changed || grouping !== null}>
              {form.opensWorksheet ? "Save and open the worksheet" : "Save"}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
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
