"use client";

import { Checkbox, Group, NativeSelect, Textarea, TextInput } from "@mantine/core";
import { DateField } from "@/components/kit/date-field";
import { parseDay } from "@/components/kit/parse-day";
import { tooLong } from "@/components/kit/too-long";
import { Guided } from "@/components/worksheet/items/field-help";
import type { HelpTopic } from "@/components/worksheet/items/help-topic";
import { modelField } from "@/lib/domain/worksheet/fields/names";
import type { Control } from "@/lib/domain/worksheet/model";

interface FieldProps<T extends string> {
  readonly id?: string;
  readonly label: string;
  readonly description?: string;
  /** What its guidance is about; findings find the field by it too. */
  readonly topic?: HelpTopic;
  readonly value: T;
  readonly onChange: (value: T) => void;
}

/** The name by which findings point at a field. */
function fieldOf(topic: HelpTopic | undefined): string | undefined {
  if (typeof topic === "object") return "record" in topic ? topic.record.name : undefined;
  return topic && modelField(topic);
}

/** The most characters that the contract takes in a line, in an address, and in a text of several lines. */
const LINE = 300;
/** The most characters of a web address. */
export const ADDRESS = 2_000;
const LONG = 20_000;

/** One line of text. `most` is how many characters it may have. */
export function LineField({
  most = LINE,
  onChange,
  topic,
  ...props
}: FieldProps<string> & { readonly most?: number; readonly placeholder?: string }) {
  return (
    <Guided topic={topic} label={props.label}>
      <TextInput
        {...props}
        data-field={fieldOf(topic)}
        error={tooLong(props.value, most)}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </Guided>
  );
}

/** Text of several lines; the field grows with it. */
export function LongField({ onChange, topic, ...props }: FieldProps<string> & { readonly placeholder?: string }) {
  return (
    <Guided topic={topic} label={props.label}>
      <Textarea
        {...props}
        data-field={fieldOf(topic)}
        autosize
        minRows={2}
        error={tooLong(props.value, LONG)}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </Guided>
  );
}

/** A calendar day, `YYYY-MM-DD` or empty; text that is no day yet counts as none. */
export function DayField({ onChange, topic, ...props }: FieldProps<string>) {
  return (
    <Guided topic={topic} label={props.label}>
      <DateField
        {...props}
        data-field={fieldOf(topic)}
        clearable
        onChange={(typed) => onChange(parseDay(typed ?? "") ?? "")}
      />
    </Guided>
  );
}

/** One of a closed list, in words; with `empty`, also none of them yet. */
export function ChoiceField<T extends string>({
  words,
  empty,
  value,
  onChange,
  topic,
  ...props
}: FieldProps<T | ""> & { readonly words: Readonly<Record<T, string>>; readonly empty?: string }) {
  const known = (Object.entries(words) as [T, string][]).map(([key, label]) => ({ value: key as string, label }));
  return (
    <Guided topic={topic} label={props.label}>
      <NativeSelect
        {...props}
        data-field={fieldOf(topic)}
        value={value}
        data={empty === undefined ? known : [{ value: "", label: empty }, ...known]}
        onChange={(event) => onChange(event.currentTarget.value as T | "")}
      />
    </Guided>
  );
}

/** Which controls something is about. One that is gone is shown as gone, so that it can be taken off. */
export function ControlsField(props: {
  readonly label: string;
  readonly topic: HelpTopic;
  readonly controls: readonly Control[];
  readonly value: readonly string[];
  readonly onChange: (ids: readonly string[]) => void;
}) {
  return (
    <Guided topic={props.topic} label={props.label}>
      <ControlChoice {...props} />
    </Guided>
  );
}

function ControlChoice(props: Parameters<typeof ControlsField>[0]) {
  const known = new Set(props.controls.map(({ id }) => id));
  const gone = props.value.filter((id) => !known.has(id));
  const field = fieldOf(props.topic);
  if (props.controls.length + gone.length === 0) {
    const words = "Add controls in their section first";
    return <TextInput label={props.label} value="" placeholder={words} readOnly data-field={field} />;
  }
  return (
    <Checkbox.Group label={props.label} value={[...props.value]} onChange={props.onChange} data-field={field}>
      <Group gap="md" mt={4}>
        {props.controls.map(({ id, label, title }) => (
          <Checkbox
            key={id}
            value={id}
            label={[label, title].filter(Boolean).join(" · ") || "Untitled control"}
            size="sm"
          />
        ))}
        {gone.map((id) => (
          <Checkbox key={id} value={id} label="A control that is no longer listed" size="sm" />
        ))}
      </Group>
    </Checkbox.Group>
  );
}
