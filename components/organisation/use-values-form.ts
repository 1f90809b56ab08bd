"use client";

import { notifications } from "@mantine/notifications";
import { useState } from "react";
import type { DefaultValues, FieldValues } from "react-hook-form";
import type { z } from "zod";
import { useRefresh } from "@/components/kit/refresh";
import { type ApiForm, useApiForm } from "@/components/kit/use-api-form";
import { api } from "@/lib/client/api";
import { isProblem } from "@/lib/client/errors";

/** A form over values that an organisation has one set of, with what the buttons beneath it do. */
export interface ValuesForm<Input extends FieldValues> extends ApiForm<Input, Input> {
  /** Takes what somebody else saved meanwhile; null while nobody did. */
  readonly takeTheirs: (() => void) | null;
  /** Puts values into the fields, which are not saved by that. */
  readonly fill: (values: Input) => void;
}

/**
 * A form over values of an organisation that are put as a whole, over the version they were read at.
 * @param stored as they were read, and as a save replies them
 * @param saved what is said of a save
 */
export function useValuesForm<Input extends FieldValues, Dto>(
  schema: z.ZodType<Input, Input>,
  stored: Dto,
  {
    path,
    valuesOf,
    saved,
  }: { readonly path: string; readonly valuesOf: (stored: Dto) => Input; readonly saved: string },
): ValuesForm<Input> {
  const refresh = useRefresh();
  const [theirs, setTheirs] = useState<Dto | null>(null);
  const made = useApiForm(schema, valuesOf(stored) as DefaultValues<Input>, async (value) => {
    try {
      made.form.reset(valuesOf(await api.put<Dto>(path, value)));
      setTheirs(null);
      notifications.show({ color: "green", title: "Saved", message: saved });
      refresh();
    } catch (caught) {
      if (isProblem(caught, "stale") && caught.problem.current) setTheirs(caught.problem.current as Dto);
      throw caught;
    }
  });
  const take = (values: Input, keepDefaultValues: boolean) => {
    made.form.reset(values, { keepDefaultValues });
    setTheirs(null);
  };
  return {
    ...made,
    takeTheirs: theirs && (() => take(valuesOf(theirs), false)),
    fill: (values) => take(values, true),
  };
}
