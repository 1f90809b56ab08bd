import { Anchor, Badge, Stack, Text, Timeline, Title } from "@mantine/core";
import { IconFileCheck, IconPencil } from "@tabler/icons-react";
import { DateText } from "@/components/kit/date-text";
import { Link } from "@/components/kit/link";
import { DigestText } from "@/components/review/digest-text";
import type { TransitionDto } from "@/lib/contracts/review";
import type { WorksheetDto } from "@/lib/contracts/worksheet";
import { MOVE_DONE_LABELS } from "@/lib/domain/workflow/transitions";

/** What happened to the worksheet: its frozen revisions, and each move with its reason, the newest first. */
export function HistoryTab({ worksheet }: { readonly worksheet: WorksheetDto }) {
  const moves = worksheet.transitions.toSorted((a, b) => (a.at < b.at ? 1 : -1));
  const revisions = worksheet.revisions.toSorted((a, b) => b.number - a.number);
  const reviewed = revisions.filter(({ reviewedAt }) => reviewedAt !== null);
  if (moves.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        Nothing yet. Submissions, decisions and their reasons will stand here.
      </Text>
    );
  }
  return (
    <Stack gap="lg">
      {revisions.length > 0 && (
        <section aria-label="Revisions">
          <Title order={3} mb="xs">
            Revisions
          </Title>
          <Stack gap="xs">
            {revisions.map((revision) => (
              <div key={revision.number}>
                <Badge color="gray" leftSection={<IconFileCheck size={12} aria-hidden />}>
                  Revision {revision.number}
                </Badge>
                <Text size="xs" c="dimmed" mt={2} component="div">
                  {revision.submittedBy.name}, <DateText value={revision.submittedAt} />
                  {revision.reviewedAt !== null && " · reviewed"}
                </Text>
                <Text size="xs" c="dimmed" component="div">
                  <DigestText digest={revision.digest} />
                </Text>
              </div>
            ))}
          </Stack>
          <Anchor component={Link} href={`/worksheets/${worksheet.id}/review`} size="sm" mt="xs" display="inline-block">
            {reviewed.length > 0 ? "See what changed since the last review" : "Read the revisions"}
          </Anchor>
        </section>
      )}
      <section aria-label="Moves">
        <Title order={3} mb="xs">
          Moves
        </Title>
        <Timeline bulletSize={18} lineWidth={1}>
          {moves.map((move) => (
            <Timeline.Item
              key={`${move.at} ${move.move}`}
              bullet={<IconPencil size={11} aria-hidden />}
              title={<MoveTitle move={move} />}
            >
              <Text size="xs" c="dimmed" component="div">
                {move.by.name}, <DateText value={move.at} /> · revision {move.revision}
              </Text>
              {move.reason && (
                <Text size="sm" mt={4} style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
                  {move.reason}
                </Text>
              )}
            </Timeline.Item>
          ))}
        </Timeline>
      </section>
    </Stack>
  );
}

function MoveTitle({ move }: { readonly move: TransitionDto }) {
  return (
    <Text span size="sm" fw={550}>
      {MOVE_DONE_LABELS[move.move]}
    </Text>
  );
}
