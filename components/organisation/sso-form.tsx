"use client";

import { PasswordInput, Select, Stack, Switch, TagsInput, Text, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { type Control, Controller, type FieldPath } from "react-hook-form";
import type { z } from "zod";
import { DateText } from "@/components/kit/date-text";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { useRefresh } from "@/components/kit/refresh";
import { SaveButtons } from "@/components/kit/save-buttons";
import { useApiForm } from "@/components/kit/use-api-form";
import { IssuerCheck } from "@/components/organisation/issuer-check";
import { api } from "@/lib/client/api";
import { isProblem } from "@/lib/client/errors";
import { changeSsoInput, type SsoDto } from "@/lib/contracts/single-sign-on";

type Values = z.input<typeof changeSsoInput>;

/** The identity provider of one's organisation: where it is, who signs in there, and what of it is trusted. */
export function SsoForm({ sso }: { readonly sso: SsoDto }) {
  const refresh = useRefresh();
  const [theirs, setTheirs] = useState<SsoDto | null>(null);
  const { form, onSubmit, busy, error, errorOf } = useApiForm(changeSsoInput, valuesOf(sso), async (value) => {
    try {
      const saved = await api.put<SsoDto>("/organisation/sso", value);
      form.reset(valuesOf(saved));
      setTheirs(null);
      const message = saved.enabled ? "People of the domains sign in by it now." : "It is switched off.";
      notifications.show({ color: "green", title: "Saved", message });
      refresh();
    } catch (caught) {
      if (isProblem(caught, "stale") && caught.problem.current) setTheirs(caught.problem.current as SsoDto);
      throw caught;
    }
  });
  const { control, register, formState } = form;
  const administrators = sso.administrators.map(({ id, name, ready }) => ({
    value: id,
    label: ready ? name : `${name} (has no password or no second factor here)`,
  }));
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack gap="lg" maw={640}>
        <TextInput
          label="Issuer"
          description="The address that your identity provider calls itself by, exactly as it writes it."
          placeholder="https://login.example.com"
          inputMode="url"
          {...register("issuer")}
          error={errorOf("issuer")}
        />
        <IssuerCheck read={() => form.getValues("issuer")} />
        <TextInput label="Client ID" autoComplete="off" {...register("clientId")} error={errorOf("clientId")} />
        <PasswordInput
          label="Client secret"
          description={
            sso.hasSecret
              ? "One is stored, and shown to nobody. Leave this empty to keep it."
              : "It is stored sealed, and shown to nobody."
          }
          autoComplete="off"
          {...register("clientSecret")}
          error={errorOf("clientSecret")}
        />
        <Tags
          control={control}
          name="domains"
          label="Domains"
          description="Whose e-mail addresses end so sign in there. Somebody of your organisation has to have such an address already."
          placeholder="example.com"
          error={firstError(formState.errors.domains)}
        />
        <Tags
          control={control}
          name="acceptedAmr"
          label="Accepted amr"
          description="Values of the claim amr (how somebody was checked) that count as a second factor, such as mfa. Empty: none do, and our own second factor is asked for."
          error={firstError(formState.errors.acceptedAmr)}
        />
        <Tags
          control={control}
          name="acceptedAcr"
          label="Accepted acr"
          description="Values of the claim acr (how well somebody was checked) that count as a second factor. They are asked for, too."
          error={firstError(formState.errors.acceptedAcr)}
        />
        <YesOrNo
          control={control}
          name="justInTime"
          label="Make accounts at the first sign-in"
          description="Whoever the provider lets in with a verified address of the domains becomes a member of the organisation. Otherwise people are invited first."
        />
        <Controller
          name="breakGlassUserId"
          control={control}
          render={({ field }) => (
            <Select
              label="Break-glass administrator"
              description="The one person who may still sign in by password, for the day when the provider is away. Each time is an event of its own."
              data={administrators}
              value={field.value}
              onChange={field.onChange}
              onBlur={field.onBlur}
              ref={field.ref}
              clearable
              error={errorOf("breakGlassUserId")}
            />
          )}
        />
        <YesOrNo
          control={control}
          name="enabled"
          label="Switched on"
          description="In force at once. Sessions that there are go on until they end."
        />
        <ProblemAlert error={error} />
        <SaveButtons
          busy={busy}
          dirty={formState.isDirty}
          onTakeTheirs={
            theirs &&
            (() => {
              form.reset(valuesOf(theirs));
              setTheirs(null);
            })
          }
        />
        <Text size="sm" c="dimmed">
          {sso.updatedBy ? (
            <>
              Last changed by {sso.updatedBy.name}, <DateText value={sso.updatedAt} />.
            </>
          ) : (
            "Nobody has set it up yet."
          )}
        </Text>
      </Stack>
    </form>
  );
}

/** A switch. */
function YesOrNo(props: {
  readonly control: Control<Values, unknown, z.output<typeof changeSsoInput>>;
  readonly name: "justInTime" | "enabled";
  readonly label: string;
  readonly description: string;
}) {
  const { control, name, ...words } = props;
  return (
    <Controller
      name={name}
      control={control}
      render={({ field }) => (
        <Switch {...words} checked={field.value} onChange={field.onChange} onBlur={field.onBlur} ref={field.ref} />
      )}
    />
  );
}

/** A list of words that one types, each ended by Enter or a comma. */
function Tags(props: {
  readonly control: Control<Values, unknown, z.output<typeof changeSsoInput>>;
  readonly name: Extract<FieldPath<Values>, "domains" | "acceptedAmr" | "acceptedAcr">;
  readonly label: string;
  readonly description: string;
  readonly placeholder?: string;
  readonly error: string | undefined;
}) {
  const { control, name, placeholder, ...words } = props;
  return (
    <Controller
      name={name}
      control={control}
      render={({ field }) => (
        <TagsInput
          {...words}
          {...(placeholder && field.value.length === 0 ? { placeholder } : {})}
          value={field.value}
          onChange={field.onChange}
          onBlur={field.onBlur}
          ref={field.ref}
          acceptValueOnBlur
          splitChars={[",", " ", ";"]}
        />
      )}
    />
  );
}

/** The complaint about a list, or about the first of its values that has one. */
function firstError(errors: unknown): string | undefined {
  if (typeof errors !== "object" || errors === null) return undefined;
  if ("message" in errors && typeof errors.message === "string") return errors.message;
  return Object.values(errors)
    .map(firstError)
    .find((message) => message !== undefined);
}

function valuesOf(sso: SsoDto): Values {
  const { version, issuer, clientId, domains, acceptedAmr, acceptedAcr, justInTime, breakGlassUserId, enabled } = sso;
  const lists = { domains: [...domains], acceptedAmr: [...acceptedAmr], acceptedAcr: [...acceptedAcr] };
  return { version, issuer, clientId, clientSecret: "", ...lists, justInTime, breakGlassUserId, enabled };
}
