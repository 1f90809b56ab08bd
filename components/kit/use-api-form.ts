"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import type { DefaultValues, FieldValues, Path, UseFormReturn } from "react-hook-form";
import { useForm } from "react-hook-form";
import type { z } from "zod";
import { useAction } from "@/components/kit/use-action";
import { Cancelled } from "@/lib/client/errors";
import { placeFieldErrors } from "@/lib/client/field-errors";

/** A form that a contract's schema checks and the API answers. */
export interface ApiForm<Input extends FieldValues, Output> {
  readonly form: UseFormReturn<Input, unknown, Output>;
  /** For the form element. */
  readonly onSubmit: (event?: React.BaseSyntheticEvent) => Promise<void>;
  readonly busy: boolean;
  /** What no field could show, for a ProblemAlert above the buttons. */
  readonly error: unknown;
  /** The complaint about a field, for Mantine's `error`. */
  readonly errorOf: (name: Path<Input>) => string | undefined;
}

/**
 * A form over a schema of lib/contracts. The schema is checked on submit, and from then on as one types: a complaint that
 * came when a field is left would move the button away from under the press that left it. Complaints of a 422 are put
 * beside their fields when these have them.
 * @param submit sends what the schema made of the fields
 */
export function useApiForm<Input extends FieldValues, Output>(
  schema: z.ZodType<Output, Input>,
  defaultValues: DefaultValues<Input>,
  submit: (value: Output) => Promise<unknown>,
): ApiForm<Input, Output> {
  const form = useForm<Input, unknown, Output>({ resolver: zodResolver(schema), defaultValues, mode: "onSubmit" });
  const { run, busy, error } = useAction();
  const onSubmit = form.handleSubmit(async (value) => {
    await run(async () => {
      try {
        await submit(value);
      } catch (caught) {
        const placed = placeFieldErrors(caught, Object.keys(defaultValues), (field, message) =>
          form.setError(field as Path<Input>, { message }),
        );
        // Every complaint stands beside its field, so nothing is left to say above.
        throw placed ? new Cancelled() : caught;
      }
    });
  });
  const errorOf = (name: Path<Input>) => form.getFieldState(name, form.formState).error?.message;
  return { form, onSubmit, busy, error, errorOf };
}
