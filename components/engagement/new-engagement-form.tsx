"use client";

import { Alert, Button, Group, Paper, Radio, Stack } from "@mantine/core";
import { IconArchive } from "@tabler/icons-react";
import { useRouter } from "next/navigation";
import { Controller } from "react-hook-form";
import { EngagementFields } from "@/components/engagement/engagement-fields";
import { ASSESSMENT_WORDS } from "@/components/engagement/words";
import { LinkButton } from "@/components/kit/link-button";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { useApiForm } from "@/components/kit/use-api-form";
import { api } from "@/lib/client/api";
import { ASSESSMENT_TYPES, createEngagementInput, type EngagementDto } from "@/lib/contracts/engagement";
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

/** Creates an engagement and goes on to its scope. */
export function NewEngagementForm() {
  const router = useRouter();
  const { form, onSubmit, busy, error, errorOf } = useApiForm(createEngagementInput, EMPTY, async (value) => {
    const made = await api.post<EngagementDto>("/engagements", value);
    router.push(`/engagements/${made.id}/scope`);
    router.refresh();
  });
  const version = form.watch("standardVersion");
  const legacy = legacyMark(version);
  return (
    <Paper withBorder p="md" maw={680} component="form" onSubmit={onSubmit} noValidate>
      <Stack gap="md">
        <EngagementFields register={form.register} control={form.control} errorOf={errorOf} />
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
