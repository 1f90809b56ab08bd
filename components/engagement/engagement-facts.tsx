import { Badge, Group, Text } from "@mantine/core";
import { IconArchive } from "@tabler/icons-react";
import { DateText, DaysLeft } from "@/components/kit/date-text";
import type { EngagementDto } from "@/lib/contracts/engagement";

/** The line under an engagement's name: standard, kind, both sides, due date. */
export function EngagementFacts({ engagement }: { readonly engagement: EngagementDto }) {
  const { standardVersion, assessmentType, entity, assessor, assessorAccepted, dueOn, legacy } = engagement;
  const sides = assessor ? `${entity.name} × ${assessor.name}${assessorAccepted ? "" : " (invited)"}` : entity.name;
  return (
    <Group gap={8} component="span" wrap="wrap">
      <Text span inherit>
        PCI DSS {standardVersion} · {assessmentType} · {sides} · due <DateText value={dueOn} plain />
        <DaysLeft day={dueOn} />
      </Text>
      {legacy ? (
        <Badge color="orange" leftSection={<IconArchive size={13} aria-hidden="true" />}>
          Legacy, not reportable
        </Badge>
      ) : null}
    </Group>
  );
}
