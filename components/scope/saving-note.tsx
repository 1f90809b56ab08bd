"use client";

import { Alert, Button, Group, List, Text } from "@mantine/core";
import { IconCloudCheck, IconCloudUp, IconUsers } from "@tabler/icons-react";
import { ProblemAlert } from "@/components/kit/problem-alert";
import type { ScopeSaving } from "@/components/scope/use-scope-saver";
import type { ScopeChange } from "@/lib/domain/keys/compare";
import type { AnswerName } from "@/lib/domain/scope/answers";
import { STEPS } from "@/lib/domain/scope/wizard";

/** How saving stands, what the last answers changed, and what somebody else answered differently. */
export function SavingNote(props: { readonly saving: ScopeSaving; readonly onRetry: () => void }) {
  const { state, error, changes, conflicts } = props.saving;
  return (
    <div>
      <Group gap={6} c="dimmed" mih={24} role="status">
        {state === "saving" ? <IconCloudUp size={16} aria-hidden="true" /> : null}
        {state === "saved" ? <IconCloudCheck size={16} aria-hidden="true" /> : null}
        <Text size="sm">
          {state === "saving"
            ? "Saving…"
            : state === "saved"
              ? `Saved. ${summary(changes)}`
              : "Answers are saved as you go."}
        </Text>
      </Group>
      {state === "failed" ? (
        <>
          <ProblemAlert error={error} mt="xs" />
          <Button size="xs" variant="default" mt="xs" onClick={props.onRetry}>
            Save again
          </Button>
        </>
      ) : null}
      {conflicts.length > 0 ? (
        <Alert
          color="orange"
          icon={<IconUsers size={18} aria-hidden="true" />}
          title="Somebody else answered at the same time"
          mt="xs"
        >
          <Text size="sm">Their answers were kept. To these both of you gave different ones, and yours stands:</Text>
          <List size="sm">
            {conflicts.map((name) => (
              <List.Item key={name}>{questionText(name)}</List.Item>
            ))}
          </List>
        </Alert>
      ) : null}
    </div>
  );
}

/** What the last save changed, in a line. */
function summary(changes: readonly ScopeChange[]): string {
  const now = changes.filter(({ kind }) => kind === "newly triggered").map(({ row, reading }) => `${row} (${reading})`);
  const gone = changes
    .filter(({ kind }) => kind === "no longer triggered")
    .map(({ row, reading }) => `${row} (${reading})`);
  return [
    now.length > 0 ? `Now triggered: ${now.join(", ")}.` : "",
    gone.length > 0 ? `No longer triggered: ${gone.join(", ")}.` : "",
  ].join(" ");
}

function questionText(name: AnswerName): string {
  return STEPS.flatMap((step) => step.questions).find(({ id }) => id === name)?.text ?? name;
}
