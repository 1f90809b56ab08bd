"use client";

import { Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { EngagementFields } from "@/components/engagement/engagement-fields";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { ReadOnlyNote } from "@/components/kit/read-only-note";
import { useRefresh } from "@/components/kit/refresh";
import { SaveButtons } from "@/components/kit/save-buttons";
import { SectionCard } from "@/components/kit/section-card";
import { useApiForm } from "@/components/kit/use-api-form";
import { api } from "@/lib/client/api";
import { isProblem } from "@/lib/client/errors";
import { type EngagementDto, updateEngagementInput } from "@/lib/contracts/engagement";

/** The settings of an engagement that may change later. Version and kind of the assessment stay as they were made. */
export function SettingsForm({ engagement }: { readonly engagement: EngagementDto }) {
  const refresh = useRefresh();
  const [theirs, setTheirs] = useState<EngagementDto | null>(null);
  const readOnly = !engagement.permissions.settings;
  const { form, onSubmit, busy, error, errorOf } = useApiForm(
    updateEngagementInput,
    valuesOf(engagement),
    async (value) => {
      try {
        const saved = await api.patch<EngagementDto>(`/engagements/${engagement.id}`, value);
        form.reset(valuesOf(saved));
        setTheirs(null);
        notifications.show({ color: "green", title: "Saved", message: "The settings are in force." });
        refresh();
      } catch (caught) {
        if (isProblem(caught, "stale") && caught.problem.current) setTheirs(caught.problem.current as EngagementDto);
        throw caught;
      }
    },
  );
  return (
    <form onSubmit={onSubmit} noValidate>
      {readOnly ? (
        <ReadOnlyNote>The engagement’s lead or an admin of the entity changes its settings.</ReadOnlyNote>
      ) : null}
      <SectionCard title="Assessment">
        <Stack gap="md" maw={640}>
          <EngagementFields register={form.register} control={form.control} errorOf={errorOf} readOnly={readOnly} />
          <Text size="sm" c="dimmed">
            PCI DSS {engagement.standardVersion} and {engagement.assessmentType} were chosen when the engagement was
            made and stay. It uses the catalogue of version {engagement.catalogueVersion}.
          </Text>
          <ProblemAlert error={error} />
          {readOnly ? null : (
            <SaveButtons
              busy={busy}
              dirty={form.formState.isDirty}
              onTakeTheirs={
                theirs &&
                (() => {
                  form.reset(valuesOf(theirs));
                  setTheirs(null);
                })
              }
            />
          )}
        </Stack>
      </SectionCard>
    </form>
  );
}

function valuesOf({ name, periodStart, periodEnd, dueOn, internalReview, version }: EngagementDto) {
  return { name, periodStart, periodEnd, dueOn, internalReview, version };
}
