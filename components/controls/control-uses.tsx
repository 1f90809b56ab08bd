"use client";

import { Anchor, Button, Group, Paper, Stack, Text } from "@mantine/core";
import { BEHIND_LOOK } from "@/components/controls/control-words";
import { DateText } from "@/components/kit/date-text";
import { Link } from "@/components/kit/link";
import { LookBadge, StateBadge } from "@/components/kit/status-badge";
import { useAction } from "@/components/kit/use-action";
import { useCardNumberQuestion } from "@/components/kit/use-card-number-question";
import { api } from "@/lib/client/api";
import type { ControlRecordDto, ControlUseDto } from "@/lib/contracts/controls";
import { ORIGIN_WORDS } from "@/lib/domain/worksheet/item-words";

/** Each worksheet that uses a shared control, and whether it says what the register says. */
export function ControlUses(props: { readonly control: ControlRecordDto; readonly onChanged: () => void }) {
  const { uses } = props.control;
  if (uses.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        No worksheet uses it. Whoever writes one finds it there under “Use a shared control”.
      </Text>
    );
  }
  return (
    <Stack gap="xs" component="ul" p={0} m={0} style={{ listStyle: "none" }} aria-label="Worksheets that use it">
      {uses.map((use) => (
        <li key={use.worksheetId}>
          <Use use={use} onChanged={props.onChanged} />
        </li>
      ))}
    </Stack>
  );
}

function Use({ use, onChanged }: { readonly use: ControlUseDto; readonly onChanged: () => void }) {
  const { run, busy } = useAction({ notify: true });
  const { withQuestion, question } = useCardNumberQuestion();
  const takeOver = async () => {
    const path = `/worksheets/${use.worksheetId}/controls/${use.itemId}/take-over`;
    const done = await run(() => withQuestion((sure) => api.post(path, sure ? { acknowledgeCardNumber: true } : {})));
    if (done) onChanged();
  };
  return (
    <Paper withBorder p="sm">
      <Group gap={8} justify="space-between" align="flex-start">
        <Anchor component={Link} href={`/worksheets/${use.worksheetId}`} prefetch={false} fw={550} size="sm">
          {use.requirementNumber} {use.requirementTitle}
        </Anchor>
        <StateBadge state={use.state} detail={`r${use.revision}`} />
      </Group>
      <Text size="sm" c="dimmed" mt={4}>
        {[use.label, ORIGIN_WORDS[use.origin], use.requirementRef && `owed for ${use.requirementRef}`]
          .filter(Boolean)
          .join(" · ")}
      </Text>
      {use.upToDate ? null : (
        <Group gap={8} mt={6}>
          <LookBadge look={BEHIND_LOOK} />
          <Text size="sm" component="span">
            Says it as it was on <DateText value={use.asOf} plain />.
          </Text>
          {use.editable ? (
            <Button size="compact-xs" variant="default" loading={busy} onClick={takeOver}>
              Bring it up to date
            </Button>
          ) : null}
        </Group>
      )}
      {question}
    </Paper>
  );
}
