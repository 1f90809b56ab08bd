"use client";

import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { IconUsers } from "@tabler/icons-react";
import { useEffect } from "react";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { DispositionBadge } from "@/components/kit/status-badge";
import { DispositionChoices } from "@/components/workbook/disposition-choices";
import { DispositionDetails } from "@/components/workbook/disposition-details";
import { choiceBarrier } from "@/components/workbook/disposition-words";
import { GateDialog } from "@/components/workbook/gate-dialog";
import { LeafChooser } from "@/components/workbook/leaf-chooser";
import { ownersFor } from "@/components/workbook/row-fields";
import { useDispositionForm } from "@/components/workbook/use-disposition-form";
import { useRequirement } from "@/components/workbook/use-requirement";
import type { Rows } from "@/components/workbook/use-rows";
import { isProblem } from "@/lib/client/errors";
import type { DispositionDto } from "@/lib/contracts/disposition";
import type { EngagementDto } from "@/lib/contracts/engagement";
import type { OpenWorksheetInput } from "@/lib/contracts/rigour";
import type { PersonRef } from "@/lib/contracts/section";
import type { Disposition } from "@/lib/domain/workflow/dispositions";

/** The choice for a row with the details it needs; for a grouping, the question which requirement below it is meant. */
export function DispositionForm(props: {
  readonly row: DispositionDto;
  readonly engagement: EngagementDto;
  readonly people: readonly PersonRef[];
  readonly accept: Rows["accept"];
  readonly onClose: () => void;
  readonly onCancel: () => void;
  /** Told whether the fields differ from what is stored. */
  readonly onChanged: (changed: boolean) => void;
  /** What was chosen for the row before its form was there; null where nothing was. */
  readonly chosen: Disposition | null;
  /** Whether the eligibility gate is being asked for this row. */
  readonly gate: boolean;
  readonly onGate: (open: boolean) => void;
  /** Turns to the row of a requirement below this one, whose worksheet is to be opened. */
  readonly onLeaf: (rowId: string) => void;
}) {
  const { row, engagement, onClose, onChanged, onGate } = props;
  const form = useDispositionForm(row, props.accept, props.chosen);
  const detail = useRequirement(row.standardVersion, row.requirementNumber);
  const readOnly = !row.mayDecide;
  const grouping = form.opensWorksheet && detail?.worksheet.kind === "grouping" ? detail.worksheet.leaves : null;
  useEffect(() => onChanged(form.changed), [onChanged, form.changed]);
  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    if (form.opensWorksheet) onGate(true);
    else if ((await form.save()) && !form.callsForRecord) onClose();
  };
  const toLeaf = async (number: string) => {
    const leaf = await form.leafRow(number);
    if (leaf) props.onLeaf(leaf.id);
  };
  const open = async (input: OpenWorksheetInput) => {
    try {
      await form.openWorksheet(input);
    } catch (caught) {
      // Who overtook whom is told beside the fields.
      if (isProblem(caught, "stale")) onGate(false);
      throw caught;
    }
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
          <LeafChooser number={row.requirementNumber} leaves={grouping} busy={form.busy} onChoose={toLeaf} />
        ) : null}
        <DispositionDetails
          fields={form.fields}
          set={form.set}
          errorOf={form.errorOf}
          people={ownersFor(row, props.people)}
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
            <Button
              type="submit"
              loading={form.busy}
              disabled={(!form.changed && !form.opensWorksheet) || grouping !== null}
            >
              {form.opensWorksheet ? "Save and open the worksheet" : "Save"}
            </Button>
          </Group>
        )}
      </Stack>
      {props.gate && form.opensWorksheet && grouping === null ? (
        <GateDialog
          row={row}
          assessmentType={engagement.assessmentType}
          configurationGap={detail?.configurationGap ?? false}
          customizedApproachBarrier={detail?.customizedApproachBarrier ?? null}
          onOpen={open}
          onInstead={(disposition) => {
            form.set({ disposition });
            onGate(false);
          }}
          onGiveUpCustomized={form.giveUpCustomized}
          onClose={() => onGate(false)}
        />
      ) : null}
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
