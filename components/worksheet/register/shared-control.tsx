"use client";

import { Alert, Anchor, Button, Group, Paper, Stack, Text } from "@mantine/core";
import { IconShieldLock } from "@tabler/icons-react";
import { DateText } from "@/components/kit/date-text";
import { Link } from "@/components/kit/link";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { useAction } from "@/components/kit/use-action";
import { useCardNumberQuestion } from "@/components/kit/use-card-number-question";
import { whenSaved } from "@/components/worksheet/actions/when-saved";
import { useRegister } from "@/components/worksheet/register/register-context";
import { useSaver } from "@/components/worksheet/saving/saver-context";
import { api } from "@/lib/client/api";
import type { WorksheetDto } from "@/lib/contracts/worksheet";
import { takeOut } from "@/lib/domain/controls/record";
import { dayInWords } from "@/lib/domain/format-date";
import { NATURE_WORDS } from "@/lib/domain/worksheet/item-words";
import type { Control } from "@/lib/domain/worksheet/model";

/** What a control has from the register, to read, and the ways out of it. */
export function SharedControl(props: { readonly item: Control; readonly onChange: (item: Control) => void }) {
  const { item } = props;
  const register = useRegister();
  const { act, busy, error, question } = useControlAction(item.id);
  const standing = register.shared.find(({ itemId }) => itemId === item.id);
  return (
    <Paper withBorder p="sm" bg="var(--cv-canvas)">
      <Stack gap={6}>
        <Group gap={6} justify="space-between">
          <Text size="sm" fw={550}>
            <IconShieldLock size={15} aria-hidden="true" style={{ verticalAlign: "-2px" }} /> From the register of
            controls
          </Text>
          <Anchor
            component={Link}
            size="sm"
            href={`/engagements/${register.engagementId}/controls?control=${item.recordId}`}
            prefetch={false}
          >
            Open it there
          </Anchor>
        </Group>
        <Text size="sm" style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
          {item.description || "Nothing is written about what it does."}
        </Text>
        <Text size="sm" c="dimmed">
          {[
            NATURE_WORDS[item.nature],
            item.owner && `owner ${item.owner}`,
            item.changedOn && `last changed on ${dayInWords(item.changedOn)}`,
          ]
            .filter(Boolean)
            .join(" · ")}
        </Text>
        {standing && !standing.upToDate ? (
          <Alert color="yellow" py="xs">
            <Text size="sm" component="div">
              The register was changed <DateText value={standing.changedAt} /> and says or shows something else.
            </Text>
            <Button size="compact-xs" variant="default" mt={6} loading={busy} onClick={() => act("take-over")}>
              Bring it up to date
            </Button>
          </Alert>
        ) : null}
        <ProblemAlert error={error} />
        <Group>
          <Button size="compact-xs" variant="default" onClick={() => props.onChange(takeOut(item))}>
            Take it out of the register
          </Button>
          <Text size="xs" c="dimmed">
            Text and evidence stay here, as this worksheet’s own.
          </Text>
        </Group>
        {question}
      </Stack>
    </Paper>
  );
}

/** The way of a worksheet's own control into the register, for those who may. */
export function ShareControl({ item }: { readonly item: Control }) {
  const { mayShare } = useRegister();
  const { act, busy, error, question } = useControlAction(item.id);
  if (!mayShare) return null;
  return (
    <Stack gap={4}>
      <ProblemAlert error={error} />
      <Group gap={8}>
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconShieldLock size={14} aria-hidden="true" />}
          loading={busy}
          onClick={() => act("share")}
        >
          Make it a shared control
        </Button>
        <Text size="xs" c="dimmed">
          Other worksheets may use it then, with its evidence.
        </Text>
      </Group>
      {question}
    </Stack>
  );
}

/** Acts on a control of the worksheet once what was typed is stored, and shows what comes of it. */
function useControlAction(itemId: string) {
  const { worksheetId, put } = useRegister();
  const saver = useSaver();
  const { run, busy, error } = useAction();
  const { withQuestion, question } = useCardNumberQuestion();
  const act = (what: "share" | "take-over") =>
    run(async () => {
      // What cannot be stored is told where it stands.
      if (!(await whenSaved(saver))) return;
      const path = `/worksheets/${worksheetId}/controls/${itemId}/${what}`;
      put(await withQuestion((sure) => api.post<WorksheetDto>(path, sure ? { acknowledgeCardNumber: true } : {})));
    });
  return { act, busy, error, question };
}
