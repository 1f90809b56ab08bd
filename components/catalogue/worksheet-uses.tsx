import { Group, Text } from "@mantine/core";
import classes from "@/components/catalogue/catalogue.module.css";
import { SectionCard } from "@/components/kit/section-card";
import { StateBadge } from "@/components/kit/status-badge";
import { TextLink } from "@/components/kit/text-link";
import { KindBadge } from "@/components/records/badges";
import type { WorksheetUseDto } from "@/lib/contracts/worksheet";

/** The reader's own worksheets on a requirement; nothing where there is none. */
export function WorksheetUses({
  uses,
  number,
}: {
  readonly uses: readonly WorksheetUseDto[];
  readonly number: string;
}) {
  if (uses.length === 0) return null;
  return (
    <SectionCard title={`Your worksheets on ${number}`}>
      <ul className={classes.plain}>
        {uses.map(({ id, kind, state, revision, engagement }) => (
          <li key={id}>
            <Group gap="xs">
              <TextLink href={`/worksheets/${id}`}>
                {number} in {engagement.name}
              </TextLink>
              {kind !== "ccw" && <KindBadge kind={kind} />}
              <StateBadge state={state} />
              <Text span size="sm" c="dimmed">
                revision {revision}
              </Text>
            </Group>
          </li>
        ))}
      </ul>
    </SectionCard>
  );
}
