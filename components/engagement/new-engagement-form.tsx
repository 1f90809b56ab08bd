"use client";

import { Alert, Button, Group, Paper, Radio, Select, Stack } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconArchive } from "@tabler/icons-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Controller } from "react-hook-form";
import { EngagementFields } from "@/components/engagement/engagement-fields";
import { ASSESSMENT_WORDS } from "@/components/engagement/words";
import { LinkButton } from "@/components/kit/link-button";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { problemWords } from "@/components/kit/problem-words";
import { useRefresh } from "@/components/kit/refresh";
import { useApiForm } from "@/components/kit/use-api-form";
import { api } from "@/lib/client/api";
import { ASSESSMENT_TYPES, createEngagementInput, type EngagementDto } from "@/lib/contracts/engagement";
import type { OrganisationRef } from "@/lib/contracts/session";
import { legacyMark } from "@/lib/domain/engagement/rules";

const EMPTY = {
  name: "",
  standardVersion: "4.0.1" as "4.0.1" | "3.2.1",
  assessmentType: "ROC" as "ROC" | "SAQ",
  periodStart: "",
  periodEnd: "",
  dueOn: "",
  internalReview: false,
};

/** Creates an engagement, invites the assessor company that was chosen, and goes on to the scope. */
export function NewEngagementForm({ firms }: { readonly firms: readonly OrganisationRef[] }) {
  const router = useRouter();
  const refresh = useRefresh();
  const [firmId, setFirmId] = useState<string | null>(null);
  const { form, onSubmit, busy, error, errorOf } = useApiForm(createEngagementInput, EMPTY, async (value) => {
    const made = await api.post<EngagementDto>("/engagements", value);
    if (firmId) await invite(made.id, firmId);
    router.push(`/engagements/${made.id}/scope`);
    refresh();
  });
  const version = form.watch("standardVersion");
  const legacy = legacyMark(version);
  return (
    <Paper withBorder p="md" maw={680} component="form" onSubmit={onSubmit} noValidate>
      <Stack gap="md">
        <EngagementFields register={form.register} control={form.control} errorOf={errorOf}>
          <Controller
            name="standardVersion"
            control={form.control}
            render={({ field }) => (
              <Radio.Group label="PCI DSS version" {...field}>
                <Group mt={4} gap="lg">
                  <Radio value="4.0.1" label="4.0.1, current" />
                  <Radio value="3.2.1" label="3.2.1, retired" />
                </Group>
              </Radio.Group>
            )}
          />
          {legacy ? (
            <Alert color="orange" icon={<IconArchive size={18} aria-hidden="true" />}>
              {legacy} Choose it for old assessments and for reading the article as it was written.
            </Alert>
          ) : null}
          <Controller
            name="assessmentType"
            control={form.control}
            render={({ field }) => (
              <Radio.Group
                label="Kind of assessment"
                description="In a self-assessment an ISA or executive officer decides in place of a QSA."
                {...field}
              >
                <Stack mt={6} gap={6}>
                  {ASSESSMENT_TYPES.map((type) => (
                    <Radio key={type} value={type} label={ASSESSMENT_WORDS[type]} />
                  ))}
                </Stack>
              </Radio.Group>
            )}
          />
          {firms.length > 0 ? (
            <Select
              label="Assessor company"
              description="May be left for later. A firm that is not listed is invited under People."
              placeholder="None yet"
              data={firms.map(({ id, name }) => ({ value: id, label: name }))}
              value={firmId}
              onChange={setFirmId}
              clearable
              clearButtonProps={{ "aria-label": "No assessor company" }}
              searchable
            />
          ) : null}
        </EngagementFields>
        <ProblemAlert error={error} />
        <Group gap="xs">
          <Button type="submit" loading={busy}>
            Create and answer the scope
          </Button>
          <LinkButton href="/engagements" variant="default">
            Cancel
          </LinkButton>
        </Group>
      </Stack>
    </Paper>
  );
}

/** The engagement stands by now, so a failure is told and does not hold it up. */
async function invite(engagementId: string, organisationId: string): Promise<void> {
  try {
    await api.post(`/engagements/${engagementId}/assessor`, { organisationId });
  } catch (error) {
    notifications.show({
      color: "orange",
      title: "The assessor company is not invited yet",
      message: `${problemWords(error)?.detail ?? ""} Invite it under People.`.trim(),
      autoClose: 9000,
    });
  }
}
