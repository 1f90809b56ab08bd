"use client";

import { Button, NumberInput, Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Controller } from "react-hook-form";
import { DateText } from "@/components/kit/date-text";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { SaveButtons } from "@/components/kit/save-buttons";
import { useApiForm } from "@/components/kit/use-api-form";
import { api } from "@/lib/client/api";
import { isProblem } from "@/lib/client/errors";
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
  const router = useRouter();
  const [theirs, setTheirs] = useState<ThresholdsDto | null>(null);
  const { form, onSubmit, busy, error, errorOf } = useApiForm(
    changeThresholdsInput,
    valuesOf(thresholds),
    async (value) => {
      try {
        form.reset(valuesOf(await api.put<ThresholdsDto>("/organisation/rigour", value)));
        setTheirs(null);
        notifications.show({ color: "green", title: "Saved", message: "The thresholds are in force." });
        router.refresh();
      } catch (caught) {
        if (isProblem(caught, "stale") && caught.problem.current) setTheirs(caught.problem.current as ThresholdsDto);
        throw caught;
      }
    },
  );
  const take = (values: ChangeThresholdsInput, keepDefaults: boolean) => {
    form.reset(values, { keepDefaultValues: keepDefaults });
    setTheirs(null);
  };
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
          <SaveButtons
            busy={busy}
            dirty={form.formState.isDirty}
            onTakeTheirs={theirs && (() => take(valuesOf(theirs), false))}
          >
            <Button
              variant="default"
              onClick={() => take({ ...DEFAULT_RIGOUR_SETTINGS, version: form.getValues("version") }, true)}
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
