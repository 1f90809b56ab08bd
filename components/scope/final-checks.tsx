import { Group, Paper, SimpleGrid, Text, Title } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck, IconCircleDashed, IconCircleX } from "@tabler/icons-react";
import type { StatusLook } from "@/components/kit/status";
import { LookBadge } from "@/components/kit/status-badge";
import type { FinalCheckDto } from "@/lib/contracts/scope-result";

/** The seven checks of the article's final thoughts, with what each found. */
export function FinalChecks({ checks }: { readonly checks: readonly FinalCheckDto[] }) {
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
      {checks.map((check) => (
        <Paper key={check.check} withBorder p="sm">
          <Group justify="space-between" wrap="nowrap" align="flex-start" gap="sm">
            <Title order={3}>{check.title}</Title>
            <LookBadge look={lookOf(check)} style={{ flexShrink: 0 }} />
          </Group>
          <Text size="sm" mt={4}>
            {check.outcome === "fail" ? check.ifFail : check.outcome === "pass" ? check.passWhen : check.question}
          </Text>
          {check.detail ? (
            <Text size="sm" c="dimmed" mt={4}>
              {check.detail}
            </Text>
          ) : null}
        </Paper>
      ))}
    </SimpleGrid>
  );
}

function lookOf({ outcome, severity }: FinalCheckDto): StatusLook {
  if (outcome === "pass") return { word: "Holds", tone: "green", icon: IconCircleCheck };
  if (outcome === "not answered") return { word: "Not answered", tone: "gray", icon: IconCircleDashed };
  return severity === "error"
    ? { word: "Does not hold", tone: "red", icon: IconCircleX }
    : { word: "Warning", tone: "orange", icon: IconAlertTriangle };
}
