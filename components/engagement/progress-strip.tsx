import { Anchor, Box, Group, Progress, Text } from "@mantine/core";
import { turnWords } from "@/components/engagement/whose-turn";
import { Link } from "@/components/kit/link";
import type { ProgressDto } from "@/lib/contracts/engagement";
import type { EngagementRole } from "@/lib/domain/access/roles";

/** How far a workbook is: a bar, and whose turn the rest is, as seen by a person with these roles. */
export function ProgressStrip(props: {
  readonly progress: ProgressDto;
  readonly roles: readonly EngagementRole[];
  /** False where an ISA or officer decides. */
  readonly hasAssessor: boolean;
  /** The workbook, where each count leads to its rows. */
  readonly href: string;
  /** On the workbook itself: filters its rows without loading them anew. */
  readonly onState?: (state: string) => void;
}) {
  const { total, settled, waitingForEntity, waitingForAssessor, brokenSignOffs } = props.progress;
  const { entity, decider } = turnWords(props.roles, props.hasAssessor);
  const to = (state: string) => ({ href: props.href, state, onState: props.onState });
  const share = total === 0 ? 0 : (settled / total) * 100;
  return (
    <Group gap="md" wrap="wrap" align="center" mb="md">
      <Group gap="sm" wrap="nowrap" flex="1 1 15rem" maw={420}>
        <Box flex={1}>
          <Progress value={share} size="md" color="petrol" aria-label={`${settled} of ${total} settled`} />
        </Box>
        <Text size="sm" fw={600} className="tabular" style={{ whiteSpace: "nowrap" }}>
          {settled} of {total} settled
        </Text>
      </Group>
      <Group gap="md" wrap="wrap">
        <Count value={waitingForEntity} word={entity} tone="orange" {...to("entity")} />
        <Count value={waitingForAssessor} word={decider} tone="blue" {...to("assessor")} />
        {brokenSignOffs > 0 ? (
          <Count value={brokenSignOffs} word={plural(brokenSignOffs)} tone="red" {...to("broken")} />
        ) : null}
      </Group>
    </Group>
  );
}

function plural(count: number): string {
  return count === 1 ? "sign-off to look at" : "sign-offs to look at";
}

function Count(props: {
  readonly value: number;
  readonly word: string;
  readonly tone: string;
  readonly href: string;
  /** The value of the workbook's filter by state. */
  readonly state: string;
  readonly onState: ((state: string) => void) | undefined;
}) {
  const { value, word, tone, state, onState } = props;
  if (value === 0) {
    return (
      <Text size="sm" className="tabular" component="span">
        0 {word}
      </Text>
    );
  }
  return (
    <Anchor
      component={Link}
      href={`${props.href}?state=${state}`}
      size="sm"
      c="inherit"
      className="tabular"
      onClick={(event) => {
        if (!onState) return;
        event.preventDefault();
        onState(state);
      }}
    >
      <Text span inherit fw={600} c={`var(--mantine-color-${tone}-text)`}>
        {value}
      </Text>{" "}
      {word}
    </Anchor>
  );
}
