import { Badge, Group } from "@mantine/core";
import {
  IconArrowRight,
  IconBuildingStore,
  IconCalendarRepeat,
  IconCalendarStats,
  IconCircleCheck,
  IconHierarchy,
  IconHistory,
  IconLock,
  type TablerIcon,
} from "@tabler/icons-react";
import type { Tone } from "@/components/frame/palette";
import type { RequirementSummaryDto } from "@/lib/contracts/catalogue";
import type { Standing } from "@/lib/domain/catalogue/status";

type Marked = Omit<RequirementSummaryDto, "articleRows">;

interface Mark {
  readonly word: string;
  readonly tone: Tone;
  readonly icon: TablerIcon;
}

const STANDINGS: Readonly<Record<Standing, Mark>> = {
  "in force": { word: "In force", tone: "green", icon: IconCircleCheck },
  superseded: { word: "Superseded", tone: "gray", icon: IconArrowRight },
  retired: { word: "Retired", tone: "gray", icon: IconHistory },
};

function marksOf(requirement: Marked): Mark[] {
  const marks: Mark[] = [];
  if (requirement.status === "superseded") marks.push(STANDINGS.superseded);
  if (!requirement.leaf) marks.push({ word: "Grouping", tone: "gray", icon: IconHierarchy });
  if (requirement.noCcw) marks.push({ word: "No compensating control", tone: "red", icon: IconLock });
  if (requirement.serviceProvidersOnly)
    marks.push({ word: "Service providers", tone: "blue", icon: IconBuildingStore });
  if (requirement.frequencyBound) marks.push({ word: "Recurring", tone: "violet", icon: IconCalendarRepeat });
  if (requirement.futureDated) {
    const word = requirement.futureDatedInPart ? "In part since 31 March 2025" : "Since 31 March 2025";
    marks.push({ word, tone: "petrol", icon: IconCalendarStats });
  }
  return marks;
}

function MarkBadge({ mark: { word, tone, icon: Icon } }: { readonly mark: Mark }) {
  return (
    <Badge color={tone} leftSection={<Icon size={13} aria-hidden="true" />} style={{ overflow: "visible" }}>
      {word}
    </Badge>
  );
}

/** Where a number stands: in force, superseded or retired. */
export function StandingBadge({ standing }: { readonly standing: Standing }) {
  return <MarkBadge mark={STANDINGS[standing]} />;
}

/** What is special about a requirement. */
export function RequirementMarks({ requirement }: { readonly requirement: Marked }) {
  const marks = marksOf(requirement);
  if (marks.length === 0) return null;
  return (
    <Group gap={4}>
      {marks.map((mark) => (
        <MarkBadge key={mark.word} mark={mark} />
      ))}
    </Group>
  );
}
