"use client";

import { Group, Skeleton, Text } from "@mantine/core";
import { useEffect, useState } from "react";
import { ReadinessParts } from "@/components/controls/readiness-parts";
import { TextLink } from "@/components/kit/text-link";
import { api } from "@/lib/client/api";
import type { ReadinessDto, WorksheetReadinessDto } from "@/lib/contracts/readiness";

/** How ready the worksheet of a row is, read when the row is opened: the list itself asks for none. */
export function RowReadiness(props: { readonly engagementId: string; readonly worksheetId: string }) {
  const { engagementId, worksheetId } = props;
  const [found, setFound] = useState<WorksheetReadinessDto | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let given = true;
    api.get<ReadinessDto>(`/engagements/${engagementId}/readiness`, { query: { worksheetId } }).then(
      ({ worksheets: [one] }) => given && setFound(one ?? null),
      () => given && setFailed(true),
    );
    return () => {
      given = false;
    };
  }, [engagementId, worksheetId]);
  if (failed) {
    return (
      <Text size="sm" c="dimmed">
        How ready it is could not be read now. Open the row again to try once more.
      </Text>
    );
  }
  if (!found) return <Skeleton height={120} role="status" aria-label="Reading how ready it is" />;
  return (
    <>
      <Group gap={8} justify="space-between">
        <Text size="sm" fw={600}>
          {found.score} of 100
        </Text>
        <TextLink href={`/engagements/${engagementId}/controls/readiness`} size="sm">
          All worksheets
        </TextLink>
      </Group>
      <ReadinessParts worksheetId={worksheetId} parts={found.parts} />
    </>
  );
}
