"use client";

import { Button, Group, Modal, NativeSelect, Stack, Textarea, TextInput } from "@mantine/core";
import { Controller } from "react-hook-form";
import { DateField } from "@/components/kit/date-field";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { useApiForm } from "@/components/kit/use-api-form";
import { useCardNumberQuestion } from "@/components/kit/use-card-number-question";
import { useLeaveGuard } from "@/components/kit/use-leave-guard";
import { useReturnFocus } from "@/components/kit/use-return-focus";
import { api } from "@/lib/client/api";
import { addEvidenceInput, type EvidenceDto } from "@/lib/contracts/evidence";
import { PART_LABELS, type TextPartKey } from "@/lib/domain/worksheet/sections";

/** Adds evidence to a section or one of its items, or changes it; its files are added on its card. Mounted while it is open. */
export function EvidenceForm(props: {
  readonly worksheetId: string;
  readonly section: TextPartKey;
  /** The link to change; null for a new one. */
  readonly link: EvidenceDto | null;
  readonly itemNames: ReadonlyMap<string, string>;
  readonly onClose: () => void;
  readonly onSaved: () => void;
}) {
  const { link } = props;
  useReturnFocus();
  const { withQuestion, question } = useCardNumberQuestion();
  const { form, onSubmit, busy, error, errorOf } = useApiForm(
    addEvidenceInput,
    {
      section: link?.section ?? props.section,
      itemId: link?.itemId ?? null,
      title: link?.title ?? "",
      url: link?.url ?? "",
      shows: link?.shows ?? "",
      collectedOn: link?.collectedOn ?? new Date().toLocaleDateString("en-CA"),
      validUntil: link?.validUntil ?? null,
    },
    async (input) => {
      await withQuestion((sure) => {
        const answered = sure ? { ...input, acknowledgeCardNumber: true } : input;
        return link
          ? api.put(`/evidence/${link.id}`, { ...answered, version: link.version })
          : api.post(`/worksheets/${props.worksheetId}/evidence`, answered);
      });
      props.onSaved();
      props.onClose();
    },
  );
  const { register } = form;
  const guard = useLeaveGuard(form.formState.isDirty, props.onClose);
  const orNull = (value: string | null) => value || null;
  return (
    <Modal
      opened
      onClose={guard.close}
      closeOnEscape={!guard.asking}
      title={link ? "Change evidence" : "Add evidence"}
      size="lg"
    >
      <form onSubmit={onSubmit} noValidate>
        <Stack gap="sm">
          <TextInput label="Title" required error={errorOf("title")} {...register("title")} data-autofocus />
          <TextInput
            label="Address"
            type="url"
            placeholder="https://"
            description="Where it can be read: a document, a ticket, a report. Leave it empty for files alone; they are added next."
            error={errorOf("url")}
            {...register("url")}
          />
          <Textarea label="What it shows" autosize minRows={2} error={errorOf("shows")} {...register("shows")} />
          <NativeSelect
            label="Attached to"
            error={errorOf("itemId")}
            data={attachments(props.section, props.itemNames, link?.itemId ?? null)}
            {...register("itemId", { setValueAs: orNull })}
          />
          <Group grow align="flex-start">
            <Controller
              name="collectedOn"
              control={form.control}
              render={({ field: { ref: _ref, ...field } }) => (
                <DateField
                  {...field}
                  label="Collected on"
                  required
                  onChange={(day) => field.onChange(day ?? "")}
                  error={errorOf("collectedOn")}
                />
              )}
            />
            <Controller
              name="validUntil"
              control={form.control}
              render={({ field: { ref: _ref, ...field } }) => (
                <DateField {...field} label="Valid until" clearable error={errorOf("validUntil")} />
              )}
            />
          </Group>
          <ProblemAlert error={error} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={guard.close}>
              Cancel
            </Button>
            <Button type="submit" loading={busy}>
              {link ? "Save" : "Add"}
            </Button>
          </Group>
        </Stack>
      </form>
      {guard.question}
      {question}
    </Modal>
  );
}

function attachments(section: TextPartKey, names: ReadonlyMap<string, string>, itemId: string | null) {
  const gone =
    itemId !== null && !names.has(itemId) ? [{ value: itemId, label: "An item that is no longer there" }] : [];
  const items = [...names].map(([value, label]) => ({ value, label: label || "Untitled" }));
  return [{ value: "", label: `The section “${PART_LABELS[section]}”` }, ...items, ...gone];
}
