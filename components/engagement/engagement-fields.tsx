"use client";

import { Group, Switch, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { type Control, Controller, type FieldValues, type Path, type UseFormRegister } from "react-hook-form";
import { DateField } from "@/components/kit/date-field";

/** The fields that creating an engagement and its settings share. */
export interface SharedFields extends FieldValues {
  readonly name: string;
  readonly periodStart: string;
  readonly periodEnd: string;
  readonly dueOn: string;
  readonly internalReview: boolean;
}

const DAYS = [
  { name: "periodStart", label: "Period from" },
  { name: "periodEnd", label: "Period to" },
  { name: "dueOn", label: "Report due" },
] as const;

/** Name, period, due date and the internal review of an engagement. */
export function EngagementFields<T extends SharedFields, O>(props: {
  readonly register: UseFormRegister<T>;
  readonly control: Control<T, unknown, O>;
  readonly errorOf: (name: Path<T>) => string | undefined;
  readonly readOnly?: boolean;
  /** What stands between the name and the days. */
  readonly children?: ReactNode;
}) {
  const { register, control, errorOf, readOnly = false } = props;
  const named = (name: keyof SharedFields) => name as Path<T>;
  return (
    <>
      <TextInput
        label="Name"
        description="How people call this assessment, such as “ROC 2026”."
        required
        readOnly={readOnly}
        {...register(named("name"))}
        error={errorOf(named("name"))}
      />
      {props.children}
      <Group gap="sm" align="flex-start" grow preventGrowOverflow={false} wrap="wrap">
        {DAYS.map(({ name, label }) => (
          <Controller
            key={name}
            name={named(name)}
            control={control}
            render={({ field }) => (
              <DateField
                label={label}
                required
                readOnly={readOnly}
                value={field.value}
                onChange={(day) => field.onChange(day ?? "")}
                onBlur={field.onBlur}
                error={errorOf(named(name)) && !field.value ? "Please choose a day." : errorOf(named(name))}
                miw={150}
              />
            )}
          />
        ))}
      </Group>
      <Controller
        name={named("internalReview")}
        control={control}
        render={({ field }) => (
          <Switch
            label="Internal review before a worksheet leaves"
            description="Somebody of your organisation who did not write it approves it first."
            checked={field.value}
            disabled={readOnly}
            onChange={(event) => field.onChange(event.currentTarget.checked)}
          />
        )}
      />
    </>
  );
}
