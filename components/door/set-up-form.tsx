"use client";

import { Button, Radio, Stack, TextInput } from "@mantine/core";
import { Controller } from "react-hook-form";
import { enterAs } from "@/components/door/enter";
import { NewPasswordField } from "@/components/kit/new-password-field";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { useApiForm } from "@/components/kit/use-api-form";
import { api } from "@/lib/client/api";
import { setupInput } from "@/lib/contracts/session";

const EMPTY = {
  setupCode: "",
  organisationName: "",
  organisationKind: "entity" as const,
  name: "",
  email: "",
  password: "",
};

/** The first organisation and its admin. */
export function SetUpForm() {
  const { form, onSubmit, busy, error, errorOf } = useApiForm(setupInput, EMPTY, async (value) => {
    await api.post("/setup", value);
    await enterAs(value.email, value.password);
  });
  const { register, control } = form;
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack gap="sm">
        <TextInput
          label="Set-up code"
          description="Printed where the service was started, so that not just anybody becomes the admin."
          autoComplete="off"
          required
          {...register("setupCode")}
          error={errorOf("setupCode")}
        />
        <TextInput
          label="Name of your organisation"
          autoComplete="organization"
          required
          {...register("organisationName")}
          error={errorOf("organisationName")}
        />
        <Controller
          name="organisationKind"
          control={control}
          render={({ field }) => (
            <Radio.Group label="What it is" {...field}>
              <Stack gap={6} mt={4}>
                <Radio value="entity" label="An entity: it is assessed against PCI DSS" />
                <Radio value="assessor" label="An assessor company: it employs QSAs" />
              </Stack>
            </Radio.Group>
          )}
        />
        <TextInput label="Your name" autoComplete="name" required {...register("name")} error={errorOf("name")} />
        <TextInput
          label="Your e-mail address"
          type="email"
          autoComplete="username"
          required
          {...register("email")}
          error={errorOf("email")}
        />
        <NewPasswordField label="Password" minLength={12} {...register("password")} error={errorOf("password")} />
        <ProblemAlert error={error} />
        <Button type="submit" loading={busy} mt={4}>
          Set up
        </Button>
      </Stack>
    </form>
  );
}
