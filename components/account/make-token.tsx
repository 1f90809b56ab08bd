"use client";

import { Button, Group, Modal, NumberInput, Radio, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { Controller } from "react-hook-form";
import { NewToken } from "@/components/account/new-token";
import type { TokenPlace } from "@/components/account/token-place";
import { TokenReach } from "@/components/account/token-reach";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { useApiForm } from "@/components/kit/use-api-form";
import { useReturnFocus } from "@/components/kit/use-return-focus";
import { api } from "@/lib/client/api";
import { makeTokenInput, type TokenMadeDto } from "@/lib/contracts/api-tokens";
import type { TokenScope } from "@/lib/domain/access/token-rights";
import { USUAL_TOKEN_DAYS } from "@/lib/domain/security/token-life";

/** Makes an API token, and shows it the one time; mounted while it is open. */
export function MakeToken(props: {
  /** The service account that it is for, by address and name; one's own without it. */
  readonly service?: { readonly address: string; readonly name: string };
  readonly engagements: readonly TokenPlace[];
  /** Whether these are the newest of one's own alone: all others are searched for. */
  readonly more?: boolean;
  /** The longest that the organisation's policy allows. */
  readonly mostDays: number;
  /** Told the engagements that were chosen, by name. */
  readonly onMade: (chosen: readonly TokenPlace[]) => void;
  readonly onClose: () => void;
}) {
  const { engagements, more = false, mostDays, onMade, onClose, service } = props;
  const [made, setMade] = useState<TokenMadeDto | null>(null);
  const [chosen, setChosen] = useState<readonly TokenPlace[]>([]);
  useReturnFocus();
  const empty = {
    name: "",
    scope: "read" as TokenScope,
    engagementIds: null as string[] | null,
    days: Math.min(USUAL_TOKEN_DAYS, mostDays),
  };
  const { form, onSubmit, busy, error, errorOf } = useApiForm(makeTokenInput, empty, async (value) => {
    setMade(await api.post<TokenMadeDto>(service?.address ?? "/me/tokens", value));
    onMade(chosen);
  });
  const who = service ? "it" : "you";
  if (made) return <NewToken made={made} onClose={onClose} />;
  return (
    <Modal opened onClose={onClose} title={service ? `Make a token for ${service.name}` : "Make an API token"}>
      <form onSubmit={onSubmit} noValidate>
        <Stack gap="md">
          <TextInput
            label="Name"
            description="What uses it, so that you know which one to revoke."
            required
            data-autofocus
            {...form.register("name")}
            error={errorOf("name")}
          />
          <Controller
            name="scope"
            control={form.control}
            render={({ field }) => (
              <Radio.Group label="Scope" {...field}>
                <Stack gap={6} mt={4}>
                  <Radio value="read" label={`Read what ${who} may read`} />
                  <Radio value="write" label={`Read, and write what ${who} may write`} />
                </Stack>
              </Radio.Group>
            )}
          />
          <Controller
            name="engagementIds"
            control={form.control}
            render={({ field }) => (
              <TokenReach
                chosen={field.value === null ? null : chosen}
                places={engagements}
                more={more}
                all={service ? "All in which it has a role, also later ones" : "All of yours, also later ones"}
                onChange={(places) => {
                  setChosen(places ?? []);
                  field.onChange(places?.map(({ id }) => id) ?? null);
                }}
                error={errorOf("engagementIds")}
              />
            )}
          />
          <Controller
            name="days"
            control={form.control}
            render={({ field }) => (
              <NumberInput
                label="Days that it lives"
                description={`From 1 to ${mostDays}.`}
                allowDecimal={false}
                allowNegative={false}
                clampBehavior="none"
                ref={field.ref}
                value={field.value}
                onBlur={field.onBlur}
                onChange={(value) => field.onChange(value === "" ? Number.NaN : Number(value))}
                error={errorOf("days")}
              />
            )}
          />
          <ProblemAlert error={error} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={busy}>
              Make the token
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
