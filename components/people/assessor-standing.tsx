"use client";

import { Button, Group, Stack, Text } from "@mantine/core";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { useRefresh } from "@/components/kit/refresh";
import { useAction } from "@/components/kit/use-action";
import { api } from "@/lib/client/api";
import type { EngagementDto } from "@/lib/contracts/engagement";

/** Where the invitation of the assessor company stands, with the button for the firm's admin to take it on. */
export function AssessorStanding({ engagement }: { readonly engagement: EngagementDto }) {
  const refresh = useRefresh();
  const { run, busy, error } = useAction();
  const { assessor, permissions } = engagement;
  if (!assessor || engagement.assessorAccepted) return null;
  const accept = async () => {
    if (await run(() => api.post(`/engagements/${engagement.id}/assessor/accept`, {}))) refresh();
  };
  return (
    <Stack gap="sm">
      {permissions.acceptAsAssessor ? (
        <Group gap="sm">
          <Text>
            {engagement.entity.name} asks {assessor.name} to assess them. Accept it to name your QSAs.
          </Text>
          <Button onClick={accept} loading={busy}>
            Accept the engagement
          </Button>
        </Group>
      ) : (
        <Text c="dimmed">{assessor.name} is invited. Its admin accepts the engagement and names the QSAs.</Text>
      )}
      <ProblemAlert error={error} />
    </Stack>
  );
}
