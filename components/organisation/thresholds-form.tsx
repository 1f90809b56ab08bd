"use client";

import { Button, NumberInput, Stack, Text } from "@mantine/core";
import { Controller } from "react-hook-form";
import { DateText } from "@/components/kit/date-text";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { SaveButtons } from "@/components/kit/save-buttons";
import { useValuesForm } from "@/components/organisation/use-values-form";
import { type ChangeThresholdsInput, changeThresholdsInput, type ThresholdsDto } from "@/lib/contracts/rigour-settings";
import {
  DEFAULT_RIGOUR_SETTINGS,
  RIGOUR_BOUNDS,
  RIGOUR_SETTING_NAMES,
  RIGOUR_SETTING_WORDS,
  type RigourSettings,
} from "@/lib/domain/rigour/settings";

/** The thresholds of the checks, each with what it does; to change for administrators, to read for everybody else. */
export function ThresholdsForm({
  thresholds,
  readOnly,
}: {
  readonly thresholds: ThresholdsDto;
  readonly readOnly: boolean;
}) {
  const { form, onSubmit, busy, error, errorOf, takeTheirs, fill } = useValuesForm(changeThresholdsInput, thresholds, {
    path: "/organisation/rigour",
    valuesOf,
    saved: "The thresholds are in force.",
  });
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack gap="lg" maw={560}>
        {RIGOUR_SETTING_NAMES.map((name) => (
          <Controller
            key={name}
            name={name}
            control={form.control}
            render={({ field }) => (
              <NumberInput
                label={RIGOUR_SETTING_WORDS[name].label}
                description={wordsOf(name)}
                inputWrapperOrder={["label", "input", "description", "error"]}
                w="100%"
                readOnly={readOnly}
                hideControls={readOnly}
                allowDecimal={!RIGOUR_BOUNDS[name].whole}
                step={RIGOUR_BOUNDS[name].whole ? 1 : 0.05}
                allowNegative={false}
                clampBehavior="none"
                ref={field.ref}
                name={field.name}
                value={field.value}
                onBlur={field.onBlur}
                onChange={(value) => field.onChange(value === "" ? Number.NaN : Number(value))}
                error={errorOf(name)}
              />
            )}
          />
        ))}
        <ProblemAlert error={error} />
        {readOnly ? null : (
          <SaveButtons busy={busy} dirty={form.formState.isDirty} onTakeTheirs={takeTheirs}>
            <Button
              variant="default"
              onClick={() => fill({ ...DEFAULT_RIGOUR_SETTINGS, version: form.getValues("version") })}
            >
              Use the built-in values
            </Button>
          </SaveButtons>
        )}
        <Text size="sm" c="dimmed">
          {thresholds.updatedBy ? (
            <>
              Last changed by {thresholds.updatedBy.name}, <DateText value={thresholds.updatedAt} />.
            </>
          ) : (
            "Nobody has changed them yet: the built-in values are in force."
          )}
        </Text>
      </Stack>
    </form>
  );
}

/** What a threshold does, its built-in value and its range. */
function wordsOf(name: keyof RigourSettings): string {
  const { min, max } = RIGOUR_BOUNDS[name];
  const { what, unit } = RIGOUR_SETTING_WORDS[name];
  return `${what} Built in: ${DEFAULT_RIGOUR_SETTINGS[name]} ${unit}. From ${min} to ${max}.`;
}

function valuesOf({ updatedBy: _by, updatedAt: _at, ...values }: ThresholdsDto): ChangeThresholdsInput {
  return values;
}
