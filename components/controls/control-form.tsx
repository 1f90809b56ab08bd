"use client";

import { Button, Divider, Group, NativeSelect, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useEffect, useMemo, useState } from "react";
import { NATURE_OPTIONS } from "@/components/controls/control-words";
import { EvidenceFields } from "@/components/controls/evidence-fields";
import { DateField } from "@/components/kit/date-field";
import { parseDay } from "@/components/kit/parse-day";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { useAction } from "@/components/kit/use-action";
import { useCardNumberQuestion } from "@/components/kit/use-card-number-question";
import { api } from "@/lib/client/api";
import { isProblem } from "@/lib/client/errors";
import { fieldErrors } from "@/lib/client/field-errors";
import type { ControlDetailDto, ControlRecordDto, EvidenceOfferDto } from "@/lib/contracts/controls";
import type { RecordEvidence, RecordText } from "@/lib/domain/controls/record";
import { isSame } from "@/lib/domain/same";
import type { ControlNature } from "@/lib/domain/worksheet/model";

interface Fields extends RecordText {
  readonly evidence: readonly RecordEvidence[];
}

const EMPTY: Fields = { title: "", description: "", nature: "preventive", owner: "", changedOn: "", evidence: [] };
const SHOWN = ["title", "description", "nature", "owner", "changedOn"];

/** What a shared control says and shows, to write; null for a new one. One save changes every worksheet that may be written. */
export function ControlForm(props: {
  readonly engagementId: string;
  readonly control: ControlRecordDto | null;
  readonly offers: readonly EvidenceOfferDto[];
  readonly onChanged: (changed: boolean) => void;
  readonly onCancel: () => void;
  readonly onSaved: () => void;
  /** Has the register read anew: somebody else saved the control first. */
  readonly onReload: () => void;
}) {
  const { control, onChanged } = props;
  const stored = useMemo(() => fieldsOf(control), [control]);
  const [fields, setFields] = useState(stored);
  const [overtaken, setOvertaken] = useState(false);
  const { run, busy, error } = useAction();
  const { withQuestion, question } = useCardNumberQuestion();
  const changed = !isSame(fields, stored);
  useEffect(() => onChanged(changed), [onChanged, changed]);
  const set = (change: Partial<Fields>) => setFields((now) => ({ ...now, ...change }));
  const errors = fieldErrors(error);
  const errorOf = (name: string) => errors.find(({ path }) => path === name)?.message;
  const save = async (retired?: boolean) => {
    const done = await run(async () => {
      try {
        return await withQuestion((sure) => send(props.engagementId, control, fields, sure, retired));
      } catch (caught) {
        if (isProblem(caught, "stale")) {
          setOvertaken(true);
          props.onReload();
        }
        throw caught;
      }
    });
    if (done) props.onSaved();
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Stack gap="sm">
        <TextInput
          label="Title"
          required
          value={fields.title}
          onChange={(event) => set({ title: event.currentTarget.value })}
          error={errorOf("title")}
          data-autofocus={control ? undefined : true}
        />
        <Textarea
          label="What it does"
          autosize
          minRows={3}
          value={fields.description}
          onChange={(event) => set({ description: event.currentTarget.value })}
          error={errorOf("description")}
        />
        <Group grow align="flex-start">
          <NativeSelect
            label="How it works"
            data={NATURE_OPTIONS}
            value={fields.nature}
            onChange={(event) => set({ nature: event.currentTarget.value as ControlNature })}
          />
          <TextInput
            label="Owner"
            value={fields.owner}
            onChange={(event) => set({ owner: event.currentTarget.value })}
            error={errorOf("owner")}
          />
        </Group>
        <DateField
          label="Last changed on"
          clearable
          value={fields.changedOn}
          onChange={(typed) => set({ changedOn: parseDay(typed ?? "") ?? "" })}
          error={errorOf("changedOn")}
        />
        <Divider label="Evidence, the same in every worksheet that uses it" labelPosition="left" />
        <EvidenceFields evidence={fields.evidence} offers={props.offers} onChange={(evidence) => set({ evidence })} />
        {errors.length > 0 && errors.every(({ path }) => SHOWN.includes(path)) ? null : <ProblemAlert error={error} />}
        {overtaken ? (
          <Text size="sm">
            What you typed is still above, and what they saved is read now. Save again to put yours in its place, or
            cancel.
          </Text>
        ) : null}
        {control ? <Reach control={control} /> : null}
        <Group justify="space-between" gap="xs">
          {control ? (
            <Button
              variant="subtle"
              color="gray"
              disabled={busy || changed}
              onClick={() => void save(!control.retired)}
              title={control.retired ? undefined : "No further worksheet may use it; those that do keep it."}
            >
              {control.retired ? "Take back into use" : "Retire"}
            </Button>
          ) : (
            <span />
          )}
          <Group gap="xs">
            <Button variant="default" onClick={props.onCancel}>
              Cancel
            </Button>
            <Button type="submit" loading={busy} disabled={!changed}>
              {control ? "Save everywhere" : "Add"}
            </Button>
          </Group>
        </Group>
      </Stack>
      {question}
    </form>
  );
}

/** What a save reaches, before it is pressed. */
function Reach({ control: { uses } }: { readonly control: ControlRecordDto }) {
  const open = uses.filter(({ editable }) => editable);
  const kept = uses.length - open.length;
  if (uses.length === 0) return null;
  const reached =
    open.length === 0
      ? "No worksheet that uses it can be written now."
      : `A change goes into ${open.map(({ requirementNumber }) => requirementNumber).join(", ")} at once.`;
  return (
    <Text size="sm" c="dimmed">
      {reached}
      {kept > 0
        ? ` ${kept === 1 ? "One" : kept} in review or decided on ${kept === 1 ? "keeps" : "keep"} what is said there.`
        : ""}
    </Text>
  );
}

function fieldsOf(control: ControlRecordDto | null): Fields {
  if (!control) return EMPTY;
  const { title, description, nature, owner, changedOn, evidence } = control;
  return {
    ...{ title, description, nature, owner, changedOn },
    evidence: evidence.map(({ freshness: _now, ...one }) => one),
  };
}

function send(
  engagementId: string,
  control: ControlRecordDto | null,
  { evidence, ...text }: Fields,
  sure: boolean,
  retired?: boolean,
): Promise<ControlDetailDto> {
  const given = { ...text, ...(sure && { acknowledgeCardNumber: true }) };
  // To retire a control or take it back asks nothing of its evidence, which stays as it is.
  if (control && retired !== undefined) {
    return api.put(`/controls/${control.id}`, { ...given, version: control.version, retired });
  }
  const body = {
    ...given,
    evidence: evidence.map(({ files, ...one }) => ({
      ...one,
      files: files.map(({ name, sha256 }) => ({ name, sha256 })),
    })),
  };
  if (!control) return api.post(`/engagements/${engagementId}/controls`, body);
  return api.put(`/controls/${control.id}`, { ...body, version: control.version, retired: control.retired });
}
